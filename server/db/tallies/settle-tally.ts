/** The decision of a tally: made from what is on the disk, by our clock, once. */
import { type Tally, tallyOf } from '#shared/tally'
import type { Access, Ledger } from '../ledger.ts'
import type { NextIds } from '../next-ids.ts'
import { addEntry, lookAt, updateTally } from './record.ts'
import {
  inputOf,
  momentIn,
  readTallyRow,
  readTallyState,
  tallyDeadline,
  type TallyState,
} from './state.ts'

/** When the clock alone may next change what an open tally comes to, after `at`; whole seconds. */
function nextMoment({ row, ballots }: TallyState, at: number): number {
  const { openedAt, rule } = row
  const { objectionPeriod } = rule
  const moments = [
    openedAt + rule.minPeriod,
    ...(objectionPeriod === null ? [] : ballots.map(({ castAt }) => castAt + objectionPeriod)),
  ]
  return Math.min(tallyDeadline(row), ...moments.filter((moment) => moment > at))
}

/** Decides a tally if it is time; true when it did. One that is closed stays as it is. */
export function settleTally(ledger: Ledger, id: number): Promise<boolean> {
  return ledger.transact(async (tx, ids) => {
    const row = await readTallyRow(tx, id)
    if (row?.status !== 'open') return false
    return decide(tx, ids, await readTallyState(tx, row), ledger.now())
  })
}

/** Writes the decision down that an open tally has come to by `now`, epoch milliseconds, if any. */
export async function decide(
  tx: Access,
  ids: NextIds,
  state: TallyState,
  now: number,
): Promise<boolean> {
  const { row } = state
  const at = momentIn(state, now)
  const tally = tallyOf(inputOf(state, at))
  if (tally.status === 'open') {
    await updateTally(tx, row.id, { settleAt: nextMoment(state, at) })
    return false
  }
  const { status, reason } = tally
  const merge = status === 'passed' && row.pass !== 'check' ? 'wanted' : 'none'
  await updateTally(tx, row.id, { status, reason, closedAt: at, merge })
  await addEntry(tx, ids, row, { kind: 'decided', at, detail: decisionIn(state, tally) })
  await tx.execute(lookAt(row.repositoryId, row.number, now))
  return true
}

/** What is written down of a decision: enough to see that it follows from the ballots before it. */
const decisionIn = ({ row }: TallyState, tally: Tally) => ({ head: row.head, ...tally })
