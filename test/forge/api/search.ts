import { find, parseQuery, valuesOf } from '../world/query.ts'
import type { World } from '../world/world.ts'
import { ApiError } from './api-error.ts'
import { issueOf } from './shapes.ts'

const sorts = ['comments', 'created', 'updated', 'interactions', 'reactions']

/** `GET /search/issues`: at most a thousand results can be paged through. */
export function searchIssues(world: World, parameters: URLSearchParams, viewer: string | null) {
  const text = parameters.get('q') ?? ''
  const query = parseQuery(text)
  if (!text.trim()) throw invalid('q', 'missing')
  const me = query.terms.some(({ value }) => value === '@me')
  const unknown = valuesOf(query, 'repo').some(
    (name) => !world.repositories.has(name.toLowerCase()),
  )
  if (unknown || (me && viewer === null)) {
    const message =
      'The listed users and repositories cannot be searched either because the resources do not exist or you do not have permission to view them.'
    throw invalid('q', 'invalid', message)
  }
  const perPage = Math.min(100, Number(parameters.get('per_page')) || 30)
  const page = Math.max(1, Number(parameters.get('page')) || 1)
  if ((page - 1) * perPage >= 1000)
    throw new ApiError(422, 'Only the first 1000 search results are available')
  const sort = parameters.get('sort')
  if (sort && !sorts.includes(sort.replace(/-(?!$).*$/, ''))) throw invalid('sort', 'invalid')
  if (sort) {
    query.terms = query.terms.filter(({ name }) => name !== 'sort')
    query.terms.push({
      name: 'sort',
      value: `${sort}-${parameters.get('order') ?? 'desc'}`,
      not: false,
    })
  }
  const found = find(world, query, viewer ?? '')
  const items = found
    .slice((page - 1) * perPage, page * perPage)
    .map((subject) => ({ ...issueOf(subject), score: 1 }))
  return {
    value: { total_count: found.length, incomplete_results: false, search_type: 'lexical', items },
    total: Math.min(1000, found.length),
  }
}

function invalid(field: string, code: string, message?: string): ApiError {
  const error = { ...(message && { message }), resource: 'Search', field, code }
  return new ApiError(422, 'Validation Failed', [error])
}
