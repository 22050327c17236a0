import type { ReasonsReply } from '#shared/api/scores'
import { partsOf, type SubjectId } from '#shared/subject'
import type { Reason } from '#shared/vote'
import type { Caller, Context } from '../context.ts'

// The votes on one subject lie side by side, so this is a walk along them. It is asked by people who look
// at one score, and by no list; nothing is kept for it that a vote would have to keep up to date.
const REASONS = `SELECT v.is_contributor, v.reason, count(*) AS people, max(v.person_id = ?6) AS mine
  FROM repository_names n
  CROSS JOIN subjects s ON s.repository_id = n.repository_id AND s.number = ?4 AND s.part = ?5
  CROSS JOIN votes v ON v.subject_id = s.id AND v.reason IS NOT NULL
  WHERE n.host = ?1 AND n.owner = ?2 AND n.name = ?3
  GROUP BY v.is_contributor, v.reason`

/** Why people are against a subject, as far as they said so; with what the caller said, if there is one. */
export async function readReasons(
  { db }: Context,
  subject: SubjectId,
  caller?: Caller,
): Promise<ReasonsReply> {
  const { host, owner, name, number, part } = partsOf(subject)
  const { rows } = await db.execute({
    sql: REASONS,
    args: [host, owner, name, number, part, caller?.personId ?? null],
  })
  const reply: ReasonsReply = { subject, contributors: {}, others: {}, mine: null }
  for (const row of rows) {
    const reason = String(row.reason) as Reason // only reasons were ever written there
    reply[row.is_contributor ? 'contributors' : 'others'][reason] = Number(row.people)
    if (row.mine) reply.mine = reason
  }
  return reply
}
