import { sorted } from '../world/query.ts'
import type { Repository, Subject, World } from '../world/world.ts'
import { ApiError, Moved } from './api-error.ts'
import type { ApiContext } from './api-reply.ts'
import type { Resource } from './limits.ts'
import { searchIssues } from './search.ts'
import {
  commentOf,
  commitOf,
  issueOf,
  lineCommentOf,
  profileOf,
  pullOf,
  repositoryOf,
} from './shapes.ts'

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
  const { repository, rest } = repositoryAt(world, url)
  if (repository.private && viewer === null) throw new ApiError(404, 'Not Found')
  if (rest === '') return { value: repositoryOf(repository), headers: {} }
  if (rest === '/commits') return listCommits(repository, url)
  const found = /^\/(issues|pulls)(?:\/(\d+)(\/comments)?)?$/.exec(rest)
  if (!found) throw new ApiError(404, 'Not Found')
  const [, kind, number, comments] = found
  if (!number && kind === 'issues') return listIssues(repository, url)
  if (!number) return listPulls(repository, url)
  const subject = repository.subjects.get(Number(number))
  if (!subject || (kind === 'pulls' && subject.kind !== 'pull'))
    throw new ApiError(404, 'Not Found')
  if (kind === 'pulls') {
    if (comments) return listLineComments(subject, url)
    return { value: pullOf(subject, repositoryOf(repository)), headers: {} }
  }
  if (comments) return listComments(subject, url)
  return { value: issueOf(subject), headers: {} }
}

function listIssues(repository: Repository, url: URL): Answer {
  const asked = url.searchParams
  const state = asked.get('state') ?? 'open'
  const labels = (asked.get('labels') ?? '').toLowerCase().split(',').filter(Boolean)
  const milestone = Number(asked.get('milestone'))
  const since = asked.get('since') ?? ''
  const filtered = [...repository.subjects.values()].filter(
    (subject) =>
      // Times of one form are in the order of their text.
      subject.updatedAt >= since &&
      (state === 'all' || subject.state === state) &&
      (!milestone || subject.milestone?.number === milestone) &&
      labels.every((label) => subject.labels.some(({ name }) => name.toLowerCase() === label)),
  )
  const found = sorted(
    filtered,
    `${asked.get('sort') ?? 'created'}-${asked.get('direction') ?? 'desc'}`,
  )
  return { value: pageOf(found, url).map(issueOf), headers: link(url, found.length, 30) }
}

function listPulls(repository: Repository, url: URL): Answer {
  const asked = url.searchParams
  const [state, base] = [asked.get('state') ?? 'open', asked.get('base')]
  const filtered = [...repository.subjects.values()].filter(
    (subject) =>
      subject.kind === 'pull' &&
      (state === 'all' || subject.state === state) &&
      (base === null || base === (subject.base ?? 'main')),
  )
  const sort = asked.get('sort') ?? 'created'
  const found = sorted(filtered, `${sort}-${asked.get('direction') ?? 'desc'}`)
  const own = repositoryOf(repository)
  const value = pageOf(found, url).map((subject) => pullOf(subject, own))
  return { value, headers: link(url, found.length, 30) }
}

/** The repository of an address, and what stands after it. An old name leads to the new one. */
function repositoryAt(world: World, url: URL): { repository: Repository; rest: string } {
  const byId = /^\/repositories\/(\d+)(\/.*)?$/.exec(url.pathname)
  const byName = /^\/repos\/([\w-]+\/[\w.-]+)(\/.*)?$/.exec(url.pathname)
  const name = byName?.[1]?.toLowerCase() ?? ''
  const moved = world.moved?.get(name)
  const rest = (byId ?? byName)?.[2] ?? ''
  const repository = byId
    ? [...world.repositories.values()].find(({ id }) => id === Number(byId[1]))
    : world.repositories.get(name)
  if (!repository && moved) throw new Moved(`/repositories/${moved}${rest}${url.search}`)
  if (!repository) throw new ApiError(404, 'Not Found')
  const item = /^\/issues\/\d+$/.test(rest) ? rest.slice('/issues/'.length) : ''
  const target = world.transferred?.get(`${repository.name}#${item}`)
  if (target) throw new Moved(`/repos/${target.replace('#', '/issues/')}`)
  return { repository, rest }
}

function listCommits({ commits = [] }: Repository, url: URL): Answer {
  if (!commits.length) throw new ApiError(409, 'Git Repository is empty.')
  const since = url.searchParams.get('since') ?? ''
  const found = commits.filter(({ date }) => date >= since)
  return { value: pageOf(found, url).map(commitOf), headers: link(url, found.length, 30) }
}

function listComments(subject: Subject, url: URL): Answer {
  const value = pageOf(subject.comments, url).map((comment) => commentOf(subject, comment))
  return { value, headers: link(url, subject.comments.length, 30) }
}

function listLineComments(subject: Subject, url: URL): Answer {
  const lines = subject.reviews.flatMap((review) => review.lines)
  const value = pageOf(lines, url).map((line) => lineCommentOf(subject, line))
  return { value, headers: link(url, lines.length, 30) }
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
  return profileOf(known ?? { login: viewer, id: 1_499_999 })
}
