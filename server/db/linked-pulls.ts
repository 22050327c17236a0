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
    if (!other || isOwn || (other.subjectId !== subjectId && isLater(vote, other)))
      counted.set(vote.personId, vote)
  }
  return [...counted.values()]
}

/** Votes of one moment are told apart too, so that in whatever order they come the same one counts. */
const isLater = (a: PlacedVote, b: PlacedVote) =>
  (a.acceptedAt - b.acceptedAt || a.subjectId - b.subjectId) > 0

/** A subject for which votes on others count too: a pull request, with those that support it standing. */
export interface Pull {
  state: State
  /** What votes count on: itself and the issues that it closes. */
  group: ReadonlySet<number>
}

/** The same as the database has it: with every vote in its group, of which nothing is summed yet. */
export interface Supported extends Pull {
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
    group: new Set([id, ...issues]),
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

export const placeOf = (subjectId: number, personId: number) => `${subjectId} ${personId}`

/**
 * Lets new votes in its group stand. `before` has at least what those who cast them said there until now, by
 * `placeOf`.
 */
export function takeChanges(
  { state, group }: Pull,
  before: ReadonlyMap<string, PlacedVote>,
  changes: readonly PlacedVote[],
) {
  const votes = new Map<string, PlacedVote>()
  for (const personId of new Set(changes.map((vote) => vote.personId))) {
    for (const subjectId of group) {
      const place = placeOf(subjectId, personId)
      const vote = before.get(place)
      if (vote) votes.set(place, vote)
    }
  }
  const gone = supportOf(state.id, votes.values())
  for (const vote of changes) votes.set(placeOf(vote.subjectId, vote.personId), vote)
  const come = supportOf(state.id, votes.values())
  const [less, more] = [countsOf(gone), countsOf(come)]
  for (const voter of ['contributors', 'others'] as const)
    for (const way of ['up', 'down'] as const)
      state[voter][way] += more[voter][way] - less[voter][way]
  for (const { personId } of gone) state.standing.delete(personId)
  for (const vote of come) state.standing.set(vote.personId, vote)
}
