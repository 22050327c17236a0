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
  /** States of subjects, by `addressKey` as they are asked for; those that are new get their ids from `newId`. */
  take(
    db: Reader,
    asked: ReadonlyMap<string, Asked>,
    newId: () => number,
  ): Promise<Map<string, State>>
  /** Keeps a state as it is on the disk now. */
  keep(state: State): void
  /** What was kept may not be true any more. */
  forget(): void
}

/** Standing votes that are kept, at least; about 100 bytes each. A subject counts for some of them too. */
const VOTES = 100_000
const SUBJECT = 8

/** Of a subject with more votes than are needed, so many more are read, for those that are withdrawn. */
const SPARE = DECAY_WINDOW / 2

/** A subject's standing votes grow to so many before those are let go of that are not needed. */
const CROWDED = 2 * DECAY_WINDOW

export function keptStates(alone: boolean): KeptStates {
  const empty = () =>
    recent<State>(alone ? VOTES : 0, ({ standing }: State) => SUBJECT + standing.size)
  let kept = empty()

  /** A kept state, if enough of it is known even when all of these people withdraw their votes. */
  function taken(key: string, persons: readonly number[]): State | undefined {
    const state = kept.get(key)
    if (!state) return undefined
    kept.delete(key)
    if (state.since === -Infinity) return state
    const known = persons.filter((person) => state.standing.has(person)).length
    return state.standing.size - known >= DECAY_WINDOW ? state : undefined
  }

  return {
    async take(db, asked, newId) {
      const states = new Map<string, State>()
      const unread: Asked[] = []
      const older: [State, person: number][] = []
      for (const [key, one] of asked) {
        const state = taken(key, one.persons)
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
    keep(state) {
      // What a pull request comes to changes with votes on the issues that it closes.
      if (state.isLinked) return
      letGo(state)
      kept.set(addressKey(state), state)
    },
    forget() {
      kept = empty()
    },
  }
}

/** Lets go of what does not stand, and of all that is older than what is known without a gap. */
function letGo(state: State) {
  const { standing } = state
  for (const [person, { value, acceptedAt }] of standing)
    if (value === 0 || acceptedAt < state.since) standing.delete(person)
  if (standing.size <= CROWDED) return
  const times = [...standing.values()].map(({ acceptedAt }) => acceptedAt)
  state.since = times.toSorted((a, b) => b - a)[DECAY_WINDOW + SPARE] ?? -Infinity
  for (const [person, { acceptedAt }] of standing)
    if (acceptedAt < state.since) standing.delete(person)
}
