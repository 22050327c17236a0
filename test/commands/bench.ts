/**
 * `npm run bench -- [SUITE …] [--json FILE] [--check | --write-baseline [--runs 3]]`: figures beside their
 * limits, in one run. `--check` fails when a ratio is worse than `test/bench/baseline.json` says by more than
 * the noise that stands there, twice in a row; `--write-baseline` writes that file anew for the suites that ran.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { type Baseline, compared, isFailure, keptOf, type Verdict } from '../bench/baseline.ts'
import { type BenchResult, tableOf } from '../bench/result.ts'
import { runConversationBench } from '../bench/conversation.ts'
import { runOverlayBench } from '../bench/overlay.ts'
import { runFeedBench } from '../bench/feed.ts'
import { runScrollBench } from '../bench/scroll.ts'
import { runServerBench } from '../bench/server.ts'
import { runTallyBench } from '../bench/tally.ts'
import { BUILD } from './build.ts'
import { ensureChromium } from './browsers.ts'
import { ROOT, runSteps } from './run.ts'

const SUITES: Record<string, () => Promise<BenchResult[]>> = {
  overlay: async () => (await prepareChromium(), runOverlayBench()),
  conversation: async () => (await prepareChromium(), runConversationBench()),
  server: runServerBench,
  async feed() {
    await prepareChromium()
    return [...(await runScrollBench()), ...(await runFeedBench())]
  },
  tally: runTallyBench,
}

const BASELINE = path.join(ROOT, 'test/bench/baseline.json')

/** Of a figure with more noise than this even half would go unnoticed, or nearly. */
const UNSTEADY = 0.4

/** The file. Where and when its figures come from is for people; only `suites` is compared. */
interface Stored {
  measured: Record<string, Circumstances>
  suites: Baseline
}

interface Circumstances {
  on: string
  node: string
  cores: number
  runs: number
  /** How much else the machine did just before, in cores. */
  load: number
}

async function prepareChromium() {
  if ((await runSteps(BUILD.slice(0, 1))) !== 0) process.exit(1)
  ensureChromium()
}

const { values, positionals } = parseArgs({
  options: {
    json: { type: 'string' },
    check: { type: 'boolean', default: false },
    'write-baseline': { type: 'boolean', default: false },
    runs: { type: 'string', default: '1' },
  },
  allowPositionals: true,
})
const names = positionals.length > 0 ? positionals : Object.keys(SUITES)
const unknown = names.find((name) => !Object.hasOwn(SUITES, name))
if (unknown !== undefined)
  refuse(`There is no suite ${unknown}; there are ${Object.keys(SUITES).join(', ')}.`)
const runs = Number(values.runs)
if (!Number.isSafeInteger(runs) || runs < 1) refuse('Say how often: --runs 3')
const baseline = stored()
const isUnknown = names.filter((name) => !baseline.suites[name])
if (values.check && isUnknown.length)
  refuse(
    `There is no baseline of ${isUnknown.join(', ')}. ` +
      `Write one where all is well: npm run bench -- ${isUnknown.join(' ')} --write-baseline`,
  )

function refuse(text: string): never {
  console.error(text)
  process.exit(2)
}

function stored(): Stored {
  if (!existsSync(BASELINE)) return { measured: {}, suites: {} }
  return JSON.parse(readFileSync(BASELINE, 'utf8')) as Stored
}

async function measure(suite: string): Promise<BenchResult[]> {
  console.log(`Measuring ${suite}…`)
  const measured = (await SUITES[suite]?.()) ?? []
  console.log(tableOf(measured))
  return measured
}

/** What is different; where something is worse, only what is so when it is measured again. */
async function check(suite: string, measured: BenchResult[]): Promise<Verdict[]> {
  const kept = baseline.suites[suite] ?? {}
  const verdicts = compared(suite, kept, measured)
  const worse = verdicts.filter(({ is }) => is === 'worse')
  if (!worse.length) return verdicts
  for (const { name, text } of worse) console.log(`? ${name}: ${text}`)
  console.log('Once more, since a machine may have been busy.')
  const again = compared(suite, kept, await measure(suite))
  const isWorseAgain = (verdict: Verdict) =>
    again.some(({ name, is }) => name === verdict.name && is === 'worse')
  return verdicts.filter((verdict) => verdict.is !== 'worse' || isWorseAgain(verdict))
}

const results: (BenchResult & { suite: string })[] = []
const verdicts: Verdict[] = []
for (const suite of names) {
  const load = os.loadavg()[0] ?? 0
  const measured: BenchResult[][] = []
  for (let run = 0; run < runs; run++) measured.push(await measure(suite))
  const last = measured.at(-1) ?? []
  results.push(...last.map((one) => ({ suite, ...one })))
  if (values.check) verdicts.push(...(await check(suite, last)))
  if (values['write-baseline']) keep(suite, measured, load)
}

/** Written after each suite: one that breaks does not take the others along. */
function keep(suite: string, measured: BenchResult[][], load: number) {
  baseline.suites[suite] = keptOf(measured)
  baseline.measured[suite] = {
    on: new Date().toISOString().slice(0, 10),
    node: process.versions.node,
    cores: os.availableParallelism(),
    runs,
    load: Math.round(load * 10) / 10,
  }
  writeFileSync(BASELINE, `${JSON.stringify(baseline, null, 2)}\n`)
  console.log(`Kept as the baseline of ${suite}.`)
  for (const [name, { noise }] of Object.entries(baseline.suites[suite] ?? {}))
    if ((noise ?? Infinity) > UNSTEADY)
      console.log(`! ${name}: too unsteady to find much by it; is the machine busy?`)
}

if (values.json !== undefined)
  writeFileSync(values.json, `${JSON.stringify({ results }, null, 2)}\n`)
for (const verdict of verdicts) {
  const { suite, name, is, text } = verdict
  console.log(`${isFailure(verdict) ? '✗' : '·'} ${suite}: ${name} (${is}): ${text}`)
}
if (values.check && !verdicts.some(isFailure)) console.log('✓ nothing is worse than the baseline')
process.exit(verdicts.some(isFailure) ? 1 : 0)
