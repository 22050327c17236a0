import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { parseSubject, type SubjectId } from '#shared/subject'
import type { Reason, Vote } from '#shared/vote'
import { castVote } from './cast-vote.ts'
import { exportVotes } from './export-votes.ts'
import { fakeContext, SERVER } from './fake-context.ts'
import { fakeServer } from './fake-server.ts'
import { importVotes } from './import-votes.ts'
import { sendOutbox, sendOutboxNow } from './outbox.ts'
import { readReasons } from './read-reasons.ts'
import { readTalk } from './read-talk.ts'
import { setServer } from './set-server.ts'
import { signInLocally, signOut } from './sign-in.ts'
import { writeFact } from './store.ts'

const one = parseSubject('github.com/o/r#1/issuecomment-2') as SubjectId

const against = (reason?: Reason): Vote => ({
  id: crypto.randomUUID(),
  subject: one,
  value: -1,
  castAt: Date.UTC(2026, 8, 1),
  reason,
})

async function signedIn(server = fakeServer(), login = 'ann') {
  const context = fakeContext(server.fetch)
  await setServer(context, SERVER)
  await signInLocally(context, login)
  return { context, server }
}

test('a reason goes the way of its vote: disk, outbox, receipt, log', async () => {
  const { context, server } = await signedIn()
  const cast = against('wrong')
  await castVote(context, cast)
  expect((await context.store.outbox.toArray())[0]).toMatchObject({ id: cast.id, reason: 'wrong' })
  await sendOutbox(context)
  expect(server.log).toEqual([{ ...cast, login: 'ann' }])
  expect(await context.store.outbox.count()).toBe(0)
  expect(await context.store.votes.get(one)).toMatchObject({ id: cast.id, reason: 'wrong' })
  expect(await readReasons(context, one)).toEqual({
    contributors: {},
    others: { wrong: 1 },
    mine: 'wrong',
  })
})

test('a reason that is given after the vote is another vote, and sent once however often it is tried', async () => {
  const { context, server } = await signedIn()
  server.contributors.add('ann')
  await castVote(context, against())
  await castVote(context, against('rude'))
  server.fault = () => 'lost'
  await sendOutbox(context)
  server.fault = () => undefined
  await sendOutboxNow(context)
  expect(server.log.map(({ reason }) => reason)).toEqual([undefined, 'rude'])
  expect((await readReasons(context, one)).contributors).toEqual({ rude: 1 })
})

test('a server that knows no reasons gets the vote without, and none are offered there', async () => {
  const { context, server } = await signedIn()
  expect((await readTalk(context, [])).takesReasons).toBe(true)
  await castVote(context, against('rude'))
  server.takesReasons = false
  await setServer(context, SERVER)
  server.fault = (path) => (path === '/v1/votes' ? 'lost' : undefined)
  await sendOutbox(context)
  // By the time it answers again it takes reasons: the vote is what was sent before.
  server.takesReasons = true
  server.fault = () => undefined
  await setServer(context, SERVER)
  await sendOutboxNow(context)
  expect(server.log).toMatchObject([{ subject: one, value: -1, login: 'ann' }])
  expect(server.log[0]?.reason).toBeUndefined()
  expect(await context.store.outbox.count()).toBe(0)
  server.takesReasons = false
  await setServer(context, SERVER)
  expect((await readTalk(context, [])).takesReasons).toBe(false)
  expect(await readReasons(context, one)).toEqual({ contributors: {}, others: {}, mine: undefined })
  expect(server.requests.filter((each) => each.includes('reasons'))).toEqual([])
})

test('a server that does not say whether it takes reasons gets none dropped: the vote may be there with its own', async () => {
  const { server, context } = await signedIn()
  const cast = against('rude')
  server.fault = (path) => (path === '/v1/votes' ? 'lost' : undefined)
  await castVote(context, cast)
  await sendOutbox(context)
  expect(server.log.map(({ reason }) => reason)).toEqual(['rude'])
  // Another server in between, and what this one said of itself is not known any more.
  await writeFact(context.store, 'about', undefined)
  server.fault = () => 'unreached'
  await sendOutboxNow(context)
  expect((await context.store.outbox.toArray())[0]).toMatchObject({ reason: 'rude' })
  expect(server.cast).toHaveLength(1)
  server.fault = () => undefined
  await sendOutboxNow(context)
  expect(await context.store.outbox.count()).toBe(0)
  expect(server.log.map(({ reason }) => reason)).toEqual(['rude'])
})

test('without a server a reason is kept, and goes to the first that takes it', async () => {
  const server = fakeServer()
  const context = fakeContext(server.fetch)
  await setServer(context, undefined)
  expect((await readTalk(context, [])).takesReasons).toBe(true)
  await castVote(context, against('duplicate'))
  expect((await readReasons(context, one)).mine).toBe('duplicate')
  await setServer(context, SERVER)
  await signInLocally(context, 'ann')
  await sendOutbox(context)
  expect(server.log.map(({ reason }) => reason)).toEqual(['duplicate'])
})

test('the reader’s reason is the last that they gave, here or elsewhere, and nobody else’s', async () => {
  const { context, server } = await signedIn()
  await castVote(context, against('rude'))
  await sendOutbox(context)
  server.log.push({ ...against('wrong'), login: 'ann' })
  expect((await readReasons(context, one)).mine).toBe('wrong')
  server.fault = () => 'unreached'
  await castVote(context, against('off-topic'))
  expect((await readReasons(context, one)).mine).toBe('off-topic')
  server.fault = () => undefined
  await signOut(context)
  await signInLocally(context, 'bob')
  expect((await readReasons(context, one)).mine).toBeUndefined()
})

test('a file of votes has their reasons, and brings them back', async () => {
  const { context } = await signedIn()
  const cast = against('off-topic')
  await castVote(context, cast)
  const file = await exportVotes(context)
  expect(file.votes).toEqual([cast])
  const other = fakeContext(fakeServer().fetch)
  await importVotes(other, JSON.stringify(file))
  expect(await other.store.votes.get(one)).toMatchObject({ reason: 'off-topic' })
})
