import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { parseSubject, type SubjectId } from '#shared/subject'
import { fakeContext, type FakeContext } from './fake-context.ts'
import { readStatus } from './read-status.ts'
import { refreshReactions } from './refresh-reactions.ts'
import { setForgeToken } from './set-forge-token.ts'

const subject = (n: number) => parseSubject(`github.com/o/r#${n}`) as SubjectId
const shown = [1, 2, 3].map(subject)
const view = { repository: 'github.com/o/r', query: 'is:issue state:open', page: 1 }
const MINUTE = 60_000

interface Forge {
  context: FakeContext
  urls: string[]
  headers: Headers[]
  reply: () => Response
}

/** A forge that knows subjects 1 and 2. */
function forge(remaining = 9): Forge {
  const it: Forge = {
    urls: [],
    headers: [],
    reply: () => items(remaining),
    context: fakeContext(async (input, init) => {
      it.urls.push(String(input))
      it.headers.push(new Headers(init?.headers))
      await Promise.resolve()
      return it.reply()
    }),
  }
  return it
}

function items(remaining: number, hearts = 1): Response {
  const list = [1, 2].map((number) => ({
    html_url: `https://github.com/o/r/issues/${number}`,
    created_at: '2026-01-01T00:00:00Z',
    reactions: { heart: hearts },
  }))
  return Response.json({ items: list }, { headers: { ...limits(remaining), etag: '"e"' } })
}

const limits = (remaining: number, resetAt = Date.UTC(2026, 9, 1, 1)) => ({
  'x-ratelimit-limit': '10',
  'x-ratelimit-remaining': String(remaining),
  'x-ratelimit-reset': String(resetAt / 1000),
})

test('a list view is one request, and what changed is told', async () => {
  const { context, urls } = forge()
  expect(await refreshReactions(context, { subjects: shown, view })).toEqual([
    subject(1),
    subject(2),
  ])
  expect(urls).toHaveLength(1)
})

test('what the list’s answer does not hold is not asked for again, and not one by one', async () => {
  const { context, urls } = forge()
  await refreshReactions(context, { subjects: shown, view })
  context.clock.time += 4 * MINUTE
  await refreshReactions(context, { subjects: shown, view })
  expect(urls).toHaveLength(1)
})

test('what was seen in one list is fresh in the next', async () => {
  const { context, urls } = forge()
  await refreshReactions(context, { subjects: shown, view })
  const other = { ...view, query: 'is:issue label:x' }
  await refreshReactions(context, { subjects: shown.slice(0, 2), view: other })
  await refreshReactions(context, { subjects: [subject(1)] })
  expect(urls).toHaveLength(1)
})

test('after five minutes it asks again, with the etag; an unchanged answer is fresh again', async () => {
  const it = forge()
  await refreshReactions(it.context, { subjects: shown, view })
  it.context.clock.time += 6 * MINUTE
  it.reply = () => new Response(null, { status: 304, headers: limits(9) })
  expect(await refreshReactions(it.context, { subjects: shown, view })).toEqual([])
  expect(it.headers[1]?.get('if-none-match')).toBe('"e"')
  it.context.clock.time += 4 * MINUTE
  await refreshReactions(it.context, { subjects: [subject(1)] })
  expect(it.urls).toHaveLength(2)
})

test('when more than half of the limit is spent, scores may be half an hour old', async () => {
  const it = forge(4)
  await refreshReactions(it.context, { subjects: shown, view })
  it.context.clock.time += 20 * MINUTE
  await refreshReactions(it.context, { subjects: shown, view })
  expect(it.urls).toHaveLength(1)
  it.context.clock.time += 11 * MINUTE
  await refreshReactions(it.context, { subjects: shown, view })
  expect(it.urls).toHaveLength(2)
})

test('while a limit is spent nothing is asked of it, and the status says until when', async () => {
  const it = forge()
  it.reply = () => new Response('', { status: 403, headers: limits(0) })
  await refreshReactions(it.context, { subjects: shown, view })
  it.context.clock.time += 31 * MINUTE
  await refreshReactions(it.context, { subjects: shown, view: { ...view, page: 2 } })
  expect(it.urls).toHaveLength(1)
  expect((await readStatus(it.context)).forge.problem).toMatch(/for visitors is spent until/)
  it.reply = () => items(9)
  await refreshReactions(it.context, { subjects: [subject(1)] })
  expect(it.urls, 'the other limit is its own').toHaveLength(2)
  it.context.clock.time += 31 * MINUTE
  await refreshReactions(it.context, { subjects: shown, view })
  expect(it.urls).toHaveLength(3)
  expect((await readStatus(it.context)).forge.problem).toBeUndefined()
})

test('pages that ask for the same at once share one request', async () => {
  const { context, urls } = forge()
  await Promise.all([1, 2, 3].map(() => refreshReactions(context, { subjects: shown, view })))
  expect(urls).toHaveLength(1)
})

test('a refusal is not asked for again at every page view', async () => {
  const it = forge()
  it.reply = () => Response.json({}, { status: 422 })
  await refreshReactions(it.context, { subjects: shown, view })
  await refreshReactions(it.context, { subjects: shown, view })
  expect(it.urls).toHaveLength(1)
})

test('a token that the forge refuses is said to be refused and not sent again', async () => {
  const it = forge()
  await setForgeToken(it.context, 'ghp_0123456789abcdefghij')
  it.reply = () => Response.json({}, { status: 401 })
  await refreshReactions(it.context, { subjects: shown, view })
  it.reply = () => items(9)
  await refreshReactions(it.context, { subjects: shown, view })
  expect(it.headers.map((headers) => headers.has('authorization'))).toEqual([true, false])
  expect((await readStatus(it.context)).forge).toMatchObject({
    hasToken: true,
    problem: expect.stringContaining('does not accept') as string,
  })
})

test('a line that was down is tried again at the next view', async () => {
  const it = forge()
  it.reply = () => {
    throw new TypeError('Failed to fetch')
  }
  await refreshReactions(it.context, { subjects: shown, view })
  it.reply = () => items(9)
  expect(await refreshReactions(it.context, { subjects: shown, view })).toHaveLength(2)
})
