/** What happens to a tally besides ballots: an end without a decision, a push of the same, a merge. */
import type { Ledger } from '../ledger.ts'
import { addEntry, type Entry, lookAt, type TallyChange, updateTally } from './record.ts'
import { decide } from './settle-tally.ts'
import {
  type Merge,
  momentIn,
  readTallyRow,
  readTallyState,
  secondsOf,
  type TallyStatus,
} from './state.ts'

/** A change of a tally that is in a state, and the entry that says so. */
export interface Amendment {
  id: number
  /** Nothing is done when it is in another state than this by now. */
  when: { status?: TallyStatus; merge?: Merge; head?: string }
  change: TallyChange
  entry?: Pick<Entry, 'kind' | 'detail' | 'accountId'>
  /** When the pull request should be looked at, epoch milliseconds; at once when it is not said. */
  look?: number | null
}

/** Changes a tally; false when it was not in the state that it should have been in. */
export function amendTally(ledger: Ledger, amendment: Amendment): Promise<boolean> {
  const { id, when, change, entry, look } = amendment
  return ledger.transact(async (tx, ids) => {
    const row = await readTallyRow(tx, id)
    if (!row) return false
    const now = ledger.now()
    const state = row.status === 'open' ? await readTallyState(tx, row) : undefined
    // What the clock has decided comes before what happens now.
    if (state && (await decide(tx, ids, state, now))) return false
    const at = state ? momentIn(state, now) : secondsOf(now)
    const isOther = (['status', 'merge', 'head'] as const).some(
      (key) => when[key] !== undefined && row[key] !== when[key],
    )
    if (isOther) return false
    const closes = change.status !== undefined && change.status !== 'open'
    await updateTally(tx, id, { ...change, ...(closes && { closedAt: at }) })
    if (entry) await addEntry(tx, ids, row, { at, ...entry })
    if (look !== null) await tx.execute(lookAt(row.repositoryId, row.number, look ?? now))
    return true
  })
}
