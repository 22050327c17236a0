import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import type { Value } from '#shared/vote'
import { castVote } from './cast-vote.ts'
import { fakeContext, SERVER } from './fake-context.ts'
import { fakeServer } from './fake-server.ts'
import { sendOutbox, sendOutboxNow } from './outbox.ts'
import { seenScores } from './seen-scores.ts'
import { setServer } from './set-server.ts'
import { signInLocally, signOut } from './sign-in.ts'
import { one, reasons, signedIn, subject, vote } from './fake-voter.ts'

test('a vote leaves the outbox with its receipt and brings the new score', async () => {
  const server = fakeServer()
  server.contributors.add('ann')
  const context = await signedIn(server)
  const cast = vote(one, 1)
  const foretold = await castVote(context, cast)
  expect(foretold).toMatchObject({ mine: 1, waiting: true, others: { up: 1 } })
  await sendOutbox(context)
  expect(await context.store.outbox.count()).toBe(0)
  expect((await context.store.votes.get(one))?.delivered).toEqual({
    server: SERVER,
    login: 'ann',
    receipt: 0,
    voter: 'contributor',
  })
  const scores = await seenScores(context, [one])
  expect(scores[one]).toMatchObject({ mine: 1, waiting: false, contributors: { up: 1, down: 0 } })
  expect(context.told.findLast(({ name }) => name === 'scoresChanged')?.told).toEqual(scores)
})

test('twenty fast toggles end in the last state, and each vote arrives once', async () => {
  const server = fakeServer()
  const context = await signedIn(server)
  const values: Value[] = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? 1 : 0))
  const work = values.map(async (value) => {
    await castVote(context, vote(one, value))
    await sendOutbox(context)
  })
  await Promise.all(work)
  expect(server.log.map(({ value }) => value)).toEqual(values)
  expect(server.cast.flat(), 'and is sent once').toHaveLength(20)
  expect((await seenScores(context, [one]))[one]).toMatchObject({ mine: 0, waiting: false })
})

test('the same click twice is one vote', async () => {
  const context = fakeContext(fakeServer().fetch)
  const cast = vote(one, 1)
  await Promise.all([castVote(context, cast), castVote(context, cast)])
  expect(await context.store.outbox.count()).toBe(1)
})

test('a click that is told again after a later one does not come back', async () => {
  const context = fakeContext(fakeServer().fetch)
  const [first, later] = [vote(one, 1), vote(one, -1)]
  for (const cast of [first, later, first]) await castVote(context, cast)
  expect(await context.store.outbox.count()).toBe(2)
  expect((await seenScores(context, [one]))[one]?.mine).toBe(-1)
})

test('250 votes travel in order, a hundred at a time', async () => {
  const server = fakeServer()
  const context = await signedIn(server)
  const all = Array.from({ length: 250 }, (_, i) => vote(subject(i + 1), 1))
  for (const cast of all) await castVote(context, cast)
  await sendOutbox(context)
  expect(server.cast.map((batch) => batch.length)).toEqual([100, 100, 50])
  expect(server.log.map(({ id }) => id)).toEqual(all.map(({ id }) => id))
})

test('an answer that is lost is asked for again and counts once', async () => {
  const server = fakeServer()
  const context = await signedIn(server)
  await castVote(context, vote(one, 1))
  server.fault = () => 'lost'
  await sendOutbox(context)
  expect(await context.store.outbox.count()).toBe(1)
  server.fault = () => undefined
  await sendOutboxNow(context)
  expect(server.log).toHaveLength(1)
  expect(await context.store.outbox.count()).toBe(0)
})

test('votes cast as somebody are sent as nobody else', async () => {
  const server = fakeServer()
  const context = await signedIn(server, 'ann')
  await castVote(context, vote(one, 1))
  await signOut(context)
  expect(await reasons(context)).toEqual(['Sign in to send it.'])
  await signInLocally(context, 'bob')
  await castVote(context, vote(subject(2), -1))
  await sendOutbox(context)
  expect(server.log.map(({ login, subject }) => [login, subject])).toEqual([['bob', subject(2)]])
  expect(await reasons(context)).toEqual(['It was cast as ann. Sign in as ann to send it.'])
  expect((await seenScores(context, [one]))[one]?.mine).toBe(0)
  await signInLocally(context, 'ann')
  await sendOutbox(context)
  expect(server.log.map(({ login }) => login)).toEqual(['bob', 'ann'])
})

test('votes cast while signed out belong to whoever signs in first, even if sending failed', async () => {
  const server = fakeServer()
  const context = fakeContext(server.fetch)
  await castVote(context, vote(one, 1))
  await sendOutbox(context)
  expect(server.requests).toEqual([])
  await signInLocally(context, 'ann')
  server.fault = () => 'lost'
  await sendOutbox(context)
  server.fault = () => undefined
  await signInLocally(context, 'bob')
  await sendOutbox(context)
  expect(server.log.map(({ login }) => login)).toEqual(['ann'])
  await signInLocally(context, 'ann')
  await sendOutbox(context)
  expect(server.log.map(({ login }) => login)).toEqual(['ann'])
  expect(await context.store.outbox.count()).toBe(0)
})

test('without a server votes wait, and are sent once there is one', async () => {
  const server = fakeServer()
  const context = fakeContext(server.fetch)
  await setServer(context, undefined)
  await castVote(context, vote(one, 1))
  await sendOutbox(context)
  expect((await seenScores(context, [one]))[one]).toMatchObject({ mine: 1, others: { up: 1 } })
  await setServer(context, SERVER)
  await signInLocally(context, 'ann')
  await sendOutbox(context)
  expect(server.log).toHaveLength(1)
})
