import type { RecordReply } from '#shared/api/tallies'
import { Problem } from '#shared/problem'
import type { SubjectId } from '#shared/subject'
import type { Context } from '../context.ts'
import { findPull } from './find-pull.ts'

const ENTRIES = `SELECT e.seq, e.tally_id, e.at, e.kind, e.account_id, e.detail
  FROM tallies t CROSS JOIN record e ON e.tally_id = t.id
  WHERE t.repository_id = ?1 AND t.number = ?2
    AND NOT (t.hides_results AND e.kind IN ('ballot', 'extended') AND EXISTS (SELECT 1
      FROM tallies o WHERE o.repository_id = ?1 AND o.number = ?2 AND o.status = 'open'))
  UNION ALL SELECT e.seq, NULL, e.at, e.kind, e.account_id, e.detail FROM record e
  WHERE e.tally_id IS NULL AND e.repository_id = ?1 AND EXISTS (SELECT 1 FROM tallies t
    WHERE t.repository_id = ?1 AND t.number = ?2 AND t.rule->>'$.delegation')
  ORDER BY 1`

/** Everything that was written down about merging a pull request, for who wants to count it again. */
export async function readRecord({ db }: Context, subject: SubjectId): Promise<RecordReply> {
  const { repositoryId, number } = await findPull(db, subject)
  const { rows } = await db.execute({ sql: ENTRIES, args: [repositoryId, number] })
  if (!rows.length) throw new Problem('no-tally', 'No vote on merging this has been opened yet.')
  const entries = rows.map((row) => ({
    receipt: Number(row.seq),
    tally: row.tally_id === null ? null : Number(row.tally_id),
    at: Number(row.at) * 1000,
    kind: String(row.kind),
    account: row.account_id === null ? null : Number(row.account_id),
    detail: publicDetail(String(row.kind), String(row.detail)),
  }))
  return { subject, entries }
}

/** Whom somebody let vote is told by the number alone: a login would outlast the person who had it deleted. */
function publicDetail(kind: string, text: string): Record<string, unknown> {
  const detail = JSON.parse(text) as Record<string, unknown> // as we wrote it
  if (kind !== 'delegation') return detail
  const { to: _, ...rest } = detail
  return rest
}
