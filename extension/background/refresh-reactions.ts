/**
 * Reactions from the forge, frugally: visitors may ask GitHub 60 times an hour for one subject each, or
 * search 10 times a minute. At most one request a page view, and none while what is shown is fresh or
 * the limit is spent. What a list's answer does not hold is not asked for one by one.
 */
import type { SubjectId } from '#shared/subject'
import type { ListView } from '../forges/forge.ts'
import {
  askGitHub,
  type ForgeAnswer,
  type ForgeItem,
  type ForgeRequest,
  listRequestOf,
  type Resource,
  subjectRequestOf,
} from '../forges/github/api.ts'
import type { Context } from './context.ts'
import { changeFact, readFact, type StoredReactions, writeFact } from './store.ts'
import { shared } from './turns.ts'

/** How long reactions count as fresh, in milliseconds; longer once half of the limit is spent. */
const FRESH = 5 * 60_000
const FRESH_WHEN_SCARCE = 30 * 60_000

export interface Shown {
  subjects: readonly SubjectId[]
  /** The list that they were found in. */
  view?: ListView | undefined
  /** The reader's login at the forge. */
  viewer?: string | undefined
}

/** Asks the forge for what is old of the subjects shown. Returns those that changed. */
export async function refreshReactions(context: Context, shown: Shown): Promise<SubjectId[]> {
  const token = await knownToken(context)
  const request = requestOf(shown, token !== undefined)
  if (!request || (await isNeedless(context, request, shown.subjects))) return []
  return shared(context, request.url, () => fetchReactions(context, request, token))
}

/** The reader's own token for the forge's API, unless it was refused. */
export async function knownToken({ store }: Context): Promise<string | undefined> {
  const kept = await readFact(store, 'forgeToken')
  return kept && !kept.refused ? kept.token : undefined
}

function requestOf({ subjects, view, viewer }: Shown, hasToken: boolean) {
  if (view) return listRequestOf(view, viewer, hasToken)
  for (const subject of subjects) {
    const request = subjectRequestOf(subject)
    if (request) return request
  }
  return undefined
}

/** Whether a request would tell nothing new, or be refused. */
async function isNeedless(
  context: Context,
  { url, resource }: ForgeRequest,
  subjects: readonly SubjectId[],
): Promise<boolean> {
  const { store } = context
  const { isEmpty, since, until } = await limitOf(context, resource)
  const isNew = ({ at }: { at: number }) => at > since && at < until
  if (isEmpty) return true
  const asked = await store.requests.get(url)
  if (asked && isNew(asked)) return true
  const rows = await store.reactions.bulkGet(subjects.filter(subjectRequestOf))
  return rows.every((row) => row !== undefined && isNew(row))
}

/**
 * How a limit stands: whether nothing is left of it, and between when what was answered is fresh; later is
 * from before the clock was set back.
 */
export async function limitOf(
  { store, now }: Context,
  resource: Resource,
): Promise<{ isEmpty: boolean; since: number; until: number }> {
  const limit = (await readFact(store, 'limits'))?.[resource]
  const holds = limit !== undefined && now() < limit.resetAt
  const fresh = holds && limit.remaining < limit.limit / 2 ? FRESH_WHEN_SCARCE : FRESH
  return { isEmpty: holds && limit.remaining <= 0, since: now() - fresh, until: now() + fresh }
}

/** Asks, and keeps what was answered. Returns the subjects that changed. */
export async function fetchReactions(
  context: Context,
  request: ForgeRequest,
  token: string | undefined,
): Promise<SubjectId[]> {
  const { store, fetch, now } = context
  const before = await store.requests.get(request.url)
  const etag = before?.etag
  const answer = await askGitHub(request, { fetch, now, token, etag })
  await noteAnswer(context, request.resource, answer)
  const items = 'items' in answer ? answer.items : (before?.items ?? [])
  const at = now()
  if (isLasting(answer))
    await store.requests.put({
      url: request.url,
      etag: 'items' in answer ? answer.etag : etag,
      items,
      at,
      pages: ('items' in answer ? answer.pages : before?.pages) ?? 1,
    })
  return 'trouble' in answer ? [] : keepItems(context, items, at)
}

/**
 * A refusal is remembered like an answer: asking at every page view would spend the limit. But a line
 * that is down comes up again, and a refused token is not sent a second time.
 */
function isLasting(answer: ForgeAnswer): boolean {
  return !('trouble' in answer) || (answer.status !== undefined && answer.status !== 401)
}

async function noteAnswer({ store, now }: Context, resource: Resource, answer: ForgeAnswer) {
  const { spending } = answer
  if (spending) {
    const { limit, remaining, resetAt } = spending
    await changeFact(store, 'limits', (limits) => ({
      ...limits,
      [resource]: { limit, remaining, resetAt },
    }))
  }
  const trouble = 'trouble' in answer ? { text: answer.trouble, at: now() } : undefined
  await writeFact(store, 'forgeProblem', trouble)
  if ('trouble' in answer && answer.status === 401)
    await changeFact(store, 'forgeToken', (kept) => kept && { ...kept, refused: true })
}

/** Stores what the forge said. Returns the subjects of which it said something new. */
function keepItems({ store }: Context, items: ForgeItem[], at: number): Promise<SubjectId[]> {
  const rows = items.map(({ subject, reactions, createdAt }) => ({
    subject,
    reactions,
    createdAt,
    at,
  }))
  return store.transaction('rw', store.reactions, async () => {
    const before = await store.reactions.bulkGet(rows.map(({ subject }) => subject))
    await store.reactions.bulkPut(
      rows.map((row, index) => {
        const agreed = before[index]?.agreed
        return agreed ? { ...row, agreed } : row
      }),
    )
    return rows.filter((row, index) => differ(before[index], row)).map(({ subject }) => subject)
  })
}

const sameness = ({ reactions, createdAt }: StoredReactions) =>
  JSON.stringify([reactions, createdAt])

function differ(before: StoredReactions | undefined, after: StoredReactions): boolean {
  return !before || before.at < 0 || sameness(before) !== sameness(after)
}
