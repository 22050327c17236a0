/**
 * `npm test`: everything. Checks, tests of units and of the server, both builds, then the production
 * build in a real Chromium and, where it is installed, in a real Firefox. `npm test -- --remote [FILTER…]` runs the
 * tests of the server once more instead, on remote databases.
 */
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { whyNoSqld } from '../../server/testing-sqld.ts'
import { ensureChromium, findFirefox } from './browsers.ts'
import { BUILD } from './build.ts'
import { CHECKS } from './check.ts'
import { bin, ROOT, run, runSteps } from './run.ts'

const vitest = (projects: string[], filters: string[] = []) =>
  run(bin('vitest'), ['run', ...projects.flatMap((name) => ['--project', name]), ...filters])

if (process.argv.includes('--remote')) {
  const why = whyNoSqld()
  const filters = process.argv.slice(2).filter((word) => !word.startsWith('--'))
  if (why === undefined) process.exit(await vitest(['remote'], filters))
  console.log(`SKIPPED: nothing was tested on a remote database, since ${why}.`)
  process.exit()
}

const firefox = findFirefox()
if (!firefox) console.log('No Firefox found: its tests are skipped (FIREFOX_PATH may name one).')

process.exitCode = await runSteps([
  ...CHECKS,
  { name: 'units and server', run: () => vitest(['node', 'extension']) },
  ...BUILD,
  { name: 'size of the content script', run: () => run(bin('tsx'), ['test/commands/size.ts']) },
  { name: 'Firefox build is clean for its store', run: lintFirefox },
  { name: 'a Chromium', run: async () => (ensureChromium() ? 0 : 1) },
  { name: 'end to end in Chromium', run: () => run(bin('playwright'), ['test']) },
  ...(firefox ? [{ name: 'end to end in Firefox', run: () => vitest(['firefox']) }] : []),
])

/** Warnings of the store's linter that are known: Preact can set innerHTML, which nothing here asks of it. */
function lintFirefox(): Promise<number> {
  const build = path.join(ROOT, '.output/firefox-mv3')
  const args = ['lint', '--source-dir', build, '--output=json', '--no-config-discovery']
  const { stdout } = spawnSync(bin('web-ext'), args, { encoding: 'utf8' })
  const { errors, warnings } = JSON.parse(stdout) as Record<
    'errors' | 'warnings',
    { code: string }[]
  >
  const wrong = [...errors, ...warnings.filter(({ code }) => code !== 'UNSAFE_VAR_ASSIGNMENT')]
  for (const each of wrong) console.error(each)
  return Promise.resolve(wrong.length > 0 ? 1 : 0)
}
