/** Subjects as they are before a transaction, and the rows that it makes of them. */
import type { Counts, Evidence, Reactions } from '#shared/score'
import { isUnusualAt } from '#shared/unusual'
import type { Value } from '#shared/vote'
import { DECAY_WINDOW, orderKeysOf, type StandingVote } from '../scores/order-keys.ts'
import { scoreText, type ScoreText } from '../scores/score-text.ts'
import type { Reader } from './ledger.ts'
import { readList } from './read-list.ts'

/** Where a subject is, whatever its repository is called. */
export interface Address {
  repositoryId: number
  number: number
  /** '' for an issue or pull request itself. */
  part: string
}

/** A subject's row and the votes that stand on it, while a transaction changes them. */
export interface State extends Evidence, Address {
  id: number
  /** Whether votes on it count elsewhere too, or others' votes here. */
  isLinked: boolean
  contributors: Counts
  others: Counts
  reactions: Reactions
  /** The latest standing votes, at least as many as decide the orders after this transaction. */
  standing: Map<number, StandingVote>
}

/** A subject that is asked for, and the persons whose standing vote on it is needed in any case. */
export interface Asked extends Address {
  persons: readonly number[]
}

// The second list is empty while the first holds every vote; it is for persons whose standing vote is
// older than the latest ones. The order is not the function's own: sqld's parser knows none there.
const STATES = `SELECT json_group_array(json(state)) FROM (SELECT json_array(s.id, s.contributors_up, s.contributors_down,
    s.others_up, s.others_down, s.reactions, s.is_linked,
    json(CASE WHEN s.id IS NULL THEN '[]' ELSE (
      SELECT json_group_array(json_array(w.person_id, w.value, w.accepted_at, w.is_contributor)) FROM (
        SELECT person_id, value, accepted_at, is_contributor FROM votes
        WHERE subject_id = s.id AND value <> 0
        ORDER BY accepted_at DESC, person_id DESC LIMIT ?1) w) END),
    json(CASE WHEN s.contributors_up + s.contributors_down + s.others_up + s.others_down <= ?1
        OR s.id IS NULL THEN '[]' ELSE (
      SELECT json_group_array(json_array(o.person_id, o.value, o.accepted_at, o.is_contributor))
      FROM json_each(j.value, '$[3]') p
      CROSS JOIN votes o ON o.subject_id = s.id AND o.person_id = p.value AND o.value <> 0) END)) AS state
  FROM json_each(?2) j
  LEFT JOIN subjects s ON s.repository_id = j.value->>0 AND s.number = j.value->>1 AND s.part = j.value->>2
  ORDER BY j.key)`

type VoteRow = [personId: number, value: Value, acceptedAt: number, isContributor: 0 | 1]

type StateRow = [
  id: number | null,
  contributorsUp: number | null,
  contributorsDown: number | null,
  othersUp: number | null,
  othersDown: number | null,
  reactions: string | null,
  isLinked: 0 | 1 | null,
  latest: VoteRow[],
  voters: VoteRow[],
]

/** The states of subjects, in their order; those that are new get their ids from `newId`. */
export async function readStates(
  db: Reader,
  asked: readonly Asked[],
  newId: () => number,
): Promise<State[]> {
  let most = 0
  for (const { persons } of asked) most = Math.max(most, persons.length)
  const places = asked.map(({ repositoryId, number, part, persons }) => [
    repositoryId,
    number,
    part,
    persons,
  ])
  const found = await readList<StateRow>(db, STATES, [DECAY_WINDOW + most, JSON.stringify(places)])
  return found.map((row, i) => stateFrom(row, asked[i] as Asked, newId)) // a row for each place
}

function stateFrom(
  [
    id,
    contributorsUp,
    contributorsDown,
    othersUp,
    othersDown,
    reactions,
    isLinked,
    latest,
    own,
  ]: StateRow,
  { repositoryId, number, part }: Address,
  newId: () => number,
): State {
  const standing = new Map<number, StandingVote>()
  for (const row of own) standing.set(row[0], standingFrom(row))
  for (const row of latest) standing.set(row[0], standingFrom(row))
  return {
    id: id ?? newId(),
    repositoryId,
    number,
    part,
    isLinked: isLinked === 1,
    contributors: { up: contributorsUp ?? 0, down: contributorsDown ?? 0 },
    others: { up: othersUp ?? 0, down: othersDown ?? 0 },
    reactions: reactions === null || reactions === '{}' ? {} : (JSON.parse(reactions) as Reactions),
    standing,
  }
}

export function standingFrom([personId, value, acceptedAt, isContributor]: VoteRow): StandingVote {
  return { personId, value, acceptedAt, voter: isContributor ? 'contributor' : 'other' }
}

/** A row of `subjects`, as SCORE writes it. */
export type ScoreRow = [
  id: number,
  repositoryId: number,
  number: number,
  part: string,
  ...sums: unknown[],
]

/** What a state comes to: its row to write, and its score to show. */
export interface Scored {
  state: State
  row: ScoreRow
  text: ScoreText
}

/** `now` in epoch milliseconds: what was unusual longer ago than is said is not. */
export function scored(state: State, now: number): Scored {
  const { id, repositoryId, number, part, contributors, others, standing } = state
  const keys = orderKeysOf(state, [...standing.values()])
  const row: ScoreRow = [
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
  const unusual = keys.unusual && isUnusualAt(keys.unusual, now) ? keys.unusual : undefined
  // Few subjects have it, and all others need not carry what is not there.
  if (unusual) row.push(JSON.stringify(unusual))
  return { state, row, text: scoreText(state, keys, unusual) }
}
