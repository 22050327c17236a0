import { parseSubject } from '#shared/subject'
import { Problem } from '#shared/problem'
import type { FeedAsk, FeedPart, FeedRow } from '../messages.ts'
import type { Context } from './context.ts'
import { loseSession } from './lose-session.ts'
import { readSettings } from './own-settings.ts'
import { noteReply } from './refresh-about.ts'
import { keepNews, storedScore } from './refresh-scores.ts'
import { seenScores } from './seen-scores.ts'
import { askFeed } from './server.ts'
import { serverAt, sessionAt } from './session.ts'
import type { StoredScore } from './store.ts'

/** As many rows as are asked for at a time. */
const PART = '50'

/** Asks the server for a part of a feed. Its scores are kept like all others, and are newer than those. */
export async function readFeed(context: Context, ask: FeedAsk): Promise<FeedPart> {
  const { store, now } = context
  const { server: origin } = await readSettings(context)
  if (origin === undefined) {
    throw new Problem('not-found', 'A whole repository takes a server. Name one in the options.')
  }
  const session = await sessionAt(store, origin, now())
  const at = now()
  const server = serverAt(context, origin, session)
  const reply = await askFeed(server, queryOf(ask))
  await noteReply(context, origin, reply)
  if ('problem' in reply) {
    if (reply.status === 401 && server.token !== undefined)
      await loseSession(context, origin, server.token)
    throw reply.problem
  }
  const rows: FeedRow[] = []
  const news: StoredScore[] = []
  for (const { score, ...item } of reply.value.items) {
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
  return { rows, scores, next: reply.value.next }
}

function queryOf({ repository, kind, state, sort, labels, author, cursor }: FeedAsk) {
  const query = new URLSearchParams({ repo: repository, state, sort, limit: PART })
  if (kind !== undefined) query.set('kind', kind)
  if (author !== undefined) query.set('author', author)
  if (cursor !== undefined) query.set('cursor', cursor)
  for (const label of labels) query.append('label', label)
  return query
}
