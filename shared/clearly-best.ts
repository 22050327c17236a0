import { type Evidence, lowerBound, pseudoCounts, reactionWeights, upperBound } from './score.ts'

/** What one of which nothing is known may be worth: an even chance. */
const EVEN = 0.5

/**
 * Which of these is surely worth more than the next: the lower bound of its worth lies above the next one's
 * upper bound. One on which nobody has said anything is no next one, since it may be worth anything; where
 * no other is left, more than an even chance will do. Undefined when none is clearly ahead.
 */
export function clearlyBest(all: readonly Evidence[]): number | undefined {
  const known = all
    .map((evidence, index) => ({ index, isKnown: isKnown(evidence), ...boundsOf(evidence) }))
    .filter(({ isKnown }) => isKnown)
    .toSorted((a, b) => b.lower - a.lower)
  const [best, next] = known
  return best && best.lower > (next?.upper ?? EVEN) ? best.index : undefined
}

/** Between which bounds the worth of something surely lies. */
export function boundsOf(evidence: Evidence): { lower: number; upper: number } {
  const { up, down } = pseudoCounts(evidence)
  return { lower: lowerBound(up, down), upper: upperBound(up, down) }
}

function isKnown({ contributors, others, reactions }: Evidence): boolean {
  const reacted = reactionWeights(reactions)
  return [contributors, others, reacted].some(({ up, down }) => up + down > 0)
}
