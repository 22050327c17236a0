/**
 * The support of pull requests as the last transaction left it, for a writer that is alone. Of the people who
 * vote, what they said of a pull request and of the issues that it closes is read again, and their support is
 * counted anew by that; nobody else's changes.
 */
import { isEnough, keptVotes, letGo } from './kept-votes.ts'
import type { Reader } from './ledger.ts'
import {
  isFor,
  placedFrom,
  type PlacedVote,
  type Pull,
  readLinkedPulls,
  summed,
  takeChanges,
} from './linked-pulls.ts'
import { readVotes, type State } from './subject-states.ts'

export interface KeptPulls {
  /** The pull requests that these subjects are or are closed by, as they are once `changes` stand too. */
  after(db: Reader, linked: readonly State[], changes: readonly PlacedVote[]): Promise<Pull[]>
  /** Keeps a pull request as it is on the disk now. */
  keep(pull: Pull): void
  forget(): void
}

export function keptPulls(alone: boolean): KeptPulls {
  const empty = () => keptVotes<Pull>(alone, ({ state }) => state)
  let kept = empty()

  /** The pull requests for which votes on a subject count, if enough is known of each of them. */
  function known({ pulls }: State, changes: readonly PlacedVote[]): Pull[] | undefined {
    if (!pulls) return undefined
    const found: Pull[] = []
    for (const id of pulls) {
      const pull = kept.get(String(id))
      if (!pull || !isEnough(pull.state, votersFor(pull, changes))) return undefined
      found.push(pull)
    }
    return found
  }

  return {
    async after(db, linked, changes) {
      const pulls = new Map<number, Pull>()
      const unread: State[] = []
      for (const state of linked) {
        const found = known(state, changes)
        for (const pull of found ?? []) pulls.set(pull.state.id, pull)
        if (!found) unread.push(state)
      }
      // They change now, and are kept again when that is on the disk.
      for (const id of pulls.keys()) kept.delete(String(id))
      const before = await readBefore(db, pulls.values(), changes)
      for (const pull of pulls.values()) takeChanges(pull, before, changes)
      const read = await readLinkedPulls(
        db,
        unread.map(({ id }) => id),
      )
      for (const { state, issues, votes } of read) {
        const pull = { state: summed(state, votes), issues }
        takeChanges(pull, votes, changes)
        pulls.set(state.id, pull)
      }
      for (const state of unread)
        state.pulls = read.filter((pull) => isFor(pull, state.id)).map((pull) => pull.state.id)
      return [...pulls.values()]
    },
    keep(pull) {
      letGo(pull.state)
      kept.set(String(pull.state.id), pull)
    },
    forget() {
      kept = empty()
    },
  }
}

/** The people who vote now on it or on what it closes. */
const votersFor = (pull: Pull, changes: readonly PlacedVote[]) =>
  new Set(changes.filter(({ subjectId }) => isFor(pull, subjectId)).map(({ personId }) => personId))

/** What those who vote now said until now. */
async function readBefore(db: Reader, pulls: Iterable<Pull>, changes: readonly PlacedVote[]) {
  const places: [subjectId: number, personId: number][] = []
  for (const pull of pulls)
    for (const person of votersFor(pull, changes))
      for (const id of [pull.state.id, ...pull.issues]) places.push([id, person])
  return (await readVotes(db, places)).map(placedFrom)
}
