import { bareVote, type Vote } from '#shared/vote'
import type { SeenScore } from '../seen-score.ts'
import { unseen } from '../seen-score.ts'
import type { Context } from './context.ts'
import { seenScores } from './seen-scores.ts'
import { identityOf, readerOf } from './session.ts'
import { type Identity, kept, type Store } from './store.ts'
import { inTurn } from './turns.ts'

/**
 * Puts a vote on disk, to stand and to be sent. Resolves once it cannot be lost, with the score
 * foretold; a `storage` Problem when it could not be kept.
 */
export function castVote(context: Context, vote: Vote): Promise<SeenScore> {
  // Votes must reach the outbox in the order of the clicks, however long each takes to look around.
  return inTurn(context, 'cast', () =>
    kept(async () => {
      const { store } = context
      const person = identityOf(await readerOf(context))
      await store.transaction('rw', store.votes, store.outbox, () => keepVote(store, vote, person))
      return (await seenScores(context, [vote.subject]))[vote.subject] ?? unseen()
    }),
  )
}

/** Keeps one vote, inside a transaction over votes and outbox. False when it is here already. */
export async function keepVote(
  store: Store,
  vote: Vote,
  person: Identity | undefined,
): Promise<boolean> {
  // A page that got no answer asks again with the same id.
  if (await store.votes.where('id').equals(vote.id).count()) return false
  if (await store.outbox.where('id').equals(vote.id).count()) return false
  const said = bareVote(vote)
  await store.votes.put({ ...said, person, delivered: undefined })
  await store.outbox.add({ ...said, person, refused: undefined, clamped: false })
  return true
}
