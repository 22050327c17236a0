/**
 * Two rows that turned out to be one repository: votes were cast under its new name before the rename was
 * heard of. Subjects move; where both have one of the same number, the votes on it move, and a person's
 * later vote stands. The log stays as it is: an entry on a subject that was merged counts for what it became.
 */
import type { Access, Ledger } from './ledger.ts'
import { type Scores, sumAgain } from './sum-again.ts'
import { withRows } from './vote-statements.ts'

const TWINS = `SELECT s.id, t.id AS into_id FROM subjects s
  LEFT JOIN subjects t ON t.repository_id = ? AND t.number = s.number AND t.part = s.part
  WHERE s.repository_id = ? AND s.merged_into IS NULL`

const MOVE = 'UPDATE subjects SET repository_id = ? WHERE id IN (SELECT value FROM json_each(?))'

const STAND = `INSERT INTO votes (subject_id, person_id, value, accepted_at, seq, is_contributor, reason)
  SELECT j.value->>1, v.person_id, v.value, v.accepted_at, v.seq, v.is_contributor, v.reason
  FROM json_each(?) j CROSS JOIN votes v ON v.subject_id = j.value->>0 WHERE true
  ON CONFLICT (subject_id, person_id) DO UPDATE
  SET value = excluded.value, accepted_at = excluded.accepted_at, seq = excluded.seq,
    is_contributor = excluded.is_contributor, reason = excluded.reason
  WHERE excluded.seq > votes.seq`

const CLEAR = 'DELETE FROM votes WHERE subject_id IN (SELECT value->>0 FROM json_each(?))'

const MERGE = `UPDATE subjects SET merged_into = j.value->>1 FROM json_each(?) j
  WHERE subjects.id = j.value->>0`

const RENAME = 'UPDATE repository_names SET repository_id = ? WHERE repository_id = ?'

/** Makes everything of the repository `from`, which no import has seen, part of `into`. */
export async function mergeRepository(
  ledger: Ledger,
  tx: Access,
  from: number,
  into: number,
): Promise<Scores> {
  const { rows } = await tx.execute({ sql: TWINS, args: [into, from] })
  const twins = rows.map(({ id, into_id: twin }) => [
    Number(id),
    twin === null ? null : Number(twin),
  ])
  const moving = twins.filter(([, twin]) => twin === null).map(([id]) => id as number)
  const merging = twins.filter(([, twin]) => twin !== null) as [number, number][]
  await tx.execute({ sql: MOVE, args: [into, JSON.stringify(moving)] })
  for (const sql of [STAND, CLEAR, MERGE]) await tx.execute(withRows(sql, merging))
  await tx.execute({ sql: RENAME, args: [into, from] })
  return sumAgain(ledger, tx, [...moving, ...merging.flat()])
}
