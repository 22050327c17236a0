import type { SubjectId } from './subject.ts'

/** What a subject is worth to a person: up, down, or withdrawn. */
export type Value = 1 | -1 | 0

/** One person's say on a subject. Votes are never changed: the next one supersedes. */
export interface Vote {
  /** A UUID, made at the click: the same vote sent twice is counted once. */
  id: string
  subject: SubjectId
  value: Value
  /** When the person clicked, by their own clock: epoch milliseconds. Told, never decisive. */
  castAt: number
}

/** A vote's position in the server's append-only log, from 0. */
export type Receipt = number
