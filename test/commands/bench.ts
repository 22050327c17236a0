/** `npm run bench -- [overlay|server|feed|tally] [--json FILE]`: figures beside their limits, in one run. */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type BenchResult, tableOf } from '../bench/result.ts'
import { runOverlayBench } from '../bench/overlay.ts'
import { runFeedBench } from '../bench/feed.ts'
import { runScrollBench } from '../bench/scroll.ts'
import { runServerBench } from '../bench/server.ts'
import { runTallyBench } from '../bench/tally.ts'
import { BUILD } from './build.ts'
import { ensureChromium } from './browsers.ts'
import { runSteps } from './run.ts'

const SUITES: Record<string, () => Promise<BenchResult[]>> = {
  overlay: async () => (await prepareChromium(), runOverlayBench()),
  server: runServerBench,
  async feed() {
    await prepareChromium()
    return [...(await runScrollBench()), ...(await runFeedBench())]
  },
  tally: runTallyBench,
}

async function prepareChromium() {
  if ((await runSteps(BUILD.slice(0, 1))) !== 0) process.exit(1)
  ensureChromium()
}

const { values, positionals } = parseArgs({
  options: { json: { type: 'string' } },
  allowPositionals: true,
})
const names = positionals.length > 0 ? positionals : Object.keys(SUITES)
const unknown = names.find((name) => !(name in SUITES))
if (unknown !== undefined) {
  console.error(`There is no suite ${unknown}; there are ${Object.keys(SUITES).join(' and ')}.`)
  process.exit(2)
}

const results: BenchResult[] = []
for (const name of names) {
  console.log(`Measuring ${name}…`)
  const measured = (await SUITES[name]?.()) ?? []
  console.log(tableOf(measured))
  results.push(...measured)
}
if (values.json !== undefined)
  writeFileSync(values.json, `${JSON.stringify({ results }, null, 2)}\n`)
process.exit(0)
