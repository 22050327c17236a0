/** `npm run build`: the extension for both browsers, into .output/. */
import { bin, run, runSteps, type Step } from './run.ts'

export const BUILD: Step[] = [
  { name: 'extension for Chrome', run: () => run(bin('wxt'), ['build']) },
  { name: 'extension for Firefox', run: () => run(bin('wxt'), ['build', '-b', 'firefox']) },
]

if (process.argv[1]?.endsWith('build.ts')) process.exitCode = await runSteps(BUILD)
