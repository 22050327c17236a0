import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import type { ProblemType } from '#shared/problem'
import { parseSubject, type SubjectId } from '#shared/subject'
import type { Vote } from '#shared/vote'
import { castVote } from './cast-vote.ts'
import { exportVotes } from './export-votes.ts'
import { SERVER } from './fake-context.ts'
import { fakeServer, problemReply } from './fake-server.ts'
import { sendOutbox, sendOutboxNow } from './outbox.ts'
import { readStatus } from './read-status.ts'
import { sessionAt } from './session.ts'
import { signInLocally } from './sign-in.ts'
import { one, reasons, signedIn, subject, vote } from './fake-voter.ts'

test('a session that the server ended is forgotten; the vote waits and says why', async () => {
  const server = fakeServer()
  const context = await signedIn(server)
  await castVote(context, vote(one, 1))
  server.fault = () => problemReply('unauthenticated')
  await sendOutbox(context)
  expect((await readStatus(context)).person).toBeUndefined()
  expect(await reasons(context)).toEqual(['The server ended the session. Sign in again.'])
  server.fault = () => undefined
  await signInLocally(context, 'ann')
  await sendOutbox(context)
  expect(server.log).toHaveLength(1)
})

test('a late refusal of an old session leaves the new one alone, and the vote is sent', async () => {
  const server = fakeServer()
  const context = await signedIn(server)
  const old = await sessionAt(context.store, SERVER, context.now())
  await castVote(context, vote(one, 1))
  const answers = server.fetch
  context.fetch = async (input, init) => {
    const isFirst = String(input).endsWith('/v1/votes') && server.ended.size === 0
    if (isFirst) server.ended.add(old?.token ?? '')
    const reply = await answers(input, init)
    if (isFirst) await signInLocally(context, 'ann')
    return reply
  }
  await sendOutbox(context)
  expect((await readStatus(context)).person).toBe('ann')
  expect(server.log).toHaveLength(1)
})

test('a vote that the server refuses stays with its reason, and is not sent for ever', async () => {
  const server = fakeServer()
  const context = await signedIn(server)
  server.refuse = ({ subject }) => (subject === one ? 'vote-id-taken' : undefined)
  await castVote(context, vote(one, 1))
  await castVote(context, vote(subject(2), 1))
  await sendOutbox(context)
  await sendOutbox(context)
  expect(server.cast).toHaveLength(1)
  expect(await reasons(context)).toEqual(['Refused: because vote-id-taken'])
  server.refuse = () => undefined
  await sendOutboxNow(context)
  expect(server.log.map(({ subject }) => subject)).toEqual([subject(2), one])
})

test('votes that are all refused stay with their reasons, and are not sent for ever', async () => {
  const server = fakeServer()
  const context = await signedIn(server)
  server.refuse = () => 'vote-id-taken'
  for (const on of [one, subject(2)]) await castVote(context, vote(on, 1))
  await sendOutbox(context)
  await sendOutbox(context)
  expect(server.cast).toHaveLength(1)
  expect(await reasons(context)).toEqual(Array(2).fill('Refused: because vote-id-taken'))
  expect(context.wakesAt).toBeUndefined()
})

test('a vote of a forge that the server does not keep is set aside, and the others are sent', async () => {
  const server = fakeServer()
  const context = await signedIn(server)
  await castVote(context, vote(one, 1))
  await castVote(context, vote(parseSubject('codeberg.org/o/r#1') as SubjectId, 1))
  await castVote(context, vote(subject(2), 1))
  await sendOutbox(context)
  expect(server.log.map(({ subject }) => subject)).toEqual([one, subject(2)])
  expect(await reasons(context)).toEqual(['Refused: a subject of another forge'])
})

test('what was refused is superseded by what is taken later', async () => {
  const server = fakeServer()
  const context = await signedIn(server)
  server.refuse = ({ value }) => (value === 1 ? 'vote-id-taken' : undefined)
  await castVote(context, vote(one, 1))
  await castVote(context, vote(one, -1))
  await sendOutbox(context)
  server.refuse = () => undefined
  await sendOutboxNow(context)
  expect(server.log.map(({ value }) => value)).toEqual([-1])
  expect(await context.store.outbox.count()).toBe(0)
})

test('a vote from the future is set back to the server’s clock and sent under the same id', async () => {
  const server = fakeServer()
  const context = await signedIn(server)
  server.date = Date.UTC(2026, 8, 1)
  server.refuse = ({ castAt }) => (castAt > (server.date ?? 0) ? 'from-the-future' : undefined)
  const cast = vote(one, 1, Date.UTC(2026, 8, 3))
  await castVote(context, cast)
  await sendOutbox(context)
  expect(server.log).toEqual([{ ...cast, castAt: server.date, login: 'ann' }])
  const { votes } = await exportVotes(context)
  expect(votes, 'and is the same in an export').toEqual([{ ...cast, castAt: server.date }])
})

test('a vote from the future that is sent once more is set back in an export, too', async () => {
  const server = fakeServer()
  const context = await signedIn(server)
  server.refuse = () => 'from-the-future'
  await castVote(context, vote(one, 1, Date.UTC(2027, 0, 1)))
  await sendOutbox(context)
  server.refuse = () => undefined
  await sendOutboxNow(context)
  const { votes } = await exportVotes(context)
  expect(server.log).toMatchObject(votes)
  expect(votes[0]?.castAt).toBeLessThan(context.clock.time)
})

test('a vote from the future waits when the server’s clock cannot be read', async () => {
  const server = fakeServer()
  const context = await signedIn(server)
  server.refuse = () => 'from-the-future'
  await castVote(context, vote(one, 1))
  await sendOutbox(context)
  expect((await reasons(context))[0]).toMatch(/clock is ahead/)
  expect(server.cast).toHaveLength(1)
})

test('a request refused for some of its votes sets those aside and sends the others', async () => {
  const server = fakeServer()
  const context = await signedIn(server)
  for (let i = 1; i <= 5; i++) await castVote(context, vote(subject(i), 1))
  server.fault = (path, body) => {
    const votes = path === '/v1/votes' ? (body as { votes: Vote[] }).votes : []
    const wrong = votes.findIndex(({ subject: on }) => on === subject(3))
    if (wrong < 0) return undefined
    return problemReply('invalid', 'no', [{ pointer: `/votes/${wrong}/castAt`, detail: 'odd' }])
  }
  await sendOutbox(context)
  expect(server.log).toHaveLength(4)
  expect(await reasons(context)).toEqual(['Refused: odd'])
})

test.each(['bad-request', 'too-large', 'unknown-forge'] satisfies ProblemType[])(
  'a request refused as %s without saying which vote is sent in smaller pieces',
  async (type) => {
    const server = fakeServer()
    const context = await signedIn(server)
    for (let i = 1; i <= 20; i++) await castVote(context, vote(subject(i), 1))
    server.fault = (path, body) => {
      const votes = path === '/v1/votes' ? (body as { votes: Vote[] }).votes : []
      return votes.length > 6 ? problemReply(type) : undefined
    }
    await sendOutbox(context)
    expect(server.log).toHaveLength(20)
  },
)
