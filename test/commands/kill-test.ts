/**
 * `npm run kill-test [-- --times 100] [--writers 64] [--remote] [--every SECONDS]`: kills a server again and again, on
 * a file or on a remote database, and counts what was lost. With `--every`, it is one of three on a remote database.
 */
import { parseArgs } from 'node:util'
import { whyNoSqld } from '../../server/testing-sqld.ts'
import { killAgain } from '../load/killing.ts'
import { killSeveral, STEPS } from '../load/killing-several.ts'

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '100' },
    writers: { type: 'string', default: '64' },
    remote: { type: 'boolean', default: false },
    every: { type: 'string' },
  },
})
const [times, writers] = [Number(values.times), Number(values.writers)]
const every = values.every === undefined ? undefined : Number(values.every)
if (![times, writers, every ?? 1].every((number) => Number.isSafeInteger(number) && number > 0)) {
  console.error(
    'Say how often: npm run kill-test -- --times 100 --writers 64 [--remote | --every 20]',
  )
  process.exit(2)
}

const why = values.remote || every !== undefined ? whyNoSqld() : undefined
if (why !== undefined) {
  console.log(`SKIPPED: no remote database to test with, since ${why}.`)
  process.exit()
}

if (every !== undefined) process.exit(await several(every))

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

async function several(every: number): Promise<number> {
  const done = await killSeveral({
    times,
    pause: () => every * 1000,
    writers,
    told: (kill) => console.log(`  ${kill} kills`),
  })
  const { refusals, unanswered, sent, acknowledged, lost, doubled, wrong, steps, merges } = done
  const once = steps.filter((each) => String(each) === String(STEPS)).length
  const others = Object.keys(refusals).filter((status) => status !== '503')
  console.log(
    `${times} kills of one of three servers under ${writers} writers in ${done.seconds.toFixed(0)} s: ` +
      `${acknowledged.toLocaleString('en')} of ${sent.toLocaleString('en')} votes acknowledged, ${lost} lost, ` +
      `${doubled} doubled, ${wrong} sums wrong; ${refusals[503] ?? 0} times told to come again, ${unanswered} times ` +
      `not answered, ${others.length ? `and also ${others.join(', ')}` : 'nothing else'}; of ${times} votes on merging ` +
      `that fell due ${once} were decided and merged once, with ${merges.length} merges and ${done.checks} checks.`,
  )
  const isRight =
    !others.length && once === times && merges.length === times && done.checks === times
  return isRight && acknowledged === sent && lost + doubled + wrong === 0 ? 0 : 1
}
