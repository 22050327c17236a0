/**
 * Pull requests that close issues. Who supports such an issue supports what closes it, and is counted once
 * in the score of the pull request, however many of these issues they voted for and whether or not they
 * voted for the pull request too. A vote against an issue says nothing about a pull request.
 */
import type { Reactions } from '#shared/score'
import type { StandingVote } from '../scores/order-keys.ts'
import { countsOf } from './counts-of.ts'
import type { Reader } from './ledger.ts'
import { readList } from './read-list.ts'
import { type State, standingFrom, VOTE, type VoteRow } from './subject-states.ts'

/** A standing vote and what it is on. */
export interface PlacedVote extends StandingVote {
  subjectId: number
}

/** The votes that count for a subject: one a person, their own vote on it before any on what it closes. */
export function supportOf(subjectId: number, votes: Iterable<PlacedVote>): StandingVote[] {
  const counted = new Map<number, PlacedVote>()
  for (const vote of votes) {
    const isOwn = vote.subjectId === subjectId
    if (vote.value === 0 || (!isOwn && vote.value < 0)) continue
    const other = counted.get(vote.personId)
    const isBetter =
      !other || isOwn || (other.subjectId !== subjectId && other.acceptedAt < vote.acceptedAt)
    if (isBetter) counted.set(vote.personId, vote)
  }
  return [...counted.values()]
}

/** A subject for which votes on others count too: a pull request, with those that support it standing. */
export interface Pull {
  state: State
  /** The issues that it closes. */
  issues: ReadonlySet<number>
}

/** The same as the database has it: with every vote that counts for it, of which nothing is summed yet. */
export interface Supported extends Pull {
  /** The votes on it and on the issues that it closes. */
  votes: PlacedVote[]
}

const supported = (subjects: string) => `SELECT json_group_array(json_array(
    s.id, s.repository_id, s.number, s.part, s.reactions, s.is_linked,
    json((SELECT json_group_array(${VOTE})
      FROM (SELECT s.id AS id UNION SELECT issue_id FROM closes WHERE pull_id = s.id) b
      CROSS JOIN votes v ON v.subject_id = b.id AND v.value <> 0)),
    json((SELECT json_group_array(issue_id) FROM closes WHERE pull_id = s.id))))
  FROM (${subjects}) p CROSS JOIN subjects s ON s.id = p.id`

const PULLS =
  supported(`SELECT value AS id FROM json_each(?1) WHERE value IN (SELECT pull_id FROM closes)
    UNION SELECT c.pull_id FROM json_each(?1) j CROSS JOIN closes c ON c.issue_id = j.value`)

const SUBJECTS = supported(`SELECT value AS id FROM json_each(?1)
    UNION SELECT c.pull_id FROM json_each(?1) j CROSS JOIN closes c ON c.issue_id = j.value`)

type SupportedRow = [
  id: number,
  repositoryId: number,
  number: number,
  part: string,
  reactions: string,
  isLinked: 0 | 1,
  votes: VoteRow[],
  issues: number[],
]

/** The pull requests among these subjects that close something, and those that close one of these. */
export const readLinkedPulls = (db: Reader, subjects: readonly number[]) =>
  readSupported(db, PULLS, subjects)

/** These subjects, and the pull requests that close one of them. */
export const readSubjects = (db: Reader, subjects: readonly number[]) =>
  readSupported(db, SUBJECTS, subjects)

async function readSupported(db: Reader, sql: string, subjects: readonly number[]) {
  if (!subjects.length) return []
  const rows = await readList<SupportedRow>(db, sql, [JSON.stringify(subjects)])
  return rows.map(supportedFrom)
}

function supportedFrom(row: SupportedRow): Supported {
  const [id, repositoryId, number, part, reactions, isLinked, votes, issues] = row
  return {
    state: {
      id,
      repositoryId,
      number,
      part,
      isLinked: isLinked === 1,
      contributors: { up: 0, down: 0 },
      others: { up: 0, down: 0 },
      reactions: JSON.parse(reactions) as Reactions,
      standing: new Map(),
      since: -Infinity,
    },
    votes: votes.map(placedFrom),
    issues: new Set(issues),
  }
}

export const placedFrom = (row: VoteRow): PlacedVote => ({
  ...standingFrom(row),
  subjectId: row[0],
})

/** The state that follows from all votes that count for it. */
export function summed(state: State, votes: Iterable<PlacedVote>): State {
  const support = supportOf(state.id, votes)
  return {
    ...state,
    ...countsOf(support),
    standing: new Map(support.map((vote) => [vote.personId, vote])),
  }
}

/** Whether votes on a subject count for a pull request. */
export const isFor = ({ state, issues }: Pull, subjectId: number) =>
  subjectId === state.id || issues.has(subjectId)

/**
 * Lets new votes stand. `before` has at least what those who cast them said until now of the pull request and of
 * the issues that it closes.
 */
export function takeChanges(
  pull: Pull,
  before: readonly PlacedVote[],
  changes: readonly PlacedVote[],
) {
  const { state } = pull
  const made = changes.filter(({ subjectId }) => isFor(pull, subjectId))
  const voters = new Set(made.map(({ personId }) => personId))
  const votes = new Map<string, PlacedVote>()
  for (const vote of before)
    if (voters.has(vote.personId) && isFor(pull, vote.subjectId)) votes.set(placeOf(vote), vote)
  const gone = supportOf(state.id, votes.values())
  for (const vote of made) votes.set(placeOf(vote), vote)
  const come = supportOf(state.id, votes.values())
  const [less, more] = [countsOf(gone), countsOf(come)]
  for (const voter of ['contributors', 'others'] as const)
    for (const way of ['up', 'down'] as const)
      state[voter][way] += more[voter][way] - less[voter][way]
  for (const { personId } of gone) state.standing.delete(personId)
  for (const vote of come) state.standing.set(vote.personId, vote)
}

const placeOf = ({ subjectId, personId }: PlacedVote) => `${subjectId} ${personId}`
