/**
 * Subjects as the last transaction left them, for a writer that is alone: of what is voted on again and again
 * nothing is read twice. A state is taken out by who changes it, and kept again once that is on the disk;
 * of a transaction that fails nothing is left here.
 */
import { DECAY_WINDOW } from '../scores/order-keys.ts'
import { recent } from '../recent.ts'
import type { Reader } from './ledger.ts'
import { addressKey, type Asked, readStanding, readStates, type State } from './subject-states.ts'

export interface KeptStates {
  /** States of the subjects asked for, by `addressKey`; those that are new get their ids from `newId`. */
  take(db: Reader, asked: readonly Asked[], newId: () => number): Promise<Map<string, State>>
  /** Keeps states as they are on the disk now. */
  keep(states: Iterable<State>): void
  /** What was kept may not be true any more. */
  forget(): void
}

/** Standing votes that are kept, at least; about 100 bytes each. A subject counts for some of them too. */
const VOTES = 100_000
const SUBJECT = 8

/** Of a subject with more votes than are needed, so many more are read, for those that are withdrawn. */
const SPARE = DECAY_WINDOW

/** A subject's standing votes grow to so many before those are let go of that are not needed. */
const CROWDED = 4 * DECAY_WINDOW

export function keptStates(alone: boolean): KeptStates {
  const empty = () =>
    recent<State>(alone ? VOTES : 0, ({ standing }: State) => SUBJECT + standing.size)
  let kept = empty()

  /** A kept state, if what is known of it is enough for so many votes more. */
  function taken(key: string, votes: number): State | undefined {
    const state = kept.get(key)
    if (!state) return undefined
    kept.delete(key)
    const isEnough = state.since === -Infinity || state.standing.size - votes >= DECAY_WINDOW
    return isEnough ? state : undefined
  }

  return {
    async take(db, asked, newId) {
      const states = new Map<string, State>()
      const unread: Asked[] = []
      const older: [State, person: number][] = []
      for (const one of asked) {
        const key = addressKey(one)
        const state = taken(key, one.persons.length)
        if (!state) {
          unread.push(one)
          continue
        }
        states.set(key, state)
        if (state.since === -Infinity) continue
        for (const person of one.persons)
          if (!state.standing.has(person)) older.push([state, person])
      }
      if (older.length) await readStanding(db, older)
      if (unread.length) {
        const read = await readStates(db, unread, newId, alone ? SPARE : 0)
        for (const state of read) states.set(addressKey(state), state)
      }
      return states
    },
    keep(states) {
      if (!alone) return
      for (const state of states) {
        // Votes elsewhere change those too.
        if (state.isLinked) continue
        letGo(state)
        kept.set(addressKey(state), state)
      }
    },
    forget() {
      kept = empty()
    },
  }
}

/** Lets go of what does not stand, and of all that is older than what is known without a gap. */
function letGo(state: State) {
  const { standing } = state
  if (standing.size > CROWDED) {
    const times = [...standing.values()].map(({ acceptedAt }) => acceptedAt)
    const latest = times.toSorted((a, b) => b - a)[CROWDED / 2] ?? -Infinity
    state.since = Math.max(state.since, latest)
  }
  for (const [person, { value, acceptedAt }] of standing)
    if (value === 0 || acceptedAt < state.since) standing.delete(person)
}
