/** What a writer that is alone keeps of standing votes: how many, and whether those of a subject are enough. */
import { DECAY_WINDOW } from '../scores/order-keys.ts'
import { recent } from '../recent.ts'
import type { State } from './subject-states.ts'

/**
 * Standing votes that are kept of subjects, and as many of pull requests: at least, and at most twice as many;
 * about 100 bytes each. A subject counts for some of them too, and a link for one.
 */
const VOTES = 100_000
const SUBJECT = 8

/** Of a subject with more votes than are needed, so many more are read, for those that are withdrawn. */
export const SPARE = DECAY_WINDOW / 2

/** A subject's standing votes grow to so many before those are let go of that are not needed. */
const CROWDED = 2 * DECAY_WINDOW

/** What has standing votes, while nobody changes it. */
export interface KeptVotes<V> {
  /** Takes one out, if enough of it is known even when all of these people withdraw their votes. */
  take(key: string, personsOf: (value: V) => Iterable<number>): V | undefined
  keep(key: string, value: V): void
  forget(): void
}

/** Keeps nothing where others write too. `linksOf` counts what a value has besides its state's votes. */
export function keptVotes<V>(
  alone: boolean,
  stateOf: (value: V) => State,
  linksOf: (value: V) => number,
): KeptVotes<V> {
  const empty = () =>
    recent<V>(alone ? VOTES : 0, (value) => SUBJECT + stateOf(value).standing.size + linksOf(value))
  let kept = empty()
  return {
    take(key, personsOf) {
      const value = kept.get(key)
      if (value === undefined) return undefined
      kept.delete(key)
      return isEnough(stateOf(value), personsOf(value)) ? value : undefined
    },
    keep(key, value) {
      letGo(stateOf(value))
      kept.set(key, value)
    },
    forget() {
      kept = empty()
    },
  }
}

function isEnough({ standing, since }: State, persons: Iterable<number>): boolean {
  if (since === -Infinity) return true
  let left = standing.size
  for (const person of persons) if (standing.has(person)) left--
  return left >= DECAY_WINDOW
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
