import { randomUUID } from 'node:crypto'
import { parseSubject } from '#shared/subject'
import { voteIdOf } from '#shared/vote'
import type { Caller, Context } from '../context.ts'
import { pagesOfLog } from '../db/log-pages.ts'
import type { PersonsVote } from '../db/vote-log.ts'
import type { Statement } from '../writer/writer.ts'
import { forgetSessions } from './end-sessions.ts'

/** Votes withdrawn at a time; other people's come in between. */
const BATCH = 200

// Any name that leads to the repository will do: the one it has now may lead to another one.
const STANDING = `SELECT DISTINCT r.host || '/' || (
      SELECT n.owner || '/' || n.name FROM repository_names n WHERE n.repository_id = r.id LIMIT 1
    ) || '#' || s.number || CASE s.part WHEN '' THEN '' ELSE '/' || s.part END
  FROM log l CROSS JOIN subjects m ON m.id = l.subject_id
  CROSS JOIN subjects s ON s.id = coalesce(m.merged_into, m.id)
  CROSS JOIN votes v ON v.subject_id = s.id AND v.person_id = l.person_id AND v.value <> 0
  CROSS JOIN repositories r ON r.id = s.repository_id
  WHERE l.person_id = ? AND l.seq >= ? AND l.seq < ?`

/** An owner that no forge allows, and that is an address all the same. */
const NAMELESS = 'nameless--'

// A repository that lost its last name could not be addressed, and votes on it not be withdrawn.
const NAME = `INSERT INTO repository_names (host, owner, name, repository_id)
  SELECT r.host, '${NAMELESS}', r.id, r.id FROM repositories r
  WHERE r.name = '' AND NOT EXISTS (SELECT 1 FROM repository_names n WHERE n.repository_id = r.id)
  ON CONFLICT DO NOTHING`

/**
 * Forgets the caller: withdraws what stands of theirs, as votes in the log like any other, so that all
 * counts follow from it; ends their sessions; empties their row. The log keeps a number that leads to
 * nobody. Whoever signs in with the same account later is somebody new. When it fails on the way, nothing
 * is lost by doing it again.
 */
export async function forgetPerson(context: Context, { personId }: Caller): Promise<void> {
  const { writer, now } = context
  await withdrawAll(context, personId)
  await forgetSessions(context, {
    sql: 'DELETE FROM sessions WHERE person_id = ? RETURNING token_hash',
    args: [personId],
  })
  // What came meanwhile waits in the writer's queue, before the first order of this.
  await withdrawAll(context, personId)
  await writer.run([
    ...forgetReasons(personId),
    {
      sql: `UPDATE persons SET login = '', forge_id = NULL, avatar_url = NULL, forgotten_at = ?
        WHERE id = ?`,
      args: [now(), personId],
    },
  ])
}

/**
 * Ballots stay, by the number of the account: decisions follow from them. What was written with them goes.
 * That something was written stays too, since a reasoned objection counts otherwise than a bare one.
 */
const forgetReasons = (personId: number): Statement[] => [
  {
    sql: `UPDATE ballots SET reason = '[deleted]'
      WHERE reason <> '' AND seq IN (SELECT seq FROM record WHERE person_id = ?)`,
    args: [personId],
  },
  {
    sql: `UPDATE record SET detail = json_set(detail, '$.reason', '[deleted]')
      WHERE person_id = ? AND kind = 'ballot' AND detail->>'$.reason' <> ''`,
    args: [personId],
  },
]

async function withdrawAll({ db, writer, now }: Context, personId: number): Promise<void> {
  await writer.run([{ sql: NAME, args: [] }])
  for await (const { from, to } of pagesOfLog(db)) {
    const { rows } = await db.execute({ sql: STANDING, args: [personId, from, to] })
    const votes = rows.map((row) => withdrawn(String(row[0]), personId, now()))
    for (let at = 0; at < votes.length; at += BATCH) {
      await writer.castVotes(votes.slice(at, at + BATCH))
    }
  }
}

function withdrawn(address: string, personId: number, castAt: number): PersonsVote {
  const subject = parseSubject(address)
  // Better to end here, and say so, than to forget a person whose vote stands.
  if (subject === undefined) throw new Error('a standing vote is on what has no address')
  return { id: voteIdOf(randomUUID(), castAt), subject, value: 0, castAt, personId }
}
