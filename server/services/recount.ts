/**
 * The proof that sums follow from the log. Everything that votes add up to is computed again from the log
 * alone, by the functions that kept it up to date, and compared to the last bit.
 */
import type { Reactions } from '#shared/score'
import type { Value } from '#shared/vote'
import type { WayToSignIn } from '../context.ts'
import type { Reader } from '../db/ledger.ts'
import { readList } from '../db/read-list.ts'
import { orderKeysOf } from '../scores/order-keys.ts'
import { countsOf } from '../db/counts-of.ts'
import { type PlacedVote, supportOf } from '../db/linked-pulls.ts'
import { insertAsValues } from '../db/row-sets.ts'
import { VOTES as STANDING_VOTES } from '../db/vote-statements.ts'
import { accountSql } from '../db/voter-classes.ts'
import type { Statement, Writer } from '../writer/writer.ts'

/** What a recount found wrong; all empty when the sums are true. */
export interface Recount {
  /** Entries in the log. */
  entries: number
  /** Subjects that were counted again. */
  counted: number
  /** Receipts that should be in the log and are not. */
  gaps: number[]
  /** Subjects whose counters or order keys were wrong, by id. */
  subjects: number[]
  /** Standing votes that were wrong, missing or too many, as `[subject, person]`. */
  votes: [subjectId: number, personId: number][]
}

interface Standing {
  value: Value
  acceptedAt: number
  seq: number
  reason: string | null
}

/** By subject and then by person. */
type StandingVotes = Map<number, Map<number, Standing>>

/** What besides the log decides the sums. */
interface Ground {
  standing: StandingVotes
  /** `repository person` of everybody who is a contributor. */
  contributors: ReadonlySet<string>
  /** The issues that each pull request closes. */
  closes: ReadonlyMap<number, readonly number[]>
}

/** Rows read at a time: a remote database refuses answers that are too large. */
const PAGE = 5000

const LOG = `SELECT json_group_array(json_array(seq, person_id, subject_id, value, accepted_at,
    reason))
  FROM (SELECT l.seq, l.person_id, coalesce(s.merged_into, l.subject_id) AS subject_id, l.value, l.accepted_at,
      l.reason
    FROM log l LEFT JOIN subjects s ON s.id = l.subject_id
    WHERE l.seq > ? ORDER BY l.seq LIMIT ${PAGE})`

const SUBJECTS = `SELECT json_group_array(json_array(id, repository_id, reactions, json_array(contributors_up,
    contributors_down, others_up, others_down, value, top, hot, rising, controversial)))
  FROM (SELECT * FROM subjects WHERE id > ? ORDER BY id LIMIT ${PAGE})`

const VOTES = `SELECT json_group_array(json_array(subject_id, person_id, value, accepted_at, seq,
    is_contributor, reason))
  FROM (SELECT * FROM votes WHERE (subject_id, person_id) > (?, ?)
    ORDER BY subject_id, person_id LIMIT ${PAGE})`

const contributing = (
  localLogins: boolean,
) => `SELECT json_group_array(c.repository_id || ' ' || p.id)
  FROM persons p CROSS JOIN contributors c ON c.account_id = ${accountSql(localLogins)}
  CROSS JOIN repositories r ON r.id = c.repository_id AND r.host = p.host
  WHERE p.id IN (SELECT person_id FROM votes)`

const CLOSES = `SELECT json_group_array(json_array(pull_id, json(issues)))
  FROM (SELECT pull_id, json_group_array(issue_id) AS issues FROM closes GROUP BY pull_id)`

const MEND_SUBJECT = `UPDATE subjects SET contributors_up = ?, contributors_down = ?, others_up = ?,
  others_down = ?, value = ?, top = ?, hot = ?, rising = ?, controversial = ? WHERE id = ?`

const DROP_VOTE = 'DELETE FROM votes WHERE subject_id = ? AND person_id = ?'

/**
 * Recounts everything and says what was wrong; with `repair` it is right afterwards. Run it on one moment (a
 * transaction) or while nobody votes: what is cast meanwhile looks like a difference. Holds all standing votes in memory. Scores that a
 * running server remembers are not told of a repair.
 */
export async function recount(
  { db, writer, auth }: { db: Reader; writer: Pick<Writer, 'run'>; auth: WayToSignIn },
  { repair = false } = {},
): Promise<Recount> {
  const { standing, entries, gaps } = await readLog(db)
  const contributors = new Set(await readList<string>(db, contributing(auth === 'local'), []))
  const closes = new Map(await readList<[number, number[]]>(db, CLOSES, []))
  const ground = { standing, contributors, closes }
  const { wrong: wrongSubjects, counted, places } = await wrongSubjectsOf(db, ground)
  const wrongVotes = await wrongVotesOf(db, ground, places)
  if (repair) {
    const mends = [...wrongSubjects.values(), ...wrongVotes.flatMap(({ mends }) => mends)]
    if (mends.length) await writer.run(mends)
  }
  return {
    entries,
    counted,
    gaps,
    subjects: [...wrongSubjects.keys()],
    votes: wrongVotes.map(({ at }) => at),
  }
}

type LogRow = [
  seq: number,
  personId: number,
  subjectId: number,
  value: Value,
  acceptedAt: number,
  reason: string | null,
]

async function readLog(db: Reader) {
  const standing: StandingVotes = new Map()
  const gaps: number[] = []
  let next = 0
  let entries = 0
  for (;;) {
    const rows = await readList<LogRow>(db, LOG, [next - 1])
    for (const [seq, personId, subjectId, value, acceptedAt, reason] of rows) {
      for (; next < seq; next++) gaps.push(next)
      next = seq + 1
      entries++
      const ofSubject = standing.get(subjectId) ?? new Map<number, Standing>()
      standing.set(subjectId, ofSubject.set(personId, { value, acceptedAt, seq, reason }))
    }
    if (rows.length < PAGE) return { standing, entries, gaps }
  }
}

type SubjectRow = [id: number, repositoryId: number, reactions: string, sums: (number | null)[]]

/** What mends each subject that is wrong, by its id, and in which repository every subject is. */
async function wrongSubjectsOf(db: Reader, ground: Ground) {
  const wrong = new Map<number, Statement>()
  const places = new Map<number, number>()
  for (let after = 0; ;) {
    const rows = await readList<SubjectRow>(db, SUBJECTS, [after])
    for (const [id, repositoryId, reactions, kept] of rows) {
      after = id
      places.set(id, repositoryId)
      const sums = sumsOf(ground, id, repositoryId, reactions)
      if (sums.some((sum, i) => sum !== kept[i])) {
        wrong.set(id, { sql: MEND_SUBJECT, args: [...sums, id] })
      }
    }
    if (rows.length < PAGE) return { wrong, counted: places.size, places }
  }
}

function sumsOf(
  { standing, contributors, closes }: Ground,
  id: number,
  repositoryId: number,
  reactions: string,
) {
  const placed: PlacedVote[] = []
  for (const subjectId of [id, ...(closes.get(id) ?? [])]) {
    for (const [personId, { value, acceptedAt }] of standing.get(subjectId) ?? []) {
      const voter = contributors.has(`${repositoryId} ${personId}`) ? 'contributor' : 'other'
      placed.push({ subjectId, personId, value, acceptedAt, voter })
    }
  }
  const votes = supportOf(id, placed)
  const counts = countsOf(votes)
  const evidence = { ...counts, reactions: JSON.parse(reactions) as Reactions }
  const { value, top, hot, rising, controversial } = orderKeysOf(evidence, votes)
  const { contributors: own, others } = counts
  return [own.up, own.down, others.up, others.down, value, top, hot, rising, controversial]
}

type VoteRow = [
  subjectId: number,
  personId: number,
  value: Value,
  acceptedAt: number,
  seq: number,
  isContributor: 0 | 1,
  reason: string | null,
]

interface WrongVote {
  at: [subjectId: number, personId: number]
  mends: Statement[]
}

/** Takes the right votes out of `standing`; what is left at the end is missing. */
async function wrongVotesOf(
  db: Reader,
  { standing, contributors }: Ground,
  places: ReadonlyMap<number, number>,
): Promise<WrongVote[]> {
  const wrong: WrongVote[] = []
  const classOf = (subjectId: number, personId: number) =>
    contributors.has(`${places.get(subjectId)} ${personId}`) ? 1 : 0
  for (let after = [0, 0]; ;) {
    const rows = await readList<VoteRow>(db, VOTES, after)
    for (const [subjectId, personId, value, acceptedAt, seq, isContributor, reason] of rows) {
      after = [subjectId, personId]
      const due = standing.get(subjectId)?.get(personId)
      if (!due) {
        wrong.push({
          at: [subjectId, personId],
          mends: [{ sql: DROP_VOTE, args: [subjectId, personId] }],
        })
      } else if (
        due.value === value &&
        due.acceptedAt === acceptedAt &&
        due.seq === seq &&
        due.reason === reason &&
        // What is withdrawn is counted nowhere, so its class is left as it was.
        (value === 0 || isContributor === classOf(subjectId, personId))
      ) {
        standing.get(subjectId)?.delete(personId)
      }
    }
    if (rows.length < PAGE) break
  }
  for (const [subjectId, votes] of standing) {
    for (const [personId, { value, acceptedAt, seq, reason }] of votes) {
      const voter = classOf(subjectId, personId)
      wrong.push({
        at: [subjectId, personId],
        mends: insertAsValues(STANDING_VOTES, [
          [subjectId, personId, value, acceptedAt, seq, voter, reason],
        ]),
      })
    }
  }
  return wrong
}
