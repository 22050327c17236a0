/** Time to answer whoever turns a tally when it is nearly over. */
import type { Access } from '../ledger.ts'
import { tallyOf, wouldPass } from '#shared/tally'
import type { NextIds } from '../next-ids.ts'
import { addEntry, updateTally } from './record.ts'
import { inputOf, tallyDeadline, type TallyRow, type TallyState } from './state.ts'

/** Puts the end off, once, when what was cast `at`, whole seconds, turns the outcome in the last tenth. */
export async function extendTally(
  tx: Access,
  ids: NextIds,
  before: TallyState,
  after: TallyState,
  at: number,
): Promise<TallyRow> {
  const { row } = before
  const tenth = Math.ceil(row.rule.maxPeriod / 10)
  const isLate = at >= tallyDeadline(row) - tenth
  if (!row.extendsOnSwing || row.extension > 0 || !isLate) return row
  const isDecided = tallyOf(inputOf(after, at)).status !== 'open'
  if (isDecided || wouldPass(inputOf(before, at)) === wouldPass(inputOf(after, at))) return row
  await updateTally(tx, row.id, { extension: tenth })
  await addEntry(tx, ids, row, { kind: 'extended', at, detail: { seconds: tenth } })
  return { ...row, extension: tenth }
}
