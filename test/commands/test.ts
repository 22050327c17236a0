/**
 * `npm test`: everything. Checks, tests of units and of the server, both builds, then the production
 * build in a real Chromium and, where it is installed, in a real Firefox.
 */
import { rmSync } from 'node:fs'
import path from 'node:path'
import { ensureChromium, findFirefox } from './browsers.ts'
import { BUILD } from './build.ts'
import { CHECKS } from './check.ts'
import { bin, ROOT, run, runSteps } from './run.ts'

const vitest = (...projects: string[]) =>
  run(bin('vitest'), ['run', ...projects.flatMap((name) => ['--project', name])])

const firefox = findFirefox()
if (!firefox) console.log('No Firefox found: its tests are skipped (FIREFOX_PATH may name one).')

process.exitCode = await runSteps([
  ...CHECKS,
  { name: 'units and server', run: () => vitest('node', 'extension') },
  ...BUILD,
  { name: 'size of the content script', run: () => run(bin('tsx'), ['test/commands/size.ts']) },
  { name: 'Firefox build is clean for its store', run: lintFirefox },
  { name: 'a Chromium', run: async () => (ensureChromium() ? 0 : 1) },
  { name: 'end to end in Chromium', run: () => run(bin('playwright'), ['test']) },
  ...(firefox ? [{ name: 'end to end in Firefox', run: () => vitest('firefox') }] : []),
])

/** web-ext writes a profile of its settings beside what it lints; it is not part of the build. */
async function lintFirefox(): Promise<number> {
  const build = path.join(ROOT, '.output/firefox-mv3')
  const code = await run(bin('web-ext'), [
    'lint',
    '--source-dir',
    build,
    '--warnings-as-errors=false',
    '--no-config-discovery',
  ])
  rmSync(path.join(build, '.web-extension-id'), { force: true })
  return code
}
