/**
 * The log and what follows from it. One transaction takes the votes of many people: an entry in the log
 * for each, their standing votes, and the counters and order keys of every subject they touch. All sums
 * are made here, in the words of shared/, and not in SQL, so that a recount comes to the same bits.
 * Nothing is asked about ids seen before until the unique index refuses one.
 */
import { partsOf, repositoryOf, type SubjectId } from '#shared/subject'
import type { Reason, Receipt, Value, Vote } from '#shared/vote'
import type { VoterClass } from '#shared/score'
import type { StandingVote } from '../scores/order-keys.ts'
import type { ScoreText } from '../scores/score-text.ts'
import type { Ledger } from './ledger.ts'
import type { PlacedVote } from './linked-pulls.ts'
import { subjectsOf } from './subjects-of.ts'
import type { NextIds } from './next-ids.ts'
import type { NamedRepository } from './repository-names.ts'
import type { Cell, Cells } from './row-sets.ts'
import { addressKey, type Asked, type Scored, scored, type State } from './subject-states.ts'
import { uuidOf } from './vote-ids.ts'
import {
  ADD_NAMES,
  ADD_REPOSITORIES,
  LOG,
  SEEN,
  SUBJECTS,
  VOTES,
  withRows,
} from './vote-statements.ts'

/** A vote and whose it is. */
export interface PersonsVote extends Vote {
  personId: number
}

/**
 * What became of a vote. It is rejected when its person used its id for another vote before, and is nobody's
 * when they were forgotten while it was on its way.
 */
export type Outcome =
  | {
      status: 'accepted' | 'duplicate'
      receipt: Receipt
      mine: Value
      voter: VoterClass
      /** The subject by its repository's present name. */
      subject: SubjectId
      /** Its score where that is not among the others, since its repository has no name now. */
      score?: ScoreText
    }
  | { status: 'rejected' }
  | { status: 'nobodys' }

export interface Appended {
  /** One for each vote, in their order. */
  outcomes: Outcome[]
  /** The scores of all subjects touched, by their present names, as they are after all of these votes. */
  scores: Map<SubjectId, ScoreText>
}

/** What an id was used for. */
interface Used {
  subjectId: number
  value: Value
  castAt: number
  reason: Reason | undefined
  receipt: Receipt
}

/** A subject that is voted on, by its present name. */
interface Touched {
  subject: SubjectId
  /** Its repository has a name now, by which news of it is told; under a former name nothing is remembered. */
  isNamed: boolean
  state: State
}

/** Puts votes on the disk, in this order. Repeating it with the same votes changes nothing. */
export function appendVotes(ledger: Ledger, votes: readonly PersonsVote[]): Promise<Appended> {
  return ledger.repeating(async (ledger, ids, tries) => {
    const used = tries === 1 ? new Map<string, Used>() : await readUsed(ledger, votes)
    return appendOnce(ledger, votes, ids, used)
  })
}

async function appendOnce(
  ledger: Ledger,
  votes: readonly PersonsVote[],
  ids: NextIds,
  used: Map<string, Used>,
): Promise<Appended> {
  const acceptedAt = ledger.now()
  const firstNew = ids.subject
  const { touched, repositories } = await readTouched(ledger, votes, ids)
  const entries: Cells[] = []
  const standingRows: [subjectId: number, ...Cell[]][] = []
  const changed = new Set<number>()
  const placed: PlacedVote[] = []
  const outcomes = votes.map((vote): Outcome => {
    if (ledger.voters.isGone(vote.personId)) return { status: 'nobodys' }
    const { subject, state } = touchedBy(touched, vote)
    const voter = ledger.voters.of(vote.personId, state.repositoryId)
    const earlier = used.get(keyOf(vote))
    if (earlier) return outcomeOfRepeat(vote, subject, state, voter, earlier)
    const { id, personId, value, castAt, reason } = vote
    const receipt = ids.seq++
    used.set(keyOf(vote), { subjectId: state.id, value, castAt, reason, receipt })
    const isContributor = voter === 'contributor' ? 1 : 0
    const entry: Cell[] = [receipt, id, personId, state.id, value, castAt, acceptedAt]
    const row: [number, ...Cell[]] = [state.id, personId, value, acceptedAt, receipt, isContributor]
    // Few votes have one, and all others need not carry what is not there.
    if (reason) {
      entry.push(reason)
      row.push(reason)
    }
    entries.push(entry)
    standingRows.push(row)
    changed.add(state.id)
    const standing = { personId, value, acceptedAt, voter }
    stand(state, standing)
    if (state.isLinked) placed.push({ ...standing, subjectId: state.id })
    return { status: 'accepted', receipt, mine: value, voter, subject }
  })
  const states = [...touched.values()].map(({ state }) => state)
  const linked = states.filter(({ isLinked }) => isLinked)
  const pulls = linked.length ? await ledger.states.pulls.take(ledger.db, linked, placed) : []
  const sums = new Map(pulls.map(({ state }) => [state.id, scored(state, acceptedAt)]))
  // What a pull request comes to by votes on itself alone is of no interest.
  for (const state of states) if (!sums.has(state.id)) sums.set(state.id, scored(state, acceptedAt))
  // Before the commit: whatever can fail fails while there is nothing that would have to be told.
  const scores = await textsOf(ledger, touched.values(), sums)
  if (entries.length) {
    // A subject on which no vote was accepted stays unwritten; the id that it was to have is skipped.
    for (const { state } of pulls) changed.add(state.id)
    const subjects = [...sums.values()]
      .filter(({ state }) => changed.has(state.id))
      .map(({ row }) => row)
    const needed = new Set(subjects.map(([, repositoryId]) => repositoryId))
    const added = repositories.filter(([id]) => needed.has(id))
    await ledger.db.batch([
      ...(added.length ? [ADD_REPOSITORIES, ADD_NAMES].map((sql) => withRows(sql, added)) : []),
      ...ledger.insert(LOG, entries),
      // By subject, as their pages are: what is near is looked up and written together.
      ...ledger.insert(VOTES, standingRows.toSorted(byFirst)),
      ...ledger.insert(SUBJECTS, subjects.toSorted(byFirst)),
    ])
  }
  for (const [i, outcome] of outcomes.entries()) {
    if (outcome.status === 'rejected' || outcome.status === 'nobodys') continue
    const vote = votes[i] as PersonsVote // an outcome for each vote
    const { state, isNamed } = touchedBy(touched, vote)
    outcome.mine = state.standing.get(vote.personId)?.value ?? 0
    if (!isNamed) outcome.score = sums.get(state.id)?.text ?? ''
  }
  for (const state of states)
    if (state.id < firstNew || changed.has(state.id)) ledger.states.keep(state)
  for (const pull of pulls) ledger.states.pulls.keep(pull)
  return { outcomes, scores }
}

/** Scores by the present names of their subjects. */
async function textsOf(
  { db }: Ledger,
  touched: Iterable<Touched>,
  sums: ReadonlyMap<number, Scored>,
) {
  const texts = new Map<SubjectId, ScoreText>()
  const rest = new Map(sums)
  for (const { subject, isNamed, state } of touched) {
    if (isNamed) texts.set(subject, sums.get(state.id)?.text ?? '')
    rest.delete(state.id)
  }
  for (const [id, subject] of await subjectsOf(db, [...rest.keys()])) {
    texts.set(subject, sums.get(id)?.text ?? '')
  }
  return texts
}

const byFirst = ([a]: readonly [number, ...unknown[]], [b]: readonly [number, ...unknown[]]) =>
  a - b

async function readUsed({ db }: Ledger, votes: readonly PersonsVote[]) {
  const { rows } = await db.execute(
    withRows(
      SEEN,
      votes.map(({ id, personId }) => [id, personId]),
    ),
  )
  return new Map(
    rows.map((row) => [
      `${uuidOf(row.id as ArrayBuffer)} ${Number(row.person_id)}`, // the column's type
      {
        subjectId: Number(row.subject_id),
        value: Number(row.value) as Value, // only values were ever written there
        castAt: Number(row.cast_at),
        reason: (row.reason ?? undefined) as Reason | undefined, // only reasons were ever written there
        receipt: Number(row.seq),
      },
    ]),
  )
}

type NewRepository = [id: number, ...name: string[]]

/** Every subject voted on, by the id that was used; those that are new get theirs from `ids`. */
async function readTouched(ledger: Ledger, votes: readonly PersonsVote[], ids: NextIds) {
  const names = await ledger.names.find(
    ledger.db,
    votes.map(({ subject }) => repositoryOf(subject)),
  )
  const fresh = new Map<string, NamedRepository>()
  const repositories: NewRepository[] = []
  // By the repository's id: a subject that is voted on by two names is one.
  const asked = new Map<string, Asked & { persons: number[] }>()
  const present = new Map<SubjectId, Omit<Touched, 'state'> & { key: string }>()
  for (const { subject, personId } of votes) {
    let here = present.get(subject)
    if (here === undefined) {
      const name = repositoryOf(subject)
      const repository = names.get(name) ?? fresh.get(name) ?? addedAs(name)
      const { number, part } = partsOf(subject)
      const address = { repositoryId: repository.id, number, part }
      const key = addressKey(address)
      const isNamed = repository.current !== undefined
      here = { subject: presentNameOf(subject, name, repository), isNamed, key }
      present.set(subject, here)
      if (!asked.has(key)) asked.set(key, { ...address, persons: [] })
    }
    const persons = asked.get(here.key)?.persons
    if (persons && !persons.includes(personId)) persons.push(personId)
  }
  await ledger.voters.prepare(
    ledger.db,
    new Set([...asked.values()].map(({ repositoryId }) => repositoryId)),
    votes.map(({ personId }) => personId),
  )
  const states = await ledger.states.take(ledger.db, asked, () => ids.subject++)
  const touched = new Map<SubjectId, Touched>()
  for (const [asSent, { subject, isNamed, key }] of present) {
    const state = states.get(key)
    if (state) touched.set(asSent, { subject, isNamed, state })
  }
  return { touched, repositories }

  function addedAs(name: string): NamedRepository {
    const repository = { id: ids.repository++, current: name }
    fresh.set(name, repository)
    repositories.push([repository.id, ...name.split('/')])
    return repository
  }
}

function presentNameOf(subject: SubjectId, name: string, { current }: NamedRepository): SubjectId {
  if (current === undefined || current === name) return subject
  return `${current}${subject.slice(name.length)}` as SubjectId // the same subject in other words
}

function touchedBy(touched: Map<SubjectId, Touched>, { subject }: PersonsVote): Touched {
  const one = touched.get(subject)
  if (!one) throw new Error('a subject that was voted on has no state')
  return one
}

const keyOf = ({ id, personId }: PersonsVote) => `${id} ${personId}`

function outcomeOfRepeat(
  { value, castAt, reason }: PersonsVote,
  subject: SubjectId,
  state: State,
  voter: VoterClass,
  earlier: Used,
): Outcome {
  const same =
    earlier.subjectId === state.id &&
    earlier.value === value &&
    earlier.castAt === castAt &&
    earlier.reason === reason
  return same
    ? { status: 'duplicate', receipt: earlier.receipt, mine: value, voter, subject }
    : { status: 'rejected' }
}

/** Lets a vote stand in place of its person's last. */
function stand(state: State, vote: StandingVote) {
  const before = state.standing.get(vote.personId)
  if (before?.value) countsFor(state, before.voter)[before.value > 0 ? 'up' : 'down'] -= 1
  if (vote.value) countsFor(state, vote.voter)[vote.value > 0 ? 'up' : 'down'] += 1
  state.standing.set(vote.personId, vote)
}

const countsFor = (state: State, voter: VoterClass) =>
  voter === 'contributor' ? state.contributors : state.others
