import { parseSubject } from '#shared/subject'
import type { FeedAsk, FeedPart, FeedRow } from '../messages.ts'
import { askServer } from './ask-server.ts'
import type { Context } from './context.ts'
import { keepNews, storedScore } from './refresh-scores.ts'
import { seenScores } from './seen-scores.ts'
import { askFeed } from './server.ts'
import type { StoredScore } from './store.ts'

/** As many rows as are asked for at a time. */
const PART = '50'

/** Asks the server for a part of a feed. Its scores are kept like all others, and are newer than those. */
export async function readFeed(context: Context, ask: FeedAsk): Promise<FeedPart> {
  const { value, origin, session, at } = await askServer(
    context,
    'A whole repository takes a server. Name one in the options.',
    (server) => askFeed(server, queryOf(ask)),
  )
  const rows: FeedRow[] = []
  const news: StoredScore[] = []
  for (const { score, ...item } of value.items) {
    const subject = parseSubject(item.subject)
    if (subject === undefined) continue
    rows.push({ ...item, subject })
    news.push(storedScore(subject, score, { server: origin, login: session?.login, at }))
  }
  await keepNews(context, news)
  const scores = await seenScores(
    context,
    rows.map(({ subject }) => subject),
  )
  return { rows, scores, next: value.next }
}

function queryOf({ repository, kind, state, sort, labels, author, cursor }: FeedAsk) {
  const query = new URLSearchParams({ repo: repository, state, sort, limit: PART })
  if (kind !== undefined) query.set('kind', kind)
  if (author !== undefined) query.set('author', author)
  if (cursor !== undefined) query.set('cursor', cursor)
  for (const label of labels) query.append('label', label)
  return query
}
