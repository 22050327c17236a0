/**
 * The log and what follows from it. One transaction takes the votes of many people: an entry in the log
 * for each, their standing votes, and the counters and order keys of every subject they touch. All sums
 * are made here, in the words of shared/, and not in SQL, so that a recount comes to the same bits.
 *
 * `seq`, and the ids of new subjects and repositories, are given out here. Should another server write to
 * the same (remote) database, its numbers collide with ours on a primary key, the whole batch fails, and
 * it is repeated from what is there by then. For the same reason nothing is asked about ids seen before
 * until the unique index refuses one.
 */
import type { Client } from '@libsql/client'
import type { Counts, Evidence, Reactions } from '#shared/score'
import { partsOf, repositoryOf, type SubjectId } from '#shared/subject'
import type { Receipt, Value, Vote } from '#shared/vote'
import { DECAY_WINDOW, orderKeysOf, type StandingVote } from '../order-keys.ts'
import { scoreText, type ScoreText } from '../score-text.ts'
import { voterClassOf } from '../voter-class.ts'
import {
  ADD_ENTRIES,
  ADD_NAMES,
  ADD_REPOSITORIES,
  NEXT,
  SCORE,
  SEEN,
  STAND,
  STATES,
} from './vote-statements.ts'

/** A vote and whose it is. */
export interface PersonsVote extends Vote {
  personId: number
}

/** What became of a vote. It is rejected when its person used its id for another vote before. */
export type Outcome =
  | { status: 'accepted' | 'duplicate'; receipt: Receipt; mine: Value }
  | { status: 'rejected' }

export interface Appended {
  /** One for each vote, in their order. */
  outcomes: Outcome[]
  /** The scores of all subjects touched, as they are after all of these votes. */
  scores: Map<SubjectId, ScoreText>
}

export interface VoteLog {
  /** Puts votes on the disk, in this order. Repeating it with the same votes changes nothing. */
  append(votes: readonly PersonsVote[]): Promise<Appended>
}

/** A subject's row and the votes that stand on it, while a batch changes them. */
interface State extends Evidence {
  id: number
  subject: SubjectId
  repositoryId: number
  contributors: Counts
  others: Counts
  /** The latest standing votes, at least as many as decide the orders after this batch. */
  standing: Map<number, StandingVote>
}

/** What an id was used for. */
interface Used {
  subjectId: number
  value: Value
  castAt: number
  receipt: Receipt
}

/** How often a batch is repeated that another server's writes got in the way of. */
const TRIES = 8

/** Opens the log for the one writer of this process. */
export async function openVoteLog(db: Client, now: () => number): Promise<VoteLog> {
  let next = await readNext()

  async function readNext() {
    const row = (await db.execute(NEXT)).rows[0]
    return {
      seq: Number(row?.seq),
      subject: Number(row?.subject),
      repository: Number(row?.repository),
    }
  }

  async function append(votes: readonly PersonsVote[]): Promise<Appended> {
    for (let tries = 1; ; tries++) {
      try {
        const used = tries === 1 ? new Map<string, Used>() : await readUsed(votes)
        return await appendOnce(votes, used)
      } catch (error) {
        if (tries === TRIES || !isWorthRepeating(error)) throw error
        if (tries > 1)
          await new Promise((done) => setTimeout(done, Math.random() * 10 * 2 ** tries))
        next = await readNext()
      }
    }
  }

  async function appendOnce(votes: readonly PersonsVote[], used: Map<string, Used>) {
    const acceptedAt = now()
    const ids = { ...next }
    const { states, repositories } = await readStates(votes, ids)
    const entries: unknown[] = []
    const changed = new Set<number>()
    const outcomes = votes.map((vote): Outcome => {
      const state = stateOf(states, vote.subject)
      const earlier = used.get(keyOf(vote))
      if (earlier) return outcomeOfRepeat(vote, state, earlier)
      const { id, personId, value, castAt } = vote
      const receipt = ids.seq++
      used.set(keyOf(vote), { subjectId: state.id, value, castAt, receipt })
      entries.push([receipt, id, personId, state.id, value, castAt, acceptedAt])
      changed.add(state.id)
      count(state, vote, acceptedAt)
      return { status: 'accepted', receipt, mine: value }
    })
    const touched = [...states.values()].map((state) => scored(state))
    if (entries.length) {
      // A subject on which no vote was accepted stays unwritten; the id that it was to have is skipped.
      const rows = touched.filter(({ row: [id] }) => changed.has(id)).map(({ row }) => row)
      const needed = new Set(rows.map(([, repositoryId]) => repositoryId))
      await write(
        entries,
        repositories.filter(([id]) => needed.has(id)),
        rows,
      )
      next = ids
    }
    for (const [i, outcome] of outcomes.entries()) {
      if (outcome.status !== 'rejected') outcome.mine = standingOf(states, votes[i] as PersonsVote)
    }
    return { outcomes, scores: new Map(touched.map(({ subject, text }) => [subject, text])) }
  }

  async function write(entries: unknown[], repositories: unknown[], subjects: unknown[]) {
    const args = [JSON.stringify(entries)]
    await db.batch(
      [
        ...(repositories.length
          ? [ADD_REPOSITORIES, ADD_NAMES].map((sql) => ({
              sql,
              args: [JSON.stringify(repositories)],
            }))
          : []),
        { sql: ADD_ENTRIES, args },
        { sql: STAND, args },
        { sql: SCORE, args: [JSON.stringify(subjects)] },
      ],
      'write',
    )
  }

  async function readUsed(votes: readonly PersonsVote[]) {
    const ids = JSON.stringify(votes.map(({ id, personId }) => [id, personId]))
    const { rows } = await db.execute({ sql: SEEN, args: [ids] })
    return new Map(
      rows.map((row) => [
        `${row.id} ${row.person_id}`,
        {
          subjectId: Number(row.subject_id),
          value: Number(row.value) as Value, // only values were ever written there
          castAt: Number(row.cast_at),
          receipt: Number(row.seq),
        },
      ]),
    )
  }

  /** The state of every subject voted on; those that are new get their ids from `ids`. */
  async function readStates(votes: readonly PersonsVote[], ids: typeof next) {
    const voters = votersOf(votes)
    const asked = [...voters].map(([subject, persons]) => ({
      subject,
      parts: partsOf(subject),
      persons,
    }))
    const most = Math.max(...asked.map(({ persons }) => persons.length))
    const { rows } = await db.execute({
      sql: STATES,
      args: [
        DECAY_WINDOW + most,
        JSON.stringify(
          asked.map(({ parts: { host, owner, name, number, part }, persons }) => [
            host,
            owner,
            name,
            number,
            part,
            persons,
          ]),
        ),
      ],
    })
    const fresh = new Map<string, number>()
    const repositories: [id: number, ...name: string[]][] = []
    const states = new Map<SubjectId, State>()
    for (const row of JSON.parse(String(rows[0]?.[0])) as StateRow[]) {
      const one = asked[row[0]]
      if (!one) continue
      const { subject, parts } = one
      let repositoryId = row[1] ?? fresh.get(repositoryOf(subject))
      if (repositoryId === undefined) {
        repositoryId = ids.repository++
        fresh.set(repositoryOf(subject), repositoryId)
        repositories.push([repositoryId, parts.host, parts.owner, parts.name])
      }
      states.set(
        subject,
        stateFrom(row, subject, repositoryId, () => ids.subject++),
      )
    }
    return { states, repositories }
  }

  return { append }
}

/** One of the rows that STATES answers with. */
type StateRow = [
  place: number,
  repositoryId: number | null,
  id: number | null,
  contributorsUp: number | null,
  contributorsDown: number | null,
  othersUp: number | null,
  othersDown: number | null,
  reactions: string | null,
  latest: [personId: number, value: Value, acceptedAt: number][],
  voters: [personId: number, value: Value, acceptedAt: number][],
]

function stateFrom(
  [
    ,
    ,
    id,
    contributorsUp,
    contributorsDown,
    othersUp,
    othersDown,
    reactions,
    latest,
    own,
  ]: StateRow,
  subject: SubjectId,
  repositoryId: number,
  newId: () => number,
): State {
  const standing = new Map<number, StandingVote>()
  for (const [personId, value, acceptedAt] of [...own, ...latest]) {
    const voter = voterClassOf(personId, repositoryOf(subject))
    standing.set(personId, { personId, value, acceptedAt, voter })
  }
  return {
    id: id ?? newId(),
    subject,
    repositoryId,
    contributors: { up: contributorsUp ?? 0, down: contributorsDown ?? 0 },
    others: { up: othersUp ?? 0, down: othersDown ?? 0 },
    reactions: reactions === null || reactions === '{}' ? {} : (JSON.parse(reactions) as Reactions),
    standing,
  }
}

function stateOf(states: Map<SubjectId, State>, subject: SubjectId): State {
  const state = states.get(subject)
  if (!state) throw new Error('a subject that was voted on has no state')
  return state
}

function votersOf(votes: readonly PersonsVote[]) {
  const voters = new Map<SubjectId, number[]>()
  for (const { subject, personId } of votes) {
    const known = voters.get(subject)
    if (!known) voters.set(subject, [personId])
    else if (!known.includes(personId)) known.push(personId)
  }
  return voters
}

const keyOf = ({ id, personId }: PersonsVote) => `${id} ${personId}`

const standingOf = (states: Map<SubjectId, State>, { subject, personId }: PersonsVote): Value =>
  states.get(subject)?.standing.get(personId)?.value ?? 0

function outcomeOfRepeat({ value, castAt }: PersonsVote, state: State, earlier: Used): Outcome {
  const same =
    earlier.subjectId === state.id && earlier.value === value && earlier.castAt === castAt
  return same
    ? { status: 'duplicate', receipt: earlier.receipt, mine: value }
    : { status: 'rejected' }
}

/** Lets a vote stand in place of its person's last. */
function count(state: State, { personId, value }: PersonsVote, acceptedAt: number) {
  const voter = voterClassOf(personId, repositoryOf(state.subject))
  const counts = voter === 'contributor' ? state.contributors : state.others
  const before = state.standing.get(personId)?.value ?? 0
  if (before) counts[before > 0 ? 'up' : 'down'] -= 1
  if (value) counts[value > 0 ? 'up' : 'down'] += 1
  state.standing.set(personId, { personId, value, acceptedAt, voter })
}

/** A subject's row to write, and its score to show. */
function scored(state: State) {
  const { id, subject, repositoryId, contributors, others, standing } = state
  const { number, part } = partsOf(subject)
  const keys = orderKeysOf(state, [...standing.values()])
  const row: [id: number, repositoryId: number, ...rest: unknown[]] = [
    id,
    repositoryId,
    number,
    part,
    contributors.up,
    contributors.down,
    others.up,
    others.down,
    keys.value,
    keys.top,
    keys.hot,
    keys.rising,
    keys.controversial,
  ]
  return { subject, row, text: scoreText(state, keys) }
}

/** Whether a write may have met another's; without a code a remote call was cut off, outcome unknown. */
function isWorthRepeating(error: unknown): boolean {
  const code = (error as { code?: unknown }).code
  return code === undefined
    ? error instanceof TypeError
    : /^SQLITE_(CONSTRAINT|BUSY)/.test(String(code))
}
