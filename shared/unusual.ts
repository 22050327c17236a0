/**
 * Votes of people from outside that came all at once: a call to vote somewhere else, or one person with many
 * accounts. Nobody can tell which, so nothing is taken off a score; it is said beside it.
 */

/** So many votes of others came within the hour that ended with the last of them. */
export interface Unusual {
  votes: number
  /** When the last of them was accepted, epoch milliseconds. */
  at: number
}

/** How long together is, and how long it is said, in milliseconds. */
export const BURST = 60 * 60_000

/** Fewer are no burst, whatever is usual. */
export const LEAST_OF_BURST = 20

/** A burst is so many times as many as came in an hour before. */
const TIMES_USUAL = 4

/**
 * What is unusual about votes of others that stand, given by when they were accepted, in order; undefined
 * when they came as they usually do. The usual is the number an hour from the first of them until the last
 * hour; where all of them came in that hour nothing is. `unseen` is how many came earlier still, when is not
 * known: where those given say too little of what is usual, less than an hour, these may have come in it too.
 */
export function unusualOf(accepted: readonly number[], unseen = 0): Unusual | undefined {
  const [first, last] = [accepted[0], accepted.at(-1)]
  if (first === undefined || last === undefined || accepted.length < LEAST_OF_BURST)
    return undefined
  const begins = last - BURST
  const votes = accepted.length - accepted.findIndex((at) => at > begins)
  const hours = (begins - first) / BURST
  const before = accepted.length - votes + (hours < 1 ? unseen : 0)
  const usual = before / Math.max(1, hours)
  return votes >= LEAST_OF_BURST && votes >= TIMES_USUAL * usual ? { votes, at: last } : undefined
}

/** Whether it is still to be said. */
export const isUnusualAt = ({ at }: Unusual, now: number): boolean => now - at < BURST
