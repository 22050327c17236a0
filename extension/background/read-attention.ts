/** What deserves attention now in the repositories whose lists the reader looked at last. */
import type { FeedItem } from '#shared/api/feed'
import type { VoterReply } from '#shared/api/person'
import { netOf } from '#shared/score'
import type { Attention } from '../messages.ts'
import type { Context } from './context.ts'
import { readSettings } from './own-settings.ts'
import { isPaused, knownAbout } from './refresh-about.ts'
import { askFeed, askVoter, type Server } from './server.ts'
import { serverAt, sessionAt } from './session.ts'

/** Repositories asked about, and what is shown of all of them together. */
const REPOSITORIES = 5
const SHOWN = 8

/** Empty without a server that has feeds. A repository that it has not imported is left out. */
export async function readAttention(context: Context): Promise<Attention> {
  const { store, now } = context
  const { server: origin } = await readSettings(context)
  const nothing = { rows: [], standings: [] }
  if (origin === undefined || (await isPaused(context, origin))) return nothing
  if (!(await knownAbout(context, origin))?.feeds) return nothing
  const used = await store.shelves.orderBy('usedAt').primaryKeys()
  const followed = used.slice(-REPOSITORIES).toReversed()
  const server = serverAt(context, origin, await sessionAt(store, origin, now()))
  const items = await Promise.all(followed.map((repository) => itemsOf(server, repository)))
  const known = followed.filter((_, at) => items[at] !== undefined)
  const standings = server.token === undefined ? [] : await standingsIn(server, known)
  return { rows: foremost(items.flatMap((some) => some ?? [])), standings }
}

/** The hottest and the worthiest of a repository; undefined when the server does not know it. */
async function itemsOf(server: Server, repo: string): Promise<FeedItem[] | undefined> {
  const parts = await Promise.all(
    ['hot', 'value'].map((sort) =>
      askFeed(server, new URLSearchParams({ repo, sort, limit: String(SHOWN) })),
    ),
  )
  const found = parts.flatMap((part) => ('value' in part ? part.value.items : []))
  return parts.some((part) => 'problem' in part) ? undefined : found
}

async function standingsIn(server: Server, repositories: string[]): Promise<VoterReply[]> {
  const replies = await Promise.all(repositories.map((repo) => askVoter(server, repo)))
  return replies.flatMap((reply) => ('value' in reply ? [reply.value] : []))
}

const hotOf = ({ score }: FeedItem) => Math.max(0, score.hot ?? 0)

/** What is voted on these days comes first, then what is worth most. */
function foremost(items: FeedItem[]): Attention['rows'] {
  const unique = new Map(items.map((item) => [item.subject, item]))
  return [...unique.values()]
    .toSorted((a, b) => hotOf(b) - hotOf(a) || b.score.value - a.score.value)
    .slice(0, SHOWN)
    .map(({ subject, kind, title, score }) => ({ subject, kind, title, net: netOf(score) }))
}
