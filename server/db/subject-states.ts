/** Subjects as they are before a transaction, and the rows that it makes of them. */
import type { Counts, Evidence, Reactions } from '#shared/score'
import { isUnusualAt } from '#shared/unusual'
import type { Value } from '#shared/vote'
import { DECAY_WINDOW, orderKeysOf, type StandingVote } from '../scores/order-keys.ts'
import { scoreText, type ScoreText } from '../scores/score-text.ts'
import type { Reader } from './ledger.ts'
import type { Cell } from './row-sets.ts'
import { readList, readLists } from './read-list.ts'

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
  /** The pull requests that its votes count for, itself among them; undefined while nobody has read that. */
  pulls?: readonly number[]
  contributors: Counts
  others: Counts
  reactions: Reactions
  /** The latest standing votes, at least as many as decide the orders after this transaction. */
  standing: Map<number, StandingVote>
  /**
   * Every vote that stands and was accepted then or later is in `standing`, epoch milliseconds; -Infinity: all,
   * and where it is the support of a pull request, all that count.
   */
  since: number
}

/** The same for two if they are one place. */
export const addressKey = ({ repositoryId, number, part }: Address) =>
  `${repositoryId}#${number}/${part}`

/** A subject that is asked for, and the persons whose standing vote on it is needed in any case. */
export interface Asked extends Address {
  persons: readonly number[]
}

/** A standing vote `v` as statements list it, see `VoteRow`. */
export const VOTE =
  'json_array(v.subject_id, v.person_id, v.value, v.accepted_at, v.is_contributor)'

// Four lists, all flat: JSON in JSON would be read twice. Of a subject that few voted on all votes are read as
// they come; only where there are more do they have to be sorted, and only there may the standing vote of a
// person who votes now be older than the latest ones. These are so many, and whatever came at the same moment.
const STATES = `WITH found AS MATERIALIZED (
    SELECT j.key AS place, j.value ->> '$[3]' AS persons, s.id, s.contributors_up, s.contributors_down, s.others_up,
      s.others_down, s.reactions, s.is_linked,
      s.contributors_up + s.contributors_down + s.others_up + s.others_down > ?1 AS is_lively
    FROM json_each(?2) j CROSS JOIN subjects s
      ON s.repository_id = j.value->>0 AND s.number = j.value->>1 AND s.part = j.value->>2)
  SELECT
    (SELECT json_group_array(json_array(place, id, contributors_up, contributors_down, others_up, others_down,
        reactions, is_linked)) FROM found),
    (SELECT json_group_array(${VOTE})
      FROM found CROSS JOIN votes v ON v.subject_id = found.id AND v.value <> 0
      WHERE NOT found.is_lively),
    (SELECT json_group_array(${VOTE})
      FROM (SELECT v.*, rank() OVER (PARTITION BY v.subject_id ORDER BY v.accepted_at DESC) AS latest
        FROM found CROSS JOIN votes v ON v.subject_id = found.id AND v.value <> 0
        WHERE found.is_lively) v
      WHERE v.latest <= ?1),
    (SELECT json_group_array(${VOTE})
      FROM found CROSS JOIN json_each(found.persons) p
      CROSS JOIN votes v ON v.subject_id = found.id AND v.person_id = p.value AND v.value <> 0
      WHERE found.is_lively)`

/** A standing vote as statements list it. */
export type VoteRow = [
  subjectId: number,
  personId: number,
  value: Value,
  acceptedAt: number,
  isContributor: 0 | 1,
]

type SubjectRow = [
  place: number,
  id: number,
  contributorsUp: number,
  contributorsDown: number,
  othersUp: number,
  othersDown: number,
  reactions: string,
  isLinked: 0 | 1,
]

/**
 * The states of subjects, in their order; those that are new get their ids from `newId`. `spare`: of a subject
 * that many voted on so many votes more than this transaction needs.
 */
export async function readStates(
  db: Reader,
  asked: readonly Asked[],
  newId: () => number,
  spare: number,
): Promise<State[]> {
  let most = 0
  for (const { persons } of asked) most = Math.max(most, persons.length)
  const places = asked.map(({ repositoryId, number, part, persons }) => [
    repositoryId,
    number,
    part,
    persons,
  ])
  const enough = DECAY_WINDOW + most + spare
  const lists = await readLists(db, STATES, [enough, JSON.stringify(places)])
  const [subjects, all, latest, persons] = lists as [SubjectRow[], VoteRow[], VoteRow[], VoteRow[]] // what the statement says
  const found: State[] = []
  const byId = new Map<number, State>()
  for (const row of subjects) {
    const state = stateFrom(row, asked[row[0]] as Asked) // a place is one that was asked for
    found[row[0]] = state
    byId.set(state.id, state)
  }
  for (const rows of [all, latest, persons])
    for (const row of rows) byId.get(row[0])?.standing.set(row[1], standingFrom(row))
  const times = new Map<number, number[]>()
  for (const [id, , , at] of latest) {
    const known = times.get(id)
    if (known) known.push(at)
    else times.set(id, [at])
  }
  for (const state of byId.values()) {
    const known = times.get(state.id)
    // Fewer are all there are: a pull request seems lively by the votes on what it closes.
    if (known && known.length >= enough)
      state.since = known.reduce((oldest, at) => Math.min(oldest, at))
  }
  return asked.map((address, place) => found[place] ?? newState(address, newId()))
}

/** Of places, the votes that stand there. */
export const STANDING = `SELECT json_group_array(${VOTE})
  FROM json_each(?) j CROSS JOIN votes v ON v.subject_id = j.value->>0 AND v.person_id = j.value->>1 AND v.value <> 0`

/** The votes that stand in these places. */
export async function readVotes(
  db: Reader,
  places: readonly (readonly [subjectId: number, personId: number])[],
): Promise<VoteRow[]> {
  return places.length ? readList<VoteRow>(db, STANDING, [JSON.stringify(places)]) : []
}

/** Adds the standing votes of these persons, as far as there are any, to the states of the subjects. */
export async function readStanding(db: Reader, wanted: readonly [State, person: number][]) {
  const byId = new Map(wanted.map(([state]) => [state.id, state]))
  const places = wanted.map(([{ id }, person]) => [id, person] as const)
  for (const row of await readVotes(db, places))
    byId.get(row[0])?.standing.set(row[1], standingFrom(row))
}

function stateFrom(
  [, id, contributorsUp, contributorsDown, othersUp, othersDown, reactions, isLinked]: SubjectRow,
  { repositoryId, number, part }: Address,
): State {
  return {
    id,
    repositoryId,
    number,
    part,
    isLinked: isLinked === 1,
    contributors: { up: contributorsUp, down: contributorsDown },
    others: { up: othersUp, down: othersDown },
    reactions: reactions === '{}' ? {} : (JSON.parse(reactions) as Reactions),
    standing: new Map(),
    since: -Infinity,
  }
}

const newState = (address: Address, id: number): State =>
  stateFrom([0, id, 0, 0, 0, 0, '{}', 0], address)

export function standingFrom([
  ,
  personId,
  value,
  acceptedAt,
  isContributor,
]: VoteRow): StandingVote {
  return { personId, value, acceptedAt, voter: isContributor ? 'contributor' : 'other' }
}

/** A row of `subjects`, as SUBJECTS has it. */
export type ScoreRow = [
  id: number,
  repositoryId: number,
  number: number,
  part: string,
  ...sums: Cell[],
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
