/**
 * `npm run fuzz [-- COUNT] [--http COUNT] [--seed N]`: throws that many bent inputs at all parsers together,
 * and a tenth of it, or what `--http` says, at a real server. What breaks something is printed with its seed;
 * put it into `test/fuzz/corpus/` and it is tried in every test run.
 */
import { parseArgs } from 'node:util'
import { fuzzHttp } from '../fuzz/http.ts'
import { PARSERS } from '../fuzz/parsers.ts'
import { fuzz, type Fuzzed } from '../fuzz/target.ts'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { http: { type: 'string' }, seed: { type: 'string' } },
})
const count = Number(positionals[0] ?? 20_000)
const http = Number(values.http ?? Math.ceil(count / 10))
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31))
if (![count, http, seed].every((number) => Number.isSafeInteger(number) && number >= 0)) {
  console.error('Say how many: npm run fuzz -- 1000000 --http 100000')
  process.exit(2)
}

const shares = PARSERS.reduce((sum, { share }) => sum + share, 0)
const done: Fuzzed[] = []
const told = (fuzzed: Fuzzed) => {
  done.push(fuzzed)
  const { name, inputs, seconds, slowest } = fuzzed
  const rate = Math.round(inputs / Math.max(seconds, 0.001))
  console.log(
    `✓ ${name.padEnd(38)} ${inputs.toLocaleString('en').padStart(9)} in ${seconds.toFixed(1).padStart(6)} s  ` +
      `(${rate.toLocaleString('en')}/s, slowest ${slowest.toFixed(0)} ms)`,
  )
}

console.log(`Seed ${seed}.`)
try {
  for (const target of count ? PARSERS : []) {
    told(await fuzz(target, Math.ceil((count * target.share) / shares), seed))
  }
  if (http) {
    const fuzzed = await fuzzHttp(http, seed)
    told(fuzzed)
    console.log(`  answers by status: ${JSON.stringify(fuzzed.statuses)}`)
  }
  const inputs = done.reduce((sum, one) => sum + one.inputs, 0)
  console.log(`${inputs.toLocaleString('en')} inputs; nothing broke.`)
  process.exit(0)
} catch (error) {
  console.error(`✗ seed ${seed}:`, error)
  process.exit(1)
}
