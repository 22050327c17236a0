import { type Evidence, lowerBound, netOf, reactionWeights } from './score.ts'

/** The orders of a list, in the order in which menus show them. `forge` is the forge's own. */
export const ORDERS = ['forge', 'value', 'top', 'hot', 'rising', 'controversial', 'new'] as const

export type Order = (typeof ORDERS)[number]

/** A vote as the decayed orders see it. */
export interface WeightedVote {
  /** When it was accepted, in seconds since 1970. */
  at: number
  /** 1 for a contributor, 1/2 for others; negative when against. */
  weight: number
}

/** Where the decayed sums have weight 1: 2024-01-01, in seconds. */
const LANDMARK = 1_704_067_200
const DAY = 86_400

/** How long a vote takes to lose half its weight, in seconds. */
export const HALF_LIFE = { hot: 14 * DAY, fast: 2 * DAY, slow: 30 * DAY }

/**
 * How surely both sides are sizeable, in [0, 1/2): the smaller of the two lower Wilson bounds.
 * Everybody's votes count alike, and reactions by weight.
 */
export function controversyOf({ contributors, others, reactions }: Evidence): number {
  const reacted = reactionWeights(reactions)
  return controversy(
    contributors.up + others.up + reacted.up,
    contributors.down + others.down + reacted.down,
  )
}

/** `controversyOf` for bare counts. */
export function controversy(up: number, down: number): number {
  return Math.min(lowerBound(up, down), lowerBound(down, up))
}

/** The plain balance, as a key to sort by. */
export const topOf = netOf

/**
 * A decayed sum as a signed mantissa times a power of two, so that it never leaves a double's range:
 * the sum is `mantissa × 2^exponent`. Forward decay: Cormode, Shkapenyuk, Srivastava, Xu, ICDE 2009.
 */
function decayedSum(votes: readonly WeightedVote[], halfLife: number) {
  let exponent = -Infinity
  for (const { at } of votes) exponent = Math.max(exponent, (at - LANDMARK) / halfLife)
  let mantissa = 0
  for (const { at, weight } of votes)
    mantissa += weight * 2 ** ((at - LANDMARK) / halfLife - exponent)
  return { mantissa, exponent }
}

/**
 * The stored key of the hot order, sign(S) log2(1 + |S|). Its order never changes because time
 * passes, so it can be an indexed column. Give votes sorted by time then person, so that a recount
 * gives the same bits; never compute it in a page, since engines round logarithms differently.
 */
export function hotOf(votes: readonly WeightedVote[]): number {
  const { mantissa, exponent } = decayedSum(votes, HALF_LIFE.hot)
  if (mantissa === 0) return 0
  const size = Math.abs(mantissa)
  const log = Math.log2(size) + exponent
  // Past 2^60 the 1 in 1 + S is below a double's last place, and 2^log may overflow.
  const key = log > 60 ? log : Math.log1p(size * 2 ** exponent) / Math.LN2
  return mantissa < 0 ? -key : key
}

/** The stored key of the rising order, 2 log2 S_fast − log2 S_slow; null unless both are positive. */
export function risingOf(votes: readonly WeightedVote[]): number | null {
  const fast = decayedSum(votes, HALF_LIFE.fast)
  const slow = decayedSum(votes, HALF_LIFE.slow)
  if (fast.mantissa <= 0 || slow.mantissa <= 0) return null
  return 2 * (Math.log2(fast.mantissa) + fast.exponent) - (Math.log2(slow.mantissa) + slow.exponent)
}
