import { controversyOf, hotOf, risingOf, topOf } from '#shared/ranking'
import { type Evidence, valueOf, type VoterClass } from '#shared/score'
import { LEAST_OF_BURST, type Unusual, unusualOf } from '#shared/unusual'
import type { Value } from '#shared/vote'

/** A standing vote as the orders see it. */
export interface StandingVote {
  personId: number
  value: Value
  /** Epoch milliseconds. */
  acceptedAt: number
  voter: VoterClass
}

/** The keys that a subject is sorted by, as stored: integers. */
export interface OrderKeys {
  value: number
  top: number
  hot: number
  rising: number | null
  controversial: number
}

/** What is said of a subject beside its keys. */
export interface Said extends OrderKeys {
  unusual: Unusual | undefined
}

/** Stored keys are this many to one; the difference is far below what anybody could see in an order. */
export const KEYS_PER_ONE = 1e9

/**
 * How many votes, the latest, decide the hot and rising orders of a subject. It bounds the work for one
 * more vote on a popular subject; a vote older than 256 later ones has next to no weight left anyway.
 */
export const DECAY_WINDOW = 256

const WEIGHT = { contributor: 1, other: 1 / 2 }

/** Orders votes by when they were accepted, then by person, so that sums always come to the same bits. */
function byTime(a: StandingVote, b: StandingVote): number {
  return a.acceptedAt - b.acceptedAt || a.personId - b.personId
}

const stored = (key: number) => Math.round(key * KEYS_PER_ONE)

/** A subject's keys from its evidence and its standing votes, of which only the latest are needed. */
export function orderKeysOf(evidence: Evidence, standing: readonly StandingVote[]): Said {
  const counted = standing
    .filter(({ value }) => value !== 0)
    .toSorted(byTime)
    .slice(-DECAY_WINDOW)
  const latest = counted.map(({ acceptedAt, value, voter }) => ({
    at: acceptedAt / 1000,
    weight: value * WEIGHT[voter],
  }))
  const rising = risingOf(latest)
  return {
    value: stored(valueOf(evidence)),
    top: Math.round(2 * topOf(evidence)),
    hot: stored(hotOf(latest)),
    rising: rising === null ? null : stored(rising),
    controversial: stored(controversyOf(evidence)),
    unusual: unusualIn(evidence, counted),
  }
}

function unusualIn({ others }: Evidence, counted: readonly StandingVote[]): Unusual | undefined {
  const all = others.up + others.down
  if (all < LEAST_OF_BURST) return undefined
  const seen = counted.filter(({ voter }) => voter === 'other').map(({ acceptedAt }) => acceptedAt)
  return unusualOf(seen, all - seen.length)
}
