import type { Row } from '@libsql/client'
import type { BallotRequest, PersonExport } from '#shared/api/schema'
import type { Reason, Value } from '#shared/vote'
import type { Caller, Context } from '../context.ts'

// A repository that lost its name to another one, and whose new name nobody has heard, goes by its id.
const ADDRESS = `r.host || '/' || CASE r.name WHEN '' THEN '(repository ' || r.forge_id || ')'
    ELSE r.owner || '/' || r.name END || '#' || s.number || CASE s.part WHEN '' THEN '' ELSE '/' || s.part END`

const VOTES = `SELECT ${ADDRESS} AS subject, v.value, v.accepted_at, v.seq, v.reason
  FROM votes v JOIN subjects s ON s.id = v.subject_id JOIN repositories r ON r.id = s.repository_id
  WHERE v.person_id = ? AND v.value <> 0 ORDER BY v.seq`

const ENTRIES = `SELECT l.seq, l.id, ${ADDRESS} AS subject, l.value, l.cast_at, l.accepted_at, l.reason
  FROM log l CROSS JOIN subjects m ON m.id = l.subject_id
  CROSS JOIN subjects s ON s.id = coalesce(m.merged_into, m.id) CROSS JOIN repositories r ON r.id = s.repository_id
  WHERE l.person_id = ? AND l.seq >= ? AND l.seq < ? ORDER BY l.seq`

const BALLOTS = `SELECT e.seq, e.cast_id, e.at, e.detail, r.host || '/' || r.owner || '/' || r.name
    || '#' || t.number AS subject
  FROM record e CROSS JOIN tallies t ON t.id = e.tally_id
  CROSS JOIN repositories r ON r.id = e.repository_id
  WHERE e.person_id = ? AND e.kind = 'ballot' ORDER BY e.seq`

/** Entries of the log looked through at a time: it has no index by person, and others want answers, too. */
const PAGE = 50_000

const SESSIONS = `SELECT id, created_at, expires_at, withdrawn_at FROM sessions
  WHERE person_id = ? ORDER BY id`

const PERSON = 'SELECT host, login, forge_id, avatar_url, created_at FROM persons WHERE id = ?'

/** Everything that is held about the caller. What stands for their tokens is left out. */
export async function exportPerson(context: Context, { personId }: Caller): Promise<PersonExport> {
  const { db, version, now } = context
  const args = [personId]
  const [person, sessions, votes, ballots, end] = await db.batch(
    [
      ...[PERSON, SESSIONS, VOTES, BALLOTS].map((sql) => ({ sql, args })),
      'SELECT coalesce(max(seq) + 1, 0) FROM log',
    ],
    'read',
  )
  const log: Row[] = []
  for (let from = 0; from < Number(end?.rows[0]?.[0]); from += PAGE) {
    const { rows } = await db.execute({ sql: ENTRIES, args: [personId, from, from + PAGE] })
    log.push(...rows)
    await new Promise((resolve) => setImmediate(resolve))
  }
  const known = person?.rows[0]
  return {
    format: 'forgemoot-person',
    version: 1,
    exportedAt: now(),
    server: { version },
    person: {
      host: String(known?.host),
      login: String(known?.login),
      forgeId: numberOrNull(known?.forge_id),
      avatarUrl: known?.avatar_url == null ? null : String(known.avatar_url),
      createdAt: Number(known?.created_at),
    },
    sessions: (sessions?.rows ?? []).map((row) => ({
      id: Number(row.id),
      createdAt: Number(row.created_at),
      expiresAt: Number(row.expires_at),
      endedAt: numberOrNull(row.withdrawn_at),
    })),
    votes: (votes?.rows ?? []).map((row) => ({
      subject: String(row.subject),
      value: Number(row.value) as Value, // only values were ever written there
      acceptedAt: Number(row.accepted_at),
      receipt: Number(row.seq),
      ...reasonIn(row),
    })),
    log: log.map((row) => ({
      receipt: Number(row.seq),
      id: String(row.id),
      subject: String(row.subject),
      value: Number(row.value) as Value, // as above
      castAt: Number(row.cast_at),
      acceptedAt: Number(row.accepted_at),
      ...reasonIn(row),
    })),
    ballots: (ballots?.rows ?? []).map((row) => {
      // As we wrote it.
      const { head, choice, reason } = JSON.parse(String(row.detail)) as Pick<
        BallotRequest,
        'head' | 'choice'
      > & { reason: string }
      return {
        receipt: Number(row.seq),
        id: String(row.cast_id),
        subject: String(row.subject),
        head,
        choice,
        reason,
        castAt: Number(row.at) * 1000,
      }
    }),
  }
}

/** Only reasons were ever written there. */
const reasonIn = ({ reason }: Row) => (reason == null ? {} : { reason: String(reason) as Reason })

const numberOrNull = (value: unknown) => (value == null ? null : Number(value))
