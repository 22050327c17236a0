import { LIMITS } from '#shared/api/limits'
import type { ScoreReply } from '#shared/api/scores'
import { partsOf, type SubjectId } from '#shared/subject'
import type { Context } from './context.ts'
import { isFresh } from './is-fresh.ts'
import { loseSession } from './lose-session.ts'
import { isPaused, knownAbout, noteReply, refreshAbout } from './refresh-about.ts'
import type { Reader } from './seen-score-of.ts'
import { askScores, type Server } from './server.ts'
import { serverAt, sessionAt } from './session.ts'
import { readSettings } from './own-settings.ts'
import type { StoredScore } from './store.ts'

/** How long a score counts as fresh, in milliseconds. */
export const FRESH = 3 * 60_000

/** Asks the server for the scores of these subjects that are old. Returns those that changed. */
export async function refreshScores(
  context: Context,
  subjects: readonly SubjectId[],
): Promise<SubjectId[]> {
  const { store, now } = context
  const { server: origin } = await readSettings(context)
  if (origin === undefined || (await isPaused(context, origin))) return []
  await refreshAbout(context, origin)
  const forges = (await knownAbout(context, origin))?.forges
  if (!forges) return []
  const session = await sessionAt(store, origin, now())
  const reader = { server: origin, login: session?.login }
  const served = subjects.filter((subject) => forges.includes(partsOf(subject).host))
  const old = await oldOnes(context, served, reader)
  const changed: SubjectId[] = []
  const server = serverAt(context, origin, session)
  for (let from = 0; from < old.length; from += LIMITS.subjects) {
    const batch = old.slice(from, from + LIMITS.subjects)
    const news = await refreshBatch(context, server, batch, reader)
    if (!news) break
    changed.push(...news)
  }
  return changed
}

async function oldOnes({ store, now }: Context, subjects: SubjectId[], { server, login }: Reader) {
  const asked = [...new Set(subjects)]
  const stored = await store.scores.bulkGet(asked)
  return asked.filter((_, index) => {
    const score = stored[index]
    return (
      !score || score.server !== server || score.login !== login || !isFresh(score.at, FRESH, now())
    )
  })
}

/** Undefined when the server did not answer. */
async function refreshBatch(
  context: Context,
  server: Server,
  subjects: SubjectId[],
  { login }: Reader,
): Promise<SubjectId[] | undefined> {
  const at = context.now()
  const reply = await askScores(server, subjects)
  await noteReply(context, server.origin, reply)
  if ('problem' in reply) {
    if (reply.status === 401 && server.token !== undefined)
      await loseSession(context, server.origin, server.token)
    return undefined
  }
  const { scores } = reply.value
  const news = subjects.flatMap((subject) => {
    const score = Object.hasOwn(scores, subject) ? scores[subject] : undefined
    return score ? storedScore(subject, score, { server: server.origin, login, at }) : []
  })
  return keepNews(context, news)
}

/** A server's score as it is stored. */
export function storedScore(
  subject: SubjectId,
  score: ScoreReply,
  from: Pick<StoredScore, 'server' | 'login' | 'at'>,
): StoredScore {
  const { contributors, others, reactions, mine, voter, hot, rising, unusual } = score
  return {
    subject,
    contributors,
    others,
    reactions,
    mine,
    voter,
    hot,
    rising: rising ?? undefined,
    ...(unusual && { unusual }),
    ...from,
  }
}

/** Stores scores, but for those on which something newer arrived meanwhile. Returns the changed. */
export function keepNews({ store, now }: Context, news: StoredScore[]): Promise<SubjectId[]> {
  return store.transaction('rw', store.scores, async () => {
    const before = await store.scores.bulkGet(news.map(({ subject }) => subject))
    const newer = news.filter((score, index) => {
      const known = before[index]
      // What is from a time that is yet to come was stored before the clock was set back.
      return !known || known.server !== score.server || known.at <= score.at || known.at > now()
    })
    await store.scores.bulkPut(newer)
    const changed = news.filter(
      (score, index) => newer.includes(score) && differ(before[index], score),
    )
    return changed.map(({ subject }) => subject)
  })
}

function differ(before: StoredScore | undefined, after: StoredScore): boolean {
  return !before || JSON.stringify({ ...before, at: 0 }) !== JSON.stringify({ ...after, at: 0 })
}
