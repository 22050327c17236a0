import { type Evidence, lowerBound, pseudoCounts, reactionWeights, upperBound } from './score.ts'

/** What one of which nothing is known may be worth: an even chance. */
const EVEN = 0.5

/** What fewer people said says nothing yet. */
const PEOPLE = 3

/**
 * Which of these is surely worth more than the next: the lower bound of its worth lies above the next one's
 * upper bound. One on which hardly anybody has said anything is no next one: it may be worth anything. Where
 * no other is left, more than an even chance will do. Undefined when none is clearly ahead; reactions alone,
 * which are a weak prior, hardly ever put one there.
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
  const said = [contributors, others, reactionWeights(reactions)]
  return said.reduce((sum, { up, down }) => sum + up + down, 0) >= PEOPLE
}
