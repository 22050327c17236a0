/**
 * `npm run soak [-- --minutes 30] [--part 0.8]`: keeps a server at a part of what it can do, and says whether
 * it stays as it is: memory flat (within a tenth), the slowest hundredth at most ten times the middle, no error.
 */
import { parseArgs } from 'node:util'
import { type Sample, soak } from '../load/soaking.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    part: { type: 'string', default: '0.8' },
  },
})
const [minutes, part] = [Number(values.minutes), Number(values.part)]
if (!(minutes > 0) || !(part > 0 && part < 1)) {
  console.error('Say how long: npm run soak -- --minutes 30 --part 0.8')
  process.exit(2)
}

const mega = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`
const tell = ({ seconds, requests, errors, p50, p99, memory }: Sample) =>
  console.log(
    `  ${String(seconds).padStart(5)} s  ${String(requests).padStart(7)} requests  ${errors} errors  ` +
      `p50 ${p50.toFixed(1)} ms  p99 ${p99.toFixed(1)} ms  ${mega(memory)}`,
  )

const done = await soak(minutes, part, tell)
const { capacity, rate, requests, errors, p50, p99, growth, wrong } = done
console.log(
  `${minutes} minutes at ${Math.round(rate)} of ${Math.round(capacity)} requests a second: ` +
    `${requests.toLocaleString('en')} requests, ${errors} errors, p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms ` +
    `(${(p99 / p50).toFixed(1)} times), memory ${growth >= 0 ? '+' : ''}${(growth * 100).toFixed(1)} %, ${wrong} sums wrong.`,
)
const isFlat = Number.isNaN(growth) || growth <= 0.1
process.exit(errors === 0 && wrong === 0 && isFlat && p99 <= 10 * p50 ? 0 : 1)
