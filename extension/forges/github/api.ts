/**
 * What GitHub's API knows of a page's subjects: their reactions and dates. A page is one request, the
 * same search that the page itself shows, since visitors may ask only 60 times an hour and search 10
 * times a minute. https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
import * as v from 'valibot'
import { REACTIONS, type Reactions } from '#shared/score'
import { parseSubject, partsOf, type SubjectId } from '#shared/subject'
import type { ListView } from '../forge.ts'

const HOST = 'github.com'
const API = 'https://api.github.com'

/** How many rows GitHub shows on a page of a list. */
const PAGE = 25
/** Search answers about this many subjects of a query and refuses the rest. */
const SEARCHED = 1000
const PATIENCE = 10_000

/** What is counted together: search has a limit of its own. */
export type Resource = 'core' | 'search'

export interface ForgeRequest {
  url: string
  resource: Resource
  /** It is answered with what is said in a subject, and not with subjects. */
  holds?: 'comments'
}

/** A subject, as GitHub's API describes it. */
export interface ForgeItem {
  subject: SubjectId
  reactions: Reactions
  /** Epoch milliseconds. */
  createdAt: number | undefined
}

/** What is left of a limit. */
export interface Spending {
  resource: Resource
  limit: number
  remaining: number
  /** Epoch milliseconds. */
  resetAt: number
}

export type ForgeAnswer = { spending: Spending | undefined } & (
  | { items: ForgeItem[]; etag: string | undefined; pages?: number }
  /** What was answered last time still holds. */
  | { unchanged: true }
  /** What went wrong, for a person to read; `status` is undefined when nothing answered. */
  | { trouble: string; status: number | undefined }
)

/** Sort orders that search takes, https://docs.github.com/en/rest/search/search#search-issues-and-pull-requests */
const SORTS = new Set([
  'comments',
  'reactions',
  'reactions-+1',
  'reactions--1',
  'reactions-smile',
  'reactions-thinking_face',
  'reactions-heart',
  'reactions-tada',
  'interactions',
  'created',
  'updated',
])

/**
 * The one request that answers for a list page. `viewer` is the login of whoever reads; undefined when
 * the list cannot be asked for: it means the viewer and nobody knows who that is, it lies beyond what
 * search answers, or it is another host's.
 */
export function listRequestOf(
  view: ListView,
  viewer: string | undefined,
  hasToken: boolean,
): ForgeRequest | undefined {
  const path = view.repository === undefined ? undefined : pathOf(view.repository)
  if (view.repository !== undefined && path === undefined) return undefined
  const tokens = named(tokensOf(view.query), viewer)
  if (!hasToken && tokens.some((token) => token.search(ME) >= 0)) return undefined
  if (view.milestone !== undefined)
    return path === undefined ? undefined : milestoneRequest(path, view, tokens)
  if (view.page * PAGE > SEARCHED) return undefined
  const { query, sort, order } = sorted(tokens)
  // Search binds OR weakest, so the repository would belong to the first alternative only.
  const asked = path !== undefined && tokens.includes('OR') ? `(${query})` : query
  const q = path === undefined ? asked : `repo:${path} ${asked}`.trim()
  if (!q) return undefined
  const ask = { q, ...(sort && { sort, order }), per_page: String(PAGE), page: String(view.page) }
  return {
    url: `${API}/search/issues?${new URLSearchParams(ask)}`,
    resource: 'search',
  }
}

/** The request for one issue or pull request; undefined for what is said in one, and other hosts. */
export function subjectRequestOf(subject: SubjectId): ForgeRequest | undefined {
  const { host, owner, name, number, part } = partsOf(subject)
  if (host !== HOST || part) return undefined
  const url = `${API}/repos/${owner}/${name}/issues/${number}`
  return { url, resource: 'core' }
}

/** What is said in a subject, by what its ids begin with: reviews themselves have no reactions in REST. */
export type TalkKind = 'issuecomment-' | 'discussion_r'

/** The request for a hundred of the comments of a conversation; undefined for other hosts. */
export function talkRequestOf(
  subject: SubjectId,
  kind: TalkKind,
  page: number,
): ForgeRequest | undefined {
  const { host, owner, name, number } = partsOf(subject)
  if (host !== HOST) return undefined
  const at = kind === 'issuecomment-' ? 'issues' : 'pulls'
  const url = `${API}/repos/${owner}/${name}/${at}/${number}/comments?per_page=100&page=${page}`
  return { url, resource: 'core', holds: 'comments' }
}

/** Asks GitHub. Never rejects. */
export async function askGitHub(
  request: ForgeRequest,
  { fetch, now, token, etag }: Asker,
): Promise<ForgeAnswer> {
  try {
    const response = await fetch(request.url, {
      headers: {
        accept: 'application/vnd.github+json',
        'x-github-api-version': '2022-11-28',
        ...(etag !== undefined && { 'if-none-match': etag }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      credentials: 'omit',
      // Ours is the only cache, so that a 304 reaches us.
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(PATIENCE),
    })
    return answerOf(request, response, await response.text(), now())
  } catch {
    return { trouble: 'GitHub’s API did not answer.', status: undefined, spending: undefined }
  }
}

export interface Asker {
  fetch: typeof fetch
  now(): number
  /** The reader's own token. */
  token: string | undefined
  etag: string | undefined
}

function answerOf(
  request: ForgeRequest,
  response: Response,
  text: string,
  now: number,
): ForgeAnswer {
  const spending = spendingOf(request.resource, response, text, now)
  if (response.status === 304) return { unchanged: true, spending }
  const { status } = response
  if (!response.ok) return { trouble: troubleOf(status, spending), status, spending }
  const items = itemsOf(text, request.holds)
  if (!items)
    return { trouble: 'GitHub’s API answered in a way that could not be read.', status, spending }
  const { headers } = response
  const pages = pagesOf(headers)
  const etag = headers.get('etag') ?? undefined
  return { items, etag, ...(pages > 1 && { pages }), spending }
}

/** How many pages there are, https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api */
function pagesOf(headers: Headers): number {
  const last = /<[^<>]*[?&]page=(\d{1,6})[^<>]*>; rel="last"/.exec(headers.get('link') ?? '')
  return last ? Number(last[1]) : 1
}

const ME = /(?<=[:,])@me(?![\w-])/gi

/** Words of a query; what is in quotes stays together. */
function tokensOf(query: string): string[] {
  return query.match(/(?:[^\s"]|"[^"]*"?)+/g) ?? []
}

/** The words with the viewer's name for `@me`. */
function named(tokens: string[], viewer: string | undefined): string[] {
  if (viewer === undefined) return tokens
  return tokens.map((token) => (token.startsWith('"') ? token : token.replace(ME, viewer)))
}

/** The query without its sort, and the sort as parameters. A page without one shows the newest first. */
function sorted(tokens: string[]) {
  const query = tokens.filter((token) => !/^sort:/i.test(token)).join(' ')
  const wish =
    tokens.findLast((token) => /^sort:/i.test(token))?.slice('sort:'.length) ?? 'created-desc'
  const [, field = '', order = 'desc'] = /^(.*?)(?:-(asc|desc))?$/i.exec(wish.toLowerCase()) ?? []
  return { query, sort: SORTS.has(field) ? field : undefined, order }
}

/** Search cannot name a milestone by number, but the plain list of issues can. */
function milestoneRequest(path: string, view: ListView, tokens: string[]): ForgeRequest {
  const closed = tokens.some((token) => /^(?:is|state):closed$/i.test(token))
  const ask = {
    milestone: String(view.milestone),
    state: closed ? 'closed' : 'open',
    per_page: '100',
    page: String(Math.ceil((view.page * PAGE) / 100)),
  }
  const url = `${API}/repos/${path}/issues?${new URLSearchParams(ask)}`
  return { url, resource: 'core' }
}

/** `owner/name` of a repository on GitHub. */
function pathOf(repository: string): string | undefined {
  const subject = parseSubject(`${repository}#1`)
  if (!subject) return undefined
  const { host, owner, name } = partsOf(subject)
  return host === HOST ? `${owner}/${name}` : undefined
}

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

const ItemSchema = v.object({
  html_url: v.string(),
  created_at: v.optional(v.unknown()),
  reactions: v.optional(v.unknown()),
})

/** The items in an answer of any of the three shapes; undefined when it has none of them. */
function itemsOf(text: string, holds: ForgeRequest['holds']): ForgeItem[] | undefined {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return undefined
  }
  const list = v.is(v.object({ items: v.array(v.unknown()) }), json) ? json.items : json
  if (Array.isArray(list)) return list.slice(0, 100).flatMap((item) => itemOf(item, holds) ?? [])
  const item = itemOf(list, holds)
  return item && [item]
}

function itemOf(json: unknown, holds: ForgeRequest['holds']): ForgeItem | undefined {
  const parsed = v.safeParse(ItemSchema, json)
  if (!parsed.success) return undefined
  const { html_url, created_at, reactions } = parsed.output
  const subject = parseSubject(html_url)
  if (!subject) return undefined
  const { host, part } = partsOf(subject)
  if (host !== HOST || (part === '') === (holds === 'comments')) return undefined
  const createdAt = typeof created_at === 'string' ? Date.parse(created_at) : Number.NaN
  return {
    subject,
    reactions: reactionsOf(reactions),
    createdAt: Number.isNaN(createdAt) ? undefined : createdAt,
  }
}

function reactionsOf(json: unknown): Reactions {
  const said = (typeof json === 'object' && json ? json : {}) as Record<string, unknown>
  const reactions: Reactions = {}
  for (const name of REACTIONS) {
    const number = Object.hasOwn(said, name) ? said[name] : 0
    if (v.is(count, number) && number > 0) reactions[name] = number
  }
  return reactions
}

const MINUTE = 60_000

/** What is left of the limit after an answer; none left when GitHub asked to be left alone. */
function spendingOf(
  resource: Resource,
  { status, headers }: Response,
  text: string,
  now: number,
): Spending | undefined {
  const number = (name: string) => {
    const value = headers.get(name)
    return value !== null && /^\d{1,12}$/.test(value) ? Number(value) : undefined
  }
  const limit = number('x-ratelimit-limit')
  const remaining = number('x-ratelimit-remaining')
  const reset = number('x-ratelimit-reset')
  const retryAfter = number('retry-after')
  const refused = status === 403 || status === 429
  // The secondary limit leaves the numbers of the first alone; without a time it means a minute.
  const wait = retryAfter !== undefined ? retryAfter * 1000 : MINUTE
  if (
    refused &&
    remaining !== 0 &&
    (status === 429 || retryAfter !== undefined || /rate limit/i.test(text))
  )
    return { resource, limit: limit ?? 0, remaining: 0, resetAt: now + wait }
  if (limit === undefined || remaining === undefined || reset === undefined) return undefined
  return { resource, limit, remaining, resetAt: reset * 1000 }
}

function troubleOf(status: number, spending: Spending | undefined): string {
  if (status === 401) return 'GitHub does not accept the token. Replace or remove it.'
  if ((status === 403 || status === 429) && spending?.remaining === 0)
    return 'GitHub’s limit for requests is spent.'
  if (status === 404 || status === 422)
    return 'GitHub’s API does not show this list or repository to us; for a private one it needs a token.'
  return `GitHub’s API answered with error ${status}.`
}
