/** `npm run zip`: what the two stores take, into .output/. */
import { bin, run, runSteps } from './run.ts'

// Stores give the extension a key of their own.
process.env['FORGEMOOT_STORE'] = 'yes'

process.exitCode = await runSteps([
  { name: 'zip for Chrome', run: () => run(bin('wxt'), ['zip']) },
  { name: 'zip for Firefox, with sources', run: () => run(bin('wxt'), ['zip', '-b', 'firefox']) },
])
