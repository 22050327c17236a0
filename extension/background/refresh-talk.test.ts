import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { parseSubject, type SubjectId } from '#shared/subject'
import { fakeContext } from './fake-context.ts'
import { noteAgreed } from './note-agreed.ts'
import { keepUnfolded, readTalk, refreshTalk } from './read-talk.ts'
import { refreshReactions } from './refresh-reactions.ts'
import { refreshTalkReactions } from './refresh-talk.ts'
import { seenScores } from './seen-scores.ts'

const ISSUE = 'github.com/o/r#5'
const id = (text: string) => parseSubject(text) as SubjectId
const comment = (n: number) => id(`${ISSUE}/issuecomment-${n}`)
const line = (n: number) => id(`${ISSUE}/discussion_r${n}`)
const MINUTE = 60_000

/** A forge with comments 1 to `count` on the issue, a hundred a page, and two on lines. */
function forge(count: number) {
  const urls: string[] = []
  const tags: (string | null)[] = []
  const context = fakeContext(async (input, init) => {
    const url = new URL(String(input))
    urls.push(url.pathname + url.search)
    const etag = new Headers(init?.headers).get('if-none-match')
    tags.push(etag)
    await Promise.resolve()
    if (etag) return new Response(null, { status: 304 })
    const isLine = url.pathname.includes('/pulls/')
    const all = isLine ? [1, 2] : Array.from({ length: count }, (_, at) => at + 1)
    const page = Number(url.searchParams.get('page'))
    const last = Math.ceil(all.length / 100)
    const items = all.slice((page - 1) * 100, page * 100).map((n) => ({
      html_url: `https://github.com/o/r/${isLine ? 'pull/5#discussion_r' : 'issues/5#issuecomment-'}${n}`,
      body: 'x',
      reactions: { '+1': n },
    }))
    const link = `<https://api.github.com/x?per_page=100&page=${last}>; rel="last"`
    return Response.json(items, { headers: { etag: '"e"', ...(page < last && { link }) } })
  })
  return { context, urls, tags }
}

const path = (page: number, kind = 'issues') =>
  `/repos/o/r/${kind}/5/comments?per_page=100&page=${page}`

test('one request answers for a conversation of a hundred comments', async () => {
  const { context, urls } = forge(100)
  const shown = [1, 50, 100].map(comment)
  expect(await refreshTalkReactions(context, shown)).toContain(comment(50))
  expect(urls).toEqual([path(1)])
  const { scores } = await readTalk(context, shown)
  expect(scores[comment(50)]).toMatchObject({ reactions: { '+1': 50 }, reactionsKnown: true })
  await refreshTalkReactions(context, shown)
  expect(urls).toHaveLength(1)
})

test('both ends of a long conversation take two requests, its middle the others', async () => {
  const { context, urls } = forge(300)
  await refreshTalkReactions(context, [1, 15, 286, 300].map(comment))
  expect(urls).toEqual([path(1), path(3)])
  await refreshTalkReactions(context, [1, 150, 300].map(comment))
  expect(urls).toEqual([path(1), path(3), path(2)])
})

test('after five minutes it asks again, with the etag', async () => {
  const { context, urls, tags } = forge(300)
  await refreshTalkReactions(context, [1, 300].map(comment))
  context.clock.time += 6 * MINUTE
  expect(await refreshTalkReactions(context, [1, 300].map(comment))).toEqual([])
  expect(urls).toEqual([path(1), path(3), path(1), path(3)])
  expect(tags).toEqual([null, null, '"e"', '"e"'])
})

test('comments on lines are another request, and reviews none', async () => {
  const { context, urls } = forge(3)
  const review = id(`${ISSUE}/pullrequestreview-7`)
  await refreshTalkReactions(context, [review])
  expect(urls).toEqual([])
  await refreshTalkReactions(context, [review, line(1), line(2), comment(1)])
  expect(urls).toEqual([path(1), path(1, 'pulls')])
})

test('a comment that is nowhere spends no more than ten requests', async () => {
  const { context, urls } = forge(2500)
  await refreshTalkReactions(context, [comment(9999)])
  expect(urls).toHaveLength(10)
  expect(urls[1]).toBe(path(25))
})

test('a limit that is spent is left alone', async () => {
  const asked: string[] = []
  const context = fakeContext(async (input) => {
    asked.push(String(input))
    await Promise.resolve()
    return new Response('rate limit', {
      status: 403,
      headers: {
        'x-ratelimit-remaining': '0',
        'x-ratelimit-limit': '60',
        'x-ratelimit-reset': String(Date.UTC(2026, 9, 1, 1) / 1000),
      },
    })
  })
  await refreshTalkReactions(context, [comment(1)])
  await refreshTalkReactions(context, [comment(1), line(2)])
  expect(asked).toHaveLength(1)
})

test('what was said is on no shelf, where it would crowd out the rows of lists', async () => {
  const { context } = forge(100)
  await refreshTalk(context, [comment(1)])
  expect([...context.shelf.keys()].filter((key) => key.startsWith('shelf:'))).toEqual([])
})

test('what was unfolded is remembered', async () => {
  const { context } = forge(3)
  await keepUnfolded(context, comment(2))
  expect((await readTalk(context, [1, 2, 3].map(comment))).unfolded).toEqual([comment(2)])
})

test('people who only wrote +1 count as reactions, also where the forge is asked later', async () => {
  const context = fakeContext(async () =>
    Response.json({ html_url: 'https://github.com/o/r/issues/5', reactions: { '+1': 2 } }),
  )
  const subject = id(ISSUE)
  const thumbs = async () => (await seenScores(context, [subject]))[subject]?.reactions['+1']
  expect(await noteAgreed(context, { subject, people: 3, isAll: false })).toBe(true)
  expect(await thumbs()).toBe(3)
  expect((await seenScores(context, [subject]))[subject]?.reactionsKnown).toBe(false)
  expect(await refreshReactions(context, { subjects: [subject] })).toEqual([subject])
  expect(await thumbs()).toBe(5)
  expect(await noteAgreed(context, { subject, people: 1, isAll: false })).toBe(false)
  expect(await noteAgreed(context, { subject, people: 1, isAll: true })).toBe(true)
  expect(await thumbs()).toBe(3)
})
