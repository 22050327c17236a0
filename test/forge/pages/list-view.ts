import type { ListView } from '../react/views.ts'
import { find, parseQuery, valuesOf } from '../world/query.ts'
import type { World } from '../world/world.ts'
import { rowViewOf } from './row-view.ts'

export interface ListRequest {
  form: 'issues' | 'pulls'
  heading: string
  path: string
  keep?: string | null
  repo: string | null
  /** As typed, or what the page shows when nothing was. */
  query: string
  /** What the page adds without showing it, such as `label:bug` on a label page. */
  scope?: string
  page: number
  /** Rows on a page; as many as GitHub's by default. */
  size?: number
  viewer: string | null
}

const usualSize = 25

/** One page of a list, with the counts of both tabs. */
export function listViewOf(world: World, request: ListRequest): ListView {
  const scope = `${request.repo ? `repo:${request.repo} ` : ''}${request.scope ?? ''} `
  const search = (text: string) => find(world, parseQuery(scope + text), request.viewer ?? '')
  const stateless = request.query.replaceAll(/\b(?:is|state):(?:open|closed|merged)\b/g, '')
  const found = search(request.query)
  const pageSize = request.size ?? usualSize
  const first = (request.page - 1) * pageSize
  const plain =
    request.page === 1 && request.repo && valuesOf(parseQuery(request.query), 'is').length < 2
  const spare = found[first + pageSize + 3] ?? found.at(-1)
  const repository = request.repo ? world.repositories.get(request.repo) : undefined
  return {
    route: 'list',
    form: request.form,
    dashboard: request.repo === null,
    heading: request.heading,
    repo: request.repo,
    path: request.path,
    keep: request.keep ?? null,
    query: request.query,
    open: search(`${stateless} is:open`).length,
    closed: search(`${stateless} is:closed`).length,
    page: request.page,
    pages: Math.max(1, Math.ceil(found.length / pageSize)),
    rows: found.slice(first, first + pageSize).map(rowViewOf),
    pinned:
      request.form === 'issues' && plain
        ? search('is:issue sort:comments-desc').slice(0, 3).map(rowViewOf)
        : [],
    spare: spare ? rowViewOf(spare) : null,
    viewer: request.viewer,
    authors: world.accounts.slice(0, 8).map(({ login }) => login),
    labelNames: (repository?.labels ?? []).slice(0, 8).map(({ name }) => name),
  }
}
