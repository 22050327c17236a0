import type { Value } from './vote.ts'

/** Votes for and against. */
export interface Counts {
  up: number
  down: number
}

/** A voter's class in a repository: someone with merged work inside the window, or anybody else. */
export type VoterClass = 'contributor' | 'other'

/** GitHub's reaction contents, https://docs.github.com/en/rest/reactions */
export const REACTIONS = [
  '+1',
  '-1',
  'laugh',
  'hooray',
  'confused',
  'heart',
  'rocket',
  'eyes',
] as const

/** How many people left each reaction; one that is absent was left by nobody. */
export type Reactions = Partial<Record<(typeof REACTIONS)[number], number>>

/** What is known of a subject's worth. */
export interface Score {
  contributors: Counts
  others: Counts
  reactions: Reactions
  /** The reader's standing vote. */
  mine: Value
  /** The reader's class here. */
  voter: VoterClass
  /** The lower bound of worth, in (0, 1): `valueOf` of the rest. */
  value: number
}

/** The evidence that a value is computed from. */
export type Evidence = Pick<Score, 'contributors' | 'others' | 'reactions'>

/** z of a one-sided 90 % bound, as reddit and Lobsters use it. */
export const Z = 1.281551565545

/** Weaker evidence is damped: others add at most 8 pseudo-votes, reactions at most 3. */
const OTHERS = { cap: 8, half: 16 }
const REACTED = { cap: 3, half: 9 }

/**
 * The lower Wilson bound of `up / (up + down)`: Wilson 1927, in the form that does not cancel.
 * Counts may be fractions. Exactly 0 at `up` 0, and 0 without any vote. Only + × ÷ √, which are
 * correctly rounded, so that every engine gives the same bits.
 */
export function lowerBound(up: number, down: number, z: number = Z): number {
  const n = up + down
  if (n === 0) return 0
  return (up * up) / n / (up + (z * z) / 2 + z * Math.sqrt((z * z) / 4 + (up * down) / n))
}

/** The upper Wilson bound of `up / (up + down)`; 1 without any vote. */
export function upperBound(up: number, down: number, z: number = Z): number {
  return 1 - lowerBound(down, up, z)
}

/** Reactions as two weights: a heart counts half, since one person can leave several kinds. */
export function reactionWeights(reactions: Reactions): Counts {
  const { heart = 0, hooray = 0, rocket = 0, confused = 0 } = reactions
  return {
    up: (reactions['+1'] ?? 0) + (heart + hooray + rocket) / 2,
    down: (reactions['-1'] ?? 0) + confused / 2,
  }
}

// Outside of the function that uses it: the compiler names each inner function anew whenever it is made,
// which costs more than the sums.
const damped = (one: number, total: number, { cap, half }: typeof OTHERS) =>
  (cap * one) / (total + half)

/** All evidence as pseudo-counts for and against, over a uniform prior of one each. */
export function pseudoCounts({ contributors, others, reactions }: Evidence): Counts {
  const reacted = reactionWeights(reactions)
  const allOthers = others.up + others.down
  const allReacted = reacted.up + reacted.down
  return {
    up:
      1 +
      contributors.up +
      damped(others.up, allOthers, OTHERS) +
      damped(reacted.up, allReacted, REACTED),
    down:
      1 +
      contributors.down +
      damped(others.down, allOthers, OTHERS) +
      damped(reacted.down, allReacted, REACTED),
  }
}

/**
 * What the evidence shows a subject to be worth at least, in (0, 1). One more vote or reaction in
 * favour never lowers it, one more against never raises it, and outsiders add at most 11 pseudo-votes
 * however many they are.
 */
export function valueOf(evidence: Evidence): number {
  const { up, down } = pseudoCounts(evidence)
  return lowerBound(up, down)
}

/** A subject on which nobody has said anything. */
export function unvoted(voter: VoterClass = 'other'): Score {
  const nothing = {
    contributors: { up: 0, down: 0 },
    others: { up: 0, down: 0 },
    reactions: {},
  }
  return { ...nothing, mine: 0, voter, value: valueOf(nothing) }
}

/** The score after the reader votes. The page shows it first, so it must agree with a recount. */
export function scoreAfter(score: Score, value: Value): Score {
  const side = score.voter === 'contributor' ? 'contributors' : 'others'
  const counts = { ...score[side] }
  if (score.mine) counts[score.mine > 0 ? 'up' : 'down'] -= 1
  if (value) counts[value > 0 ? 'up' : 'down'] += 1
  const next = { ...score, [side]: counts, mine: value }
  return { ...next, value: valueOf(next) }
}

/** The plain balance: votes for less votes against, and reactions by weight, in half units. */
export function netOf({ contributors, others, reactions }: Evidence): number {
  const reacted = reactionWeights(reactions)
  return contributors.up - contributors.down + others.up - others.down + reacted.up - reacted.down
}
