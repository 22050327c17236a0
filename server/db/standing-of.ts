import type { Reader } from './ledger.ts'
import type { LogPage } from './log-pages.ts'

// Any name that leads to the repository will do: the one it has now may lead to another one.
const STANDING = `SELECT DISTINCT r.host || '/' || (
      SELECT n.owner || '/' || n.name FROM repository_names n WHERE n.repository_id = r.id LIMIT 1
    ) || '#' || s.number || CASE s.part WHEN '' THEN '' ELSE '/' || s.part END
  FROM log l CROSS JOIN subjects m ON m.id = l.subject_id
  CROSS JOIN subjects s ON s.id = coalesce(m.merged_into, m.id)
  CROSS JOIN votes v ON v.subject_id = s.id AND v.person_id = l.person_id AND v.value <> 0
  CROSS JOIN repositories r ON r.id = s.repository_id
  WHERE l.person_id = ? AND l.seq >= ? AND l.seq < ?`

/** The subjects, by some name, on which a vote of this person stands, and on which they voted in this part of the log. */
export async function standingOf(
  db: Reader,
  personId: number,
  { from, to }: LogPage,
): Promise<string[]> {
  const { rows } = await db.execute({ sql: STANDING, args: [personId, from, to] })
  return rows.map((row) => String(row[0]))
}
