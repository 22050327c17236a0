/**
 * The proof that sums follow from the log. Everything that votes add up to is computed again from the log
 * alone, by the functions that kept it up to date, and compared to the last bit.
 */
import type { Counts, Reactions } from '#shared/score'
import type { Value } from '#shared/vote'
import type { Context } from '../context.ts'
import { orderKeysOf, type StandingVote } from '../order-keys.ts'
import { voterClassOf } from '../voter-class.ts'
import type { Statement } from '../writer.ts'

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
}

type StandingVotes = Map<number, Map<number, Standing>>

/** Rows read at a time: a remote database refuses answers that are too large. */
const PAGE = 5000

const LOG = `SELECT json_group_array(json_array(seq, person_id, subject_id, value, accepted_at))
  FROM (SELECT * FROM log WHERE seq > ? ORDER BY seq LIMIT ${PAGE})`

const SUBJECTS = `SELECT json_group_array(json_array(id, repository, reactions, json_array(contributors_up,
    contributors_down, others_up, others_down, value, top, hot, rising, controversial)))
  FROM (SELECT s.*, r.host || '/' || r.owner || '/' || r.name AS repository
    FROM subjects s JOIN repositories r ON r.id = s.repository_id
    WHERE s.id > ? ORDER BY s.id LIMIT ${PAGE})`

const VOTES = `SELECT json_group_array(json_array(subject_id, person_id, value, accepted_at, seq))
  FROM (SELECT * FROM votes WHERE (subject_id, person_id) > (?, ?)
    ORDER BY subject_id, person_id LIMIT ${PAGE})`

const MEND_SUBJECT = `UPDATE subjects SET contributors_up = ?, contributors_down = ?, others_up = ?,
  others_down = ?, value = ?, top = ?, hot = ?, rising = ?, controversial = ? WHERE id = ?`

const MEND_VOTE = `INSERT INTO votes (subject_id, person_id, value, accepted_at, seq)
  VALUES (?, ?, ?, ?, ?) ON CONFLICT (subject_id, person_id) DO UPDATE
  SET value = excluded.value, accepted_at = excluded.accepted_at, seq = excluded.seq`

const DROP_VOTE = 'DELETE FROM votes WHERE subject_id = ? AND person_id = ?'

/**
 * Recounts everything and says what was wrong; with `repair` it is right afterwards. Run it while nobody
 * votes: what is cast meanwhile looks like a difference. Holds all standing votes in memory. Scores that a
 * running server remembers are not told of a repair.
 */
export async function recount(
  { db, writer }: Pick<Context, 'db' | 'writer'>,
  { repair = false } = {},
): Promise<Recount> {
  const { standing, entries, gaps } = await readLog(db)
  const { wrong: wrongSubjects, counted } = await wrongSubjectsOf(db, standing)
  const wrongVotes = await wrongVotesOf(db, standing)
  if (repair) {
    const mends = [...wrongSubjects.values(), ...wrongVotes.map(({ mend }) => mend)]
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

async function page<Row>(db: Context['db'], sql: string, after: number[]): Promise<Row[]> {
  const { rows } = await db.execute({ sql, args: after })
  return JSON.parse(String(rows[0]?.[0])) as Row[] // what the statement says: a list of such rows
}

type LogRow = [seq: number, personId: number, subjectId: number, value: Value, acceptedAt: number]

async function readLog(db: Context['db']) {
  const standing: StandingVotes = new Map()
  const gaps: number[] = []
  let next = 0
  let entries = 0
  for (;;) {
    const rows = await page<LogRow>(db, LOG, [next - 1])
    for (const [seq, personId, subjectId, value, acceptedAt] of rows) {
      for (; next < seq; next++) gaps.push(next)
      next = seq + 1
      entries++
      const ofSubject = standing.get(subjectId) ?? new Map<number, Standing>()
      standing.set(subjectId, ofSubject.set(personId, { value, acceptedAt, seq }))
    }
    if (rows.length < PAGE) return { standing, entries, gaps }
  }
}

type SubjectRow = [id: number, repository: string, reactions: string, sums: (number | null)[]]

/** What mends each subject that is wrong, by its id, and how many there are in all. */
async function wrongSubjectsOf(db: Context['db'], standing: StandingVotes) {
  const wrong = new Map<number, Statement>()
  let counted = 0
  for (let after = 0; ;) {
    const rows = await page<SubjectRow>(db, SUBJECTS, [after])
    for (const [id, repository, reactions, kept] of rows) {
      after = id
      const sums = sumsOf(standing.get(id) ?? new Map(), repository, reactions)
      if (sums.some((sum, i) => sum !== kept[i])) {
        wrong.set(id, { sql: MEND_SUBJECT, args: [...sums, id] })
      }
    }
    counted += rows.length
    if (rows.length < PAGE) return { wrong, counted }
  }
}

function sumsOf(votes: Map<number, Standing>, repository: string, reactions: string) {
  const counts: Record<'contributor' | 'other', Counts> = {
    contributor: { up: 0, down: 0 },
    other: { up: 0, down: 0 },
  }
  const standing: StandingVote[] = []
  for (const [personId, { value, acceptedAt }] of votes) {
    if (value === 0) continue
    const voter = voterClassOf(personId, repository)
    counts[voter][value > 0 ? 'up' : 'down'] += 1
    standing.push({ personId, value, acceptedAt, voter })
  }
  const { contributor: contributors, other: others } = counts
  const evidence = { contributors, others, reactions: JSON.parse(reactions) as Reactions }
  const { value, top, hot, rising, controversial } = orderKeysOf(evidence, standing)
  return [
    contributors.up,
    contributors.down,
    others.up,
    others.down,
    value,
    top,
    hot,
    rising,
    controversial,
  ]
}

type VoteRow = [subjectId: number, personId: number, value: Value, acceptedAt: number, seq: number]

interface WrongVote {
  at: [subjectId: number, personId: number]
  mend: Statement
}

/** Takes the right votes out of `standing`; what is left at the end is missing. */
async function wrongVotesOf(db: Context['db'], standing: StandingVotes): Promise<WrongVote[]> {
  const wrong: WrongVote[] = []
  for (let after = [0, 0]; ;) {
    const rows = await page<VoteRow>(db, VOTES, after)
    for (const [subjectId, personId, value, acceptedAt, seq] of rows) {
      after = [subjectId, personId]
      const due = standing.get(subjectId)?.get(personId)
      if (!due) {
        wrong.push({
          at: [subjectId, personId],
          mend: { sql: DROP_VOTE, args: [subjectId, personId] },
        })
      } else if (due.value === value && due.acceptedAt === acceptedAt && due.seq === seq) {
        standing.get(subjectId)?.delete(personId)
      }
    }
    if (rows.length < PAGE) break
  }
  for (const [subjectId, votes] of standing) {
    for (const [personId, { value, acceptedAt, seq }] of votes) {
      wrong.push({
        at: [subjectId, personId],
        mend: { sql: MEND_VOTE, args: [subjectId, personId, value, acceptedAt, seq] },
      })
    }
  }
  return wrong
}
