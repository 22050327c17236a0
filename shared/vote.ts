import type { SubjectId } from './subject.ts'

/** What a subject is worth to a person: up, down, or withdrawn. */
export type Value = 1 | -1 | 0

/** Why somebody may vote down. Words that everybody reads alike, and few enough to be counted. */
export const REASONS = ['rude', 'off-topic', 'duplicate', 'wrong'] as const

export type Reason = (typeof REASONS)[number]

/** One person's say on a subject. Votes are never changed: the next one supersedes. */
export interface Vote {
  /** A UUID, made at the click: the same vote sent twice is counted once. */
  id: string
  subject: SubjectId
  value: Value
  /** When the person clicked, by their own clock: epoch milliseconds. Told, never decisive. */
  castAt: number
  /** Why, of a vote down whose person said so. */
  reason?: Reason | undefined
}

/** A vote and nothing that whoever keeps it knows besides. */
export function bareVote({ id, subject, value, castAt, reason }: Vote): Vote {
  return { id, subject, value, castAt, ...(reason && { reason }) }
}

/**
 * A vote's id from a random UUID and the time of the click in epoch milliseconds: UUID version 7, RFC 9562
 * §5.7. Any UUID is a good id, but those that grow with time lie side by side in a server's index, and
 * random ones each on a page of its own: a third of what a vote costs.
 */
export function voteIdOf(random: string, castAt: number): string {
  const time = castAt.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8, 12)}-7${random.slice(15)}`
}

/** A vote's position in the server's append-only log, from 0. */
export type Receipt = number
