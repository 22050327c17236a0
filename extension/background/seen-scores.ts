import type { SubjectId } from '#shared/subject'
import type { Scores } from '../messages.ts'
import type { Context } from './context.ts'
import { seenScoreOf } from './seen-score-of.ts'
import { readerOf } from './session.ts'
import { shelve } from './shelf.ts'
import { inTurn } from './turns.ts'

/** The scores of these subjects as the present reader is to see them. */
export async function seenScores(
  context: Context,
  subjects: readonly SubjectId[],
): Promise<Scores> {
  const { store } = context
  const reader = await readerOf(context)
  const asked = [...new Set(subjects)]
  const [stored, forge, standing, waiting] = await store.transaction(
    'r',
    [store.scores, store.reactions, store.votes, store.outbox],
    () =>
      Promise.all([
        store.scores.bulkGet(asked),
        store.reactions.bulkGet(asked),
        store.votes.bulkGet(asked),
        store.outbox.where('subject').anyOf(asked).sortBy('seq'),
      ]),
  )
  const scores: Scores = {}
  for (const [index, subject] of asked.entries())
    scores[subject] = seenScoreOf({
      stored: stored[index],
      forge: forge[index],
      standing: standing[index],
      waiting: waiting.filter((row) => row.subject === subject),
      reader,
      now: context.now(),
    })
  return scores
}

/** Puts these subjects' scores on their shelves, as the reader sees them by then. */
export async function shelveScores(
  context: Context,
  subjects: readonly SubjectId[],
): Promise<void> {
  await inTurn(context, 'tell', async () => shelve(context, await seenScores(context, subjects)))
}

/** Tells every page what these subjects' scores have become, and puts them on their shelves. */
export async function tellScores(context: Context, subjects: readonly SubjectId[]): Promise<void> {
  if (subjects.length === 0) return
  // One after the other, so that what is told later is never older.
  await inTurn(context, 'tell', async () => {
    const scores = await seenScores(context, subjects)
    await Promise.all([context.tell('scoresChanged', scores), shelve(context, scores)])
  })
}
