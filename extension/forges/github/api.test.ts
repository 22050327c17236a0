import { describe, expect, test } from 'vitest'
import { parseSubject, type SubjectId } from '#shared/subject'
import { askGitHub, listRequestOf, subjectRequestOf } from './api.ts'

const view = (query: string, more = {}) => ({
  repository: 'github.com/o/r',
  query,
  page: 1,
  ...more,
})

function searched(query: string, more = {}, viewer?: string, hasToken = false) {
  const request = listRequestOf(view(query, more), viewer, hasToken)
  return request && Object.fromEntries(new URL(request.url).searchParams)
}

describe('the request for a list', () => {
  test('asks what the page asks, newest first, as many as the page shows', () => {
    expect(listRequestOf(view('is:issue state:open'), undefined, false)?.resource).toBe('search')
    expect(searched('is:issue state:open', { page: 3 })).toEqual({
      q: 'repo:o/r is:issue state:open',
      sort: 'created',
      order: 'desc',
      per_page: '25',
      page: '3',
    })
  })

  test.each([
    ['sort:updated-asc', 'updated', 'asc'],
    ['sort:comments', 'comments', 'desc'],
    ['sort:reactions-+1-desc', 'reactions-+1', 'desc'],
    ['sort:reactions--1-asc', 'reactions--1', 'asc'],
    ['sort:Interactions-desc', 'interactions', 'desc'],
    ['sort:relevance-desc', undefined, undefined],
  ])('takes %s out of the query', (word, sort, order) => {
    expect(searched(`is:pr ${word} "sort: me"`)).toMatchObject({ q: 'repo:o/r is:pr "sort: me"' })
    const { sort: by, order: to } = searched(`is:pr ${word}`) ?? {}
    expect([by, to]).toEqual([sort, order])
  })

  test('names the viewer, and asks nothing when nobody knows who that is', () => {
    const mine = 'is:pr author:@me label:"hi @me" assignee:bob,@me'
    expect(searched(mine)).toBeUndefined()
    expect(searched(mine, {}, 'ann')?.['q']).toBe(
      'repo:o/r is:pr author:ann label:"hi @me" assignee:bob,ann',
    )
    expect(searched(mine, {}, undefined, true)?.['q']).toContain('author:@me')
  })

  test('keeps alternatives inside the repository', () => {
    expect(searched('is:issue label:a OR label:b')?.['q']).toBe(
      'repo:o/r (is:issue label:a OR label:b)',
    )
  })

  test('spans repositories where the page does', () => {
    expect(searched('is:open author:bob', { repository: undefined })?.['q']).toBe(
      'is:open author:bob',
    )
  })

  test('asks for a milestone by its number', () => {
    const request = listRequestOf(view('is:closed', { milestone: 7, page: 5 }), undefined, false)
    expect(request).toEqual({
      url: 'https://api.github.com/repos/o/r/issues?milestone=7&state=closed&per_page=100&page=2',
      resource: 'core',
    })
  })

  test.each([
    ['beyond what search answers', { page: 41 }],
    ['of another host', { repository: 'gitlab.com/o/r' }],
    ['of no repository', { repository: 'github.com/o/r/../../user' }],
  ])('there is none %s', (_, more) => {
    expect(searched('is:issue', more)).toBeUndefined()
  })
})

const urlOf = (id: string) => subjectRequestOf(parseSubject(id) as SubjectId)?.url

test('a subject is one request; what is said in it, or elsewhere, is none', () => {
  expect(urlOf('github.com/o/r#5')).toBe('https://api.github.com/repos/o/r/issues/5')
  expect(urlOf('github.com/o/r#5/issuecomment-1')).toBeUndefined()
  expect(urlOf('codeberg.org/o/r#5')).toBeUndefined()
})

const request = { url: 'https://api.github.com/x', resource: 'core' as const }
const NOW = Date.UTC(2026, 9, 1)

async function asked(response: Response | Error, token?: string) {
  let init: RequestInit | undefined
  const fetch = async (_: unknown, given?: RequestInit) => {
    init = given
    if (response instanceof Error) throw response
    return response
  }
  const answer = await askGitHub(request, { fetch, now: () => NOW, token, etag: '"e"' })
  return { answer, headers: new Headers(init?.headers) }
}

const limits = (remaining: number, more = {}) => ({
  'x-ratelimit-limit': '60',
  'x-ratelimit-remaining': String(remaining),
  'x-ratelimit-reset': String(NOW / 1000 + 600),
  ...more,
})

describe('an answer', () => {
  test('becomes subjects with reactions, dates and kinds', async () => {
    const items = [
      {
        html_url: 'https://github.com/O/R/pull/5',
        created_at: '2026-01-02T03:04:05Z',
        pull_request: {},
        reactions: { '+1': 3, '-1': 0, heart: 2, total_count: 5, url: 'x' },
      },
      { html_url: 'https://github.com/o/r/issues/6' },
    ]
    const { answer, headers } = await asked(
      Response.json({ items }, { headers: limits(59, { etag: '"f"' }) }),
    )
    expect(answer).toEqual({
      items: [
        {
          subject: 'github.com/o/r#5',
          reactions: { '+1': 3, heart: 2 },
          createdAt: Date.UTC(2026, 0, 2, 3, 4, 5),
        },
        { subject: 'github.com/o/r#6', reactions: {}, createdAt: undefined },
      ],
      etag: '"f"',
      spending: { resource: 'core', limit: 60, remaining: 59, resetAt: NOW + 600_000 },
    })
    expect(headers.get('if-none-match')).toBe('"e"')
    expect(headers.get('x-github-api-version')).toBe('2022-11-28')
    expect(headers.has('authorization')).toBe(false)
  })

  test('carries the token only when there is one', async () => {
    const { headers } = await asked(Response.json([]), 't'.repeat(20))
    expect(headers.get('authorization')).toBe(`Bearer ${'t'.repeat(20)}`)
  })

  test.each([
    null,
    7,
    'text',
    {},
    { html_url: 5 },
    { html_url: 'https://evil.example/o/r/issues/1' },
    { html_url: 'javascript:alert(1)' },
    { html_url: 'https://github.com/o/r/issues/1#issuecomment-9' },
    { html_url: `https://github.com/${'o'.repeat(5000)}/r/issues/1` },
    [[{ html_url: 'https://github.com/o/r/issues/1' }]],
  ])('drops what is no subject of ours: %j', async (item) => {
    const { answer } = await asked(Response.json({ items: [item] }))
    expect(answer).toMatchObject({ items: [] })
  })

  test.each([-1, 1.5, 1e300, '3', null, { toString: 'x' }])(
    'takes no reaction count that is none: %j',
    async (count) => {
      const item = {
        html_url: 'https://github.com/o/r/issues/1',
        created_at: 'yesterday',
        reactions: { '+1': count, heart: 1, __proto__: { rocket: 4 } },
      }
      const { answer } = await asked(Response.json([item]))
      expect(answer).toMatchObject({ items: [{ reactions: { heart: 1 }, createdAt: undefined }] })
    },
  )

  test('that did not change says so', async () => {
    const { answer } = await asked(new Response(null, { status: 304, headers: limits(12) }))
    expect(answer).toMatchObject({ unchanged: true, spending: { remaining: 12 } })
  })

  test.each([
    ['spent', 403, limits(0), '', 600_000],
    ['the secondary limit', 403, limits(30, { 'retry-after': '90' }), '', 90_000],
    ['too many', 429, {}, '', 60_000],
    ['the secondary limit in words', 403, limits(30), 'secondary rate limit', 60_000],
  ])('that refuses (%s) leaves nothing until then', async (_, status, headers, text, wait) => {
    const { answer } = await asked(new Response(text, { status, headers }))
    expect(answer.spending).toMatchObject({ remaining: 0, resetAt: NOW + wait })
    expect(answer).toMatchObject({ trouble: expect.stringContaining('spent') as string })
  })

  test.each([
    [new Response('<html>', { status: 200 }), /could not be read/],
    [Response.json({ hello: 1 }), /could not be read/],
    [Response.json({}, { status: 404 }), /private/],
    [Response.json({}, { status: 401 }), /token/],
    [new Response('', { status: 502 }), /502/],
    [new TypeError('Failed to fetch'), /did not answer/],
  ])('that is no use is a trouble in words', async (response, words) => {
    const { answer } = await asked(response)
    expect('trouble' in answer && answer.trouble).toMatch(words)
  })
})
