/**
 * Why people are against subjects, as far as somebody on this page looked. A reason is given by another vote
 * down that has it; its button moves in the frame of the click, and comes back if it cannot be kept.
 */
import { type ReadonlySignal, type Signal, signal } from '@preact/signals-core'
import type { SubjectId } from '#shared/subject'
import { type Reason, voteIdOf } from '#shared/vote'
import { ask } from '../messages.ts'
import { reasonsAfter, type SeenReasons, unsaid } from '../seen-reasons.ts'
import { learnScores, scoreOf } from './scores.ts'

/** How long what the background answered holds, in milliseconds. */
const FRESH = 30_000

interface Known {
  seen: Signal<SeenReasons>
  /** Why the last reason given did not hold. */
  trouble: Signal<string | undefined>
  /** When it was asked for last. */
  askedAt: number
  /** How often the reader said something: an answer to what was asked before is older than that. */
  turn: number
}

const known = new Map<SubjectId, Known>()

/** Whether a vote down may say why. */
export const takesReasons = signal(false)

export const reasonsOf = (subject: SubjectId): ReadonlySignal<SeenReasons> => knownOf(subject).seen

export const reasonTroubleOf = (subject: SubjectId): ReadonlySignal<string | undefined> =>
  knownOf(subject).trouble

/** Learns why people are against a subject, now that somebody looks. */
export async function lookAtReasons(subject: SubjectId): Promise<void> {
  const one = knownOf(subject)
  if (Date.now() - one.askedAt < FRESH) return
  one.askedAt = Date.now()
  const { turn } = one
  const answer = await ask('readReasons', { subject }).catch(() => undefined)
  if (turn !== one.turn) {
    // The reader said something meanwhile.
    one.askedAt = 0
    return lookAtReasons(subject)
  }
  if (answer) one.seen.value = answer
}

/** Says why the reader is against a subject; undefined takes it back, and lets the vote stand without. */
export async function giveReason(subject: SubjectId, reason: Reason | undefined): Promise<void> {
  const one = knownOf(subject)
  const before = one.seen.peek()
  const turn = noteReason(subject, reason)
  one.trouble.value = undefined
  const castAt = Date.now()
  const vote = { id: voteIdOf(crypto.randomUUID(), castAt), subject, value: -1 as const, castAt }
  try {
    const score = await ask('castVote', { ...vote, ...(reason && { reason }) })
    if (turn === one.turn) learnScores({ [subject]: score })
  } catch (error) {
    if (turn !== one.turn) return
    one.trouble.value = error instanceof Error ? error.message : String(error)
    one.seen.value = before
  }
}

/** Notes that the reader is not against it any more, or is anew: then without a reason. */
export function noteReason(subject: SubjectId, reason: Reason | undefined): number {
  const one = knownOf(subject)
  one.turn += 1
  one.seen.value = reasonsAfter(one.seen.peek(), scoreOf(subject).peek().voter, reason)
  return one.turn
}

/** Another reader, or another server. */
export function forgetReasons(): void {
  for (const one of known.values()) {
    one.askedAt = 0
    one.turn += 1
    one.seen.value = unsaid()
  }
}

function knownOf(subject: SubjectId): Known {
  const one = known.get(subject)
  if (one) return one
  const trouble = signal<string | undefined>(undefined)
  const made = { seen: signal(unsaid()), trouble, askedAt: 0, turn: 0 }
  known.set(subject, made)
  return made
}
