/** `npm run kill-test [-- --times 100] [--writers 64] [--remote]`: kills a server again and again, on a file or on a
 * remote database, and counts what was lost. */
import { parseArgs } from 'node:util'
import { whyNoSqld } from '../../server/testing-sqld.ts'
import { killAgain } from '../load/killing.ts'

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '100' },
    writers: { type: 'string', default: '64' },
    remote: { type: 'boolean', default: false },
  },
})
const [times, writers] = [Number(values.times), Number(values.writers)]
if (![times, writers].every((number) => Number.isSafeInteger(number) && number > 0)) {
  console.error('Say how often: npm run kill-test -- --times 100 --writers 64')
  process.exit(2)
}

const why = values.remote ? whyNoSqld() : undefined
if (why !== undefined) {
  console.log(`SKIPPED: no remote database to test with, since ${why}.`)
  process.exit()
}

const told = (kill: number) => {
  if (kill % 10 === 0) console.log(`  ${kill} kills`)
}
const done = await killAgain(times, writers, told, values.remote)
const { kills, acknowledged, lost, doubled, storedUnheard, wrong, seconds } = done
console.log(
  `${kills} kills under ${writers} writers in ${seconds.toFixed(0)} s: ${acknowledged.toLocaleString('en')} votes acknowledged, ` +
    `${lost} lost, ${doubled} doubled, ${storedUnheard} stored without an answer and told apart when they came again, ` +
    `${wrong} sums wrong.`,
)
process.exit(lost + doubled + wrong === 0 ? 0 : 1)
