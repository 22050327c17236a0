/**
 * The support of pull requests as the last transaction left it, for a writer that is alone. Of the people who
 * vote, what they said of a pull request and of the issues that it closes is read again, and their support is
 * counted anew by that; nobody else's changes.
 */
import { keptVotes } from './kept-votes.ts'
import type { Reader } from './ledger.ts'
import {
  placedFrom,
  type PlacedVote,
  placeOf,
  type Pull,
  readLinkedPulls,
  summed,
  takeChanges,
} from './linked-pulls.ts'
import { readVotes, type State } from './subject-states.ts'

export interface KeptPulls {
  /** The pull requests that these subjects are or are closed by, as they are once `changes` stand too. */
  take(db: Reader, linked: readonly State[], changes: readonly PlacedVote[]): Promise<Pull[]>
  /** Keeps a pull request as it is on the disk now. */
  keep(pull: Pull): void
  forget(): void
}

export function keptPulls(alone: boolean): KeptPulls {
  const kept = keptVotes<Pull>(
    alone,
    ({ state }) => state,
    ({ group }) => group.size,
  )

  return {
    async take(db, linked, changes) {
      const changesFor = bySubject(changes)
      const votersFor = (pull: Pull) => votersOf(changesFor(pull))
      const pulls = new Map<number, Pull>()
      const unread: State[] = []
      for (const state of linked) {
        let isKnown = state.pulls !== undefined
        for (const id of state.pulls ?? []) {
          const pull = pulls.get(id) ?? kept.take(String(id), votersFor)
          if (pull) pulls.set(id, pull)
          else isKnown = false
        }
        if (!isKnown) unread.push(state)
      }
      const before = await readBefore(db, pulls.values(), votersFor)
      const read = await readLinkedPulls(
        db,
        unread.map(({ id }) => id),
      )
      const voters = votersOf(changes)
      for (const { state, group, votes } of read) {
        pulls.set(state.id, { state: summed(state, votes), group })
        for (const vote of votes)
          if (voters.has(vote.personId)) before.set(placeOf(vote.subjectId, vote.personId), vote)
      }
      for (const state of unread)
        state.pulls = read.filter(({ group }) => group.has(state.id)).map((pull) => pull.state.id)
      for (const pull of pulls.values()) takeChanges(pull, before, changesFor(pull))
      return [...pulls.values()]
    },
    keep: (pull) => kept.keep(String(pull.state.id), pull),
    forget: () => kept.forget(),
  }
}

/** Tells which of the changes are in a pull request's group; those in one place stay in their order. */
function bySubject(changes: readonly PlacedVote[]) {
  const made = new Map<number, PlacedVote[]>()
  for (const vote of changes) {
    const there = made.get(vote.subjectId)
    if (there) there.push(vote)
    else made.set(vote.subjectId, [vote])
  }
  return ({ group }: Pull) => [...group].flatMap((id) => made.get(id) ?? [])
}

const votersOf = (votes: readonly PlacedVote[]) => new Set(votes.map(({ personId }) => personId))

/** What those who vote now said until now, in the groups of these pull requests. */
async function readBefore(
  db: Reader,
  pulls: Iterable<Pull>,
  votersFor: (pull: Pull) => Iterable<number>,
) {
  const places = new Map<string, readonly [subjectId: number, personId: number]>()
  for (const pull of pulls) {
    for (const person of votersFor(pull))
      for (const id of pull.group) places.set(placeOf(id, person), [id, person])
  }
  const before = new Map<string, PlacedVote>()
  for (const vote of (await readVotes(db, [...places.values()])).map(placedFrom))
    before.set(placeOf(vote.subjectId, vote.personId), vote)
  return before
}
