import type { Row } from '@libsql/client'
import type { PersonExport } from '#shared/api/person'
import type { BallotRequest } from '#shared/api/tallies'
import type { Reason, Value } from '#shared/vote'
import type { Caller, Context } from '../context.ts'
import { pagesOfLog } from '../db/log-pages.ts'
import { uuidOf } from '../db/vote-ids.ts'

// A repository that lost its name to another one, and whose new name nobody has heard, goes by its id.
const ADDRESS = `r.host || '/' || CASE r.name WHEN '' THEN '(repository ' || r.forge_id || ')'
    ELSE r.owner || '/' || r.name END || '#' || s.number || CASE s.part WHEN '' THEN '' ELSE '/' || s.part END`

const ENTRIES = `SELECT l.seq, l.id, s.id AS subject_id, ${ADDRESS} AS subject, l.value, l.cast_at, l.accepted_at, l.reason
  FROM log l CROSS JOIN subjects m ON m.id = l.subject_id
  CROSS JOIN subjects s ON s.id = coalesce(m.merged_into, m.id) CROSS JOIN repositories r ON r.id = s.repository_id
  WHERE l.person_id = ? AND l.seq >= ? AND l.seq < ? ORDER BY l.seq`

const BALLOTS = `SELECT e.seq, e.cast_id, e.at, e.detail, r.host || '/' || r.owner || '/' || r.name
    || '#' || t.number AS subject
  FROM record e CROSS JOIN tallies t ON t.id = e.tally_id
  CROSS JOIN repositories r ON r.id = e.repository_id
  WHERE e.person_id = ? AND e.kind = 'ballot' ORDER BY e.seq`

const SESSIONS = `SELECT id, created_at, expires_at, withdrawn_at FROM sessions
  WHERE person_id = ? ORDER BY id`

const PERSON = 'SELECT host, login, forge_id, avatar_url, created_at FROM persons WHERE id = ?'

/** Everything that is held about the caller. What stands for their tokens is left out. */
export async function exportPerson(context: Context, { personId }: Caller): Promise<PersonExport> {
  const { db, version, now } = context
  const args = [personId]
  const [person, sessions, ballots] = await db.batch(
    [PERSON, SESSIONS, BALLOTS].map((sql) => ({ sql, args })),
    'read',
  )
  const log: Row[] = []
  for await (const { from, to } of pagesOfLog(db)) {
    const { rows } = await db.execute({ sql: ENTRIES, args: [personId, from, to] })
    log.push(...rows)
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
    votes: standingIn(log).map((row) => ({
      subject: String(row.subject),
      value: Number(row.value) as Value, // only values were ever written there
      acceptedAt: Number(row.accepted_at),
      receipt: Number(row.seq),
      ...reasonIn(row),
    })),
    log: log.map((row) => ({
      receipt: Number(row.seq),
      id: uuidOf(row.id as ArrayBuffer), // the column's type
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

/** Of somebody's entries those that stand: the last on each subject, unless it took the others back. */
function standingIn(log: readonly Row[]): Row[] {
  const last = new Map(log.map((row) => [row.subject_id, row.seq]))
  return log.filter(({ subject_id: id, seq, value }) => last.get(id) === seq && value !== 0)
}

/** Only reasons were ever written there. */
const reasonIn = ({ reason }: Row) => (reason == null ? {} : { reason: String(reason) as Reason })

const numberOrNull = (value: unknown) => (value == null ? null : Number(value))
