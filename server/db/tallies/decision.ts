import type { Tally } from '#shared/tally'
import type { Reader } from '../ledger.ts'
import { isDecided, type TallyRow } from './state.ts'

const DECISION = `SELECT detail FROM record WHERE tally_id = ? AND kind = 'decided'
  ORDER BY seq DESC LIMIT 1`

/**
 * What was decided, as it was written down then: of what decided it some is gone, since people let others
 * vote for them elsewhere by now. Undefined where a tally is open or ended otherwise.
 */
export async function readDecision(
  db: Reader,
  row: Pick<TallyRow, 'id' | 'status'>,
): Promise<Tally | undefined> {
  if (!isDecided(row)) return undefined
  const { rows } = await db.execute({ sql: DECISION, args: [row.id] })
  return rows[0] && (JSON.parse(String(rows[0].detail)) as Tally) // as we wrote it
}
