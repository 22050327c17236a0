/** `npm run check`: everything that needs neither a browser nor a database, in seconds. */
import { bin, run, runSteps, type Step } from './run.ts'

const step = (name: string, program: string, ...args: string[]): Step => ({
  name,
  run: () => run(bin(program), args),
})

export const CHECKS: Step[] = [
  step('prepare', 'wxt', 'prepare'),
  step('format', 'oxfmt', '--check'),
  step('lint, with the walls', 'oxlint', '--deny-warnings'),
  ...['shared', 'server', 'extension', 'test'].map((folder) =>
    step(`types of ${folder}/`, 'tsc', '-p', folder, '--noEmit'),
  ),
  step('unused code', 'knip'),
]

if (process.argv[1]?.endsWith('check.ts')) process.exitCode = await runSteps(CHECKS)
