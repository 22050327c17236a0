/** What was said in a conversation: its scores, and what the reader opened although it is worth little. */
import type { SubjectId } from '#shared/subject'
import type { Scores } from '../messages.ts'
import type { Context } from './context.ts'
import { hurryOutbox } from './outbox.ts'
import { takesReasons } from './read-reasons.ts'
import { refreshScores } from './refresh-scores.ts'
import { refreshTalkReactions } from './refresh-talk.ts'
import { seenScores, tellScores } from './seen-scores.ts'
import { changeFact, readFact } from './store.ts'

/** How many are remembered. */
const UNFOLDED = 2000

/** The scores of comments, from this browser. */
export async function readTalk(
  context: Context,
  comments: readonly SubjectId[],
): Promise<{ scores: Scores; unfolded: SubjectId[]; takesReasons: boolean }> {
  const opened = new Set(await readFact(context.store, 'unfolded'))
  return {
    scores: await seenScores(context, comments),
    unfolded: comments.filter((each) => opened.has(each)),
    takesReasons: await takesReasons(context),
  }
}

/** Asks server and forge for what is old, and tells every page what that changed. */
export async function refreshTalk(context: Context, comments: readonly SubjectId[]): Promise<void> {
  const tellNews = async (news: Promise<SubjectId[]>) => tellScores(context, await news)
  await Promise.all([
    tellNews(refreshScores(context, comments)),
    tellNews(refreshTalkReactions(context, comments)),
  ])
  await hurryOutbox(context)
}

/** Remembers that the reader opened this comment; of many, the last. */
export function keepUnfolded({ store }: Context, subject: SubjectId): Promise<void> {
  return changeFact(store, 'unfolded', (before = []) =>
    [...before.filter((each) => each !== subject), subject].slice(-UNFOLDED),
  )
}
