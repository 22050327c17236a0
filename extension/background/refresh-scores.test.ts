import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { parseSubject, type SubjectId } from '#shared/subject'
import { ownCalls } from './calls.ts'
import { castVote } from './cast-vote.ts'
import { fakeContext, SERVER } from './fake-context.ts'
import { ABOUT, fakeServer, problemReply } from './fake-server.ts'
import { one, subject } from './fake-voter.ts'
import { sendOutbox } from './outbox.ts'
import { readScores, refreshShown } from './read-scores.ts'
import { readStatus } from './read-status.ts'
import { refreshScores } from './refresh-scores.ts'
import { seenScores } from './seen-scores.ts'
import { sessionAt } from './session.ts'
import { setServer } from './set-server.ts'
import { signInLocally } from './sign-in.ts'

const MINUTE = 60_000
const vote = (value: 1 | -1 | 0) => ({ id: crypto.randomUUID(), subject: one, value, castAt: 0 })
const scoreRequests = (requests: string[]) =>
  requests.filter((line) => line.endsWith('/v1/scores')).length

test('what is older than three minutes is asked for, 200 subjects at a time', async () => {
  const server = fakeServer()
  const context = fakeContext(server.fetch)
  const all = Array.from({ length: 250 }, (_, i) => subject(i + 1))
  expect(await refreshScores(context, [...all, ...all])).toHaveLength(250)
  expect(server.requests).toEqual(['GET /v1/about', 'POST /v1/scores', 'POST /v1/scores'])
  context.clock.time += MINUTE
  expect(await refreshScores(context, all)).toEqual([])
  expect(scoreRequests(server.requests)).toBe(2)
  context.clock.time += 3 * MINUTE
  expect(await refreshScores(context, all), 'none changed').toEqual([])
  expect(scoreRequests(server.requests)).toBe(4)
})

test('what was stored before the clock was set back is asked for again, and replaced', async () => {
  const server = fakeServer()
  const context = fakeContext(server.fetch)
  context.clock.time += 365 * 24 * 3_600_000
  await refreshScores(context, [one])
  context.clock.time -= 365 * 24 * 3_600_000
  server.log.push({ id: 'x', subject: one, value: 1, castAt: 0, login: 'bob' })
  expect(await refreshScores(context, [one])).toEqual([one])
  expect(server.requests.filter((each) => each.endsWith('/v1/scores'))).toHaveLength(2)
  expect(await refreshScores(context, [one])).toEqual([])
})

test('who signs in is asked for anew', async () => {
  const server = fakeServer()
  server.log.push({ ...vote(1), login: 'ann' })
  const context = fakeContext(server.fetch)
  await refreshScores(context, [one])
  expect((await seenScores(context, [one]))[one]).toMatchObject({ mine: 0, others: { up: 1 } })
  await signInLocally(context, 'ann')
  await refreshScores(context, [one])
  expect((await seenScores(context, [one]))[one]).toMatchObject({ mine: 1, others: { up: 1 } })
})

test('a session that the server ended is forgotten; a late refusal of an old one ends no other', async () => {
  const server = fakeServer()
  const context = fakeContext(server.fetch)
  await signInLocally(context, 'ann')
  const tokenOf = async () => (await sessionAt(context.store, SERVER, 0))?.token ?? ''
  server.ended.add(await tokenOf())
  const answers = context.fetch
  context.fetch = async (input, init) => {
    const reply = await answers(input, init)
    if (String(input).endsWith('/v1/scores')) await signInLocally(context, 'bob')
    return reply
  }
  await refreshScores(context, [one])
  expect((await readStatus(context)).person).toBe('bob')
  context.fetch = answers
  server.ended.add(await tokenOf())
  await refreshScores(context, [one])
  expect((await readStatus(context)).person).toBeUndefined()
  expect(context.told.map(({ name }) => name)).toContain('statusChanged')
})

test('an answer that was on its way while a vote arrived does not undo the vote', async () => {
  const server = fakeServer()
  let release: (() => void) | undefined
  const gate = new Promise<void>((resolve) => (release = resolve))
  const context = fakeContext(async (input, init) => {
    const reply = await server.fetch(input, init)
    if (String(input).endsWith('/v1/scores')) await gate
    return reply
  })
  await signInLocally(context, 'ann')
  const reading = refreshScores(context, [one])
  while (scoreRequests(server.requests) === 0)
    await new Promise((resolve) => setTimeout(resolve, 1))
  await castVote(context, vote(1))
  await sendOutbox(context)
  release?.()
  await reading
  expect((await seenScores(context, [one]))[one]).toMatchObject({ mine: 1, others: { up: 1 } })
})

test('a server answers only for the forges that it keeps, and only for what it was asked', async () => {
  const server = fakeServer()
  const context = fakeContext(server.fetch)
  const elsewhere = parseSubject('codeberg.org/o/r#1') as SubjectId
  expect(await refreshScores(context, [elsewhere])).toEqual([])
  expect(scoreRequests(server.requests)).toBe(0)
  server.fault = (path) =>
    path === '/v1/scores'
      ? Response.json({ scores: { [subject(9)]: server.score(subject(9), undefined) } })
      : undefined
  expect(await refreshScores(context, [one])).toEqual([])
  expect(await context.store.scores.count()).toBe(0)
})

test('a server that failed is left alone for half a minute, then votes hurry', async () => {
  const server = fakeServer()
  const context = fakeContext(server.fetch)
  await signInLocally(context, 'ann')
  await castVote(context, vote(1))
  server.fault = () => 'unreached'
  for (let i = 0; i < 8; i++) {
    await sendOutbox(context)
    context.clock.time = context.wakesAt ?? 0
  }
  await sendOutbox(context)
  const before = server.requests.length
  server.fault = () => undefined
  await refreshShown(context, { subjects: [subject(2)] })
  expect(server.requests).toHaveLength(before)
  context.clock.time += MINUTE / 2
  await refreshShown(context, { subjects: [subject(2)] })
  expect(server.log).toHaveLength(1)
})

test('a page gets what is here at once, and the orders that the server can rank by', async () => {
  const server = fakeServer()
  const context = fakeContext(server.fetch)
  const before = await readScores(context, { subjects: [one] })
  expect(before.orders).toEqual([])
  expect(before.scores[one]).toMatchObject({ votesKnown: false })
  await refreshShown(context, { subjects: [one] })
  expect((await readScores(context, { subjects: [one] })).orders).toEqual(ABOUT.orders)
  expect(context.told).toMatchObject([
    { name: 'scoresChanged', told: { [one]: { votesKnown: true } } },
  ])
})

test('an address is kept only when a Forgemoot answers there', async () => {
  const server = fakeServer()
  const context = fakeContext(server.fetch)
  const refusals: [string, RegExp][] = [
    ['https://other.example', /cannot be reached/],
    ['http://moot.example', /unencrypted/],
    ['ftp://moot.example', /not an address/],
    ['https://', /not an address/],
  ]
  for (const [address, words] of refusals)
    await expect(setServer(context, address)).rejects.toThrow(words)
  server.fault = () => Response.json({ name: 'something' })
  await expect(setServer(context, SERVER)).rejects.toThrow(/not a Forgemoot/)
  server.fault = () => Response.json({ ...ABOUT, contract: 99 })
  await expect(setServer(context, SERVER)).rejects.toThrow(/Update this extension/)
  server.fault = () => undefined
  await setServer(context, 'moot.example/some/path?x#y')
  expect((await readStatus(context)).server).toMatchObject({
    address: SERVER,
    about: { version: '1.2.3' },
  })
  await setServer(context, ' ')
  expect((await readStatus(context)).server.address).toBeUndefined()
})

test.each(['unauthenticated', 'forbidden', 'bad-request', 'method-not-allowed', 'busy'] as const)(
  'whoever looks at the status asks a server that says %s once, not again and again',
  async (type) => {
    const server = fakeServer()
    const context = fakeContext(server.fetch)
    server.fault = () => problemReply(type)
    const { readStatus } = ownCalls(async () => undefined)
    for (let looks = 0; looks < 5; looks++) {
      await readStatus.answer(undefined, context)
      await context.settled()
    }
    expect(server.requests).toEqual(['GET /v1/about'])
    expect(context.told).toEqual([{ name: 'statusChanged', told: undefined }])
  },
)
