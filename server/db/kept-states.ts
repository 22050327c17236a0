/**
 * Subjects as the last transaction left them, for a writer that is alone: of what is voted on again and again
 * nothing is read twice. A state is taken out by who changes it, and kept again once that is on the disk;
 * of a transaction that fails nothing is left here.
 */
import { keptPulls, type KeptPulls } from './kept-pulls.ts'
import { keptVotes, SPARE } from './kept-votes.ts'
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
  /** What pull requests come to by votes elsewhere too. */
  pulls: KeptPulls
  /** What was kept, of pull requests too, may not be true any more. */
  forget(): void
}

export function keptStates(alone: boolean): KeptStates {
  const kept = keptVotes<State>(
    alone,
    (state) => state,
    ({ pulls }) => pulls?.length ?? 0,
  )
  const pulls = keptPulls(alone)

  return {
    pulls,
    async take(db, asked, newId) {
      const states = new Map<string, State>()
      const unread: Asked[] = []
      const older: [State, person: number][] = []
      for (const [key, one] of asked) {
        const state = kept.take(key, () => one.persons)
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
    keep: (state) => kept.keep(addressKey(state), state),
    forget() {
      kept.forget()
      pulls.forget()
    },
  }
}
