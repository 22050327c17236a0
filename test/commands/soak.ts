/**
 * `npm run soak [-- --minutes 30] [--part 0.8 | --rate 200]`: keeps a server at a part of what it can do, or at
 * so many requests a second, and says whether it stays as it is: memory flat (within a tenth), the slowest
 * hundredth at most ten times the middle, no error.
 */
import { parseArgs } from 'node:util'
import { type Sample, soak } from '../load/soaking.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    part: { type: 'string', default: '0.8' },
    rate: { type: 'string' },
  },
})
const [minutes, part, rate] = [values.minutes, values.part, values.rate ?? '1'].map(Number) as [
  number,
  number,
  number,
]
if (!(minutes > 0) || !(part > 0 && part < 1) || !(rate > 0)) {
  console.error('Say how long: npm run soak -- --minutes 30 --part 0.8')
  process.exit(2)
}

const mega = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`
const tell = ({ seconds, requests, errors, p50, p99, memory, processor }: Sample) =>
  console.log(
    `  ${String(seconds).padStart(5)} s  ${String(requests).padStart(7)} requests  ${errors} errors  ` +
      `p50 ${p50.toFixed(1)} ms  p99 ${p99.toFixed(1)} ms  ${mega(memory)}  ` +
      `${processor.toFixed(0)} µs of processor a request`,
  )

const done = await soak(minutes, values.rate === undefined ? { part } : { rate }, tell)
const { capacity, requests, errors, kinds, p50, p99, growth, wrong } = done
for (const each of kinds)
  console.log(
    `  ${each.kind.padEnd(8)} ${each.requests.toLocaleString('en').padStart(11)} requests  ` +
      `p50 ${each.p50.toFixed(2)} ms  p99 ${each.p99.toFixed(2)} ms  (${(each.p99 / each.p50).toFixed(1)} times)`,
  )
console.log(
  `${minutes} minutes at ${Math.round(done.rate)} of ${Math.round(capacity)} requests a second: ` +
    `${requests.toLocaleString('en')} requests, ${errors} errors, p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms ` +
    `(${(p99 / p50).toFixed(1)} times), memory ${growth >= 0 ? '+' : ''}${(growth * 100).toFixed(1)} %, ${wrong} sums or decisions wrong.`,
)
for (const [fault, times] of done.faults) console.log(`  ${fault}: ${times} times`)
const isFlat = Number.isNaN(growth) || growth <= 0.1
process.exit(errors === 0 && wrong === 0 && isFlat && p99 <= 10 * p50 ? 0 : 1)
