import { find, parseQuery } from '../world/query.ts'
import type { Repository, Subject } from '../world/world.ts'
import { ApiError } from './api-error.ts'
import type { ApiContext } from './api-reply.ts'
import type { Resource } from './limits.ts'
import { searchIssues } from './search.ts'
import { commentOf, issueOf, pullOf, userOf } from './shapes.ts'

interface Answer {
  value: unknown
  headers: Record<string, string>
}

/** The value at an address of the API, or an `ApiError`. */
export function answer(context: ApiContext, viewer: string | null): Answer {
  const { world, url } = context
  if (context.method !== 'GET') throw new ApiError(404, 'Not Found')
  if (url.pathname === '/rate_limit') return { value: rates(context, viewer), headers: {} }
  if (url.pathname === '/user') return { value: viewerOf(context, viewer), headers: {} }
  if (url.pathname === '/search/issues') {
    const { value, total } = searchIssues(world, url.searchParams, viewer)
    return { value, headers: link(url, total, 30) }
  }
  const found = /^\/repos\/([\w-]+\/[\w.-]+)\/(issues|pulls)(?:\/(\d+)(\/comments)?)?$/.exec(
    url.pathname,
  )
  const repository = world.repositories.get(found?.[1]?.toLowerCase() ?? '')
  if (!found || !repository) throw new ApiError(404, 'Not Found')
  const [, , kind, number, comments] = found
  if (!number && kind === 'issues') return listIssues(repository, context)
  const subject = repository.subjects.get(Number(number))
  if (!subject || (kind === 'pulls' && subject.kind !== 'pull'))
    throw new ApiError(404, 'Not Found')
  if (kind === 'pulls') {
    if (comments) throw new ApiError(404, 'Not Found')
    return { value: pullOf(subject), headers: {} }
  }
  if (comments) return listComments(subject, url)
  return { value: issueOf(subject), headers: {} }
}

function listIssues({ name }: Repository, { world, url }: ApiContext): Answer {
  const asked = url.searchParams
  const state = asked.get('state') ?? 'open'
  const labels = (asked.get('labels') ?? '').split(',').filter(Boolean)
  const sort = `${asked.get('sort') ?? 'created'}-${asked.get('direction') ?? 'desc'}`
  const query = parseQuery(`repo:${name} sort:${sort}`)
  if (state !== 'all') query.terms.push({ name: 'state', value: state, not: false })
  for (const label of labels) query.terms.push({ name: 'label', value: label, not: false })
  const milestone = Number(asked.get('milestone'))
  const found = find(world, query).filter(
    (subject) => !milestone || subject.milestone?.number === milestone,
  )
  return { value: pageOf(found, url).map(issueOf), headers: link(url, found.length, 30) }
}

function listComments(subject: Subject, url: URL): Answer {
  const value = pageOf(subject.comments, url).map((comment) => commentOf(subject, comment))
  return { value, headers: link(url, subject.comments.length, 30) }
}

function pageOf<T>(all: readonly T[], { searchParams }: URL): T[] {
  const size = Math.min(100, Number(searchParams.get('per_page')) || 30)
  const page = Math.max(1, Number(searchParams.get('page')) || 1)
  return all.slice((page - 1) * size, page * size)
}

/** The `Link` header, when there is more than one page. */
function link(url: URL, total: number, usual: number): Record<string, string> {
  const size = Math.min(100, Number(url.searchParams.get('per_page')) || usual)
  const page = Math.max(1, Number(url.searchParams.get('page')) || 1)
  const last = Math.ceil(total / size)
  const to = (number: number, rel: string) => {
    const target = new URL(`https://api.github.com${url.pathname}${url.search}`)
    target.searchParams.set('page', String(number))
    return `<${target.href}>; rel="${rel}"`
  }
  const links = [
    ...(page > 1 ? [to(page - 1, 'prev')] : []),
    ...(page < last ? [to(page + 1, 'next'), to(last, 'last')] : []),
    ...(page > 1 ? [to(1, 'first')] : []),
  ]
  return links.length ? { link: links.join(', ') } : {}
}

function rates({ limits }: ApiContext, viewer: string | null) {
  const look = (resource: Resource) => limits.look(viewer ?? 'anonymous', resource)
  const [core, search] = [look('core'), look('search')]
  return { resources: { core, search }, rate: core }
}

function viewerOf({ world }: ApiContext, viewer: string | null) {
  if (viewer === null) throw new ApiError(401, 'Requires authentication')
  const known = world.accounts.find(({ login }) => login === viewer)
  return { ...userOf(known ?? { login: viewer, id: 1_499_999 }), name: viewer }
}
