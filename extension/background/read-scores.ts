import { ORDERS } from '#shared/ranking'
import type { SubjectId } from '#shared/subject'
import type { Choice, Scores } from '../messages.ts'
import type { Context } from './context.ts'
import { hurryOutbox } from './outbox.ts'
import { readSettings } from './own-settings.ts'
import { knownAbout } from './refresh-about.ts'
import { refreshReactions, type Shown } from './refresh-reactions.ts'
import { refreshScores } from './refresh-scores.ts'
import { seenScores, tellScores } from './seen-scores.ts'

/** The scores of what a page shows, from this browser, and the orders that the server can rank by. */
export async function readScores(
  context: Context,
  shown: Shown,
): Promise<{ scores: Scores; orders: Choice[] }> {
  const { server } = await readSettings(context)
  const about = await knownAbout(context, server)
  return {
    scores: await seenScores(context, shown.subjects),
    orders: [
      ...ORDERS.filter((order) => about?.orders.includes(order)),
      ...(about?.feeds && shown.view?.repository ? (['whole'] as const) : []),
    ],
  }
}

/** Asks server and forge for what is old, and tells every page what that changed. */
export async function refreshShown(context: Context, shown: Shown): Promise<void> {
  const tellNews = async (news: Promise<SubjectId[]>) => tellScores(context, await news)
  await Promise.all([
    tellNews(refreshScores(context, shown.subjects)),
    tellNews(refreshReactions(context, shown)),
  ])
  await hurryOutbox(context)
}
