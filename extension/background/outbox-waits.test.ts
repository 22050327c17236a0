import 'fake-indexeddb/auto'
import { expect, test, vi } from 'vitest'
import type { ProblemType } from '#shared/problem'
import type { Vote } from '#shared/vote'
import { castVote } from './cast-vote.ts'
import { fakeContext, SERVER } from './fake-context.ts'
import { fakeServer, problemReply } from './fake-server.ts'
import { sendOutbox, sendOutboxNow } from './outbox.ts'
import { readStatus } from './read-status.ts'
import { one, reasons, signedIn, vote } from './fake-voter.ts'

test.each(['busy', 'internal', 'forbidden', 'not-found'] satisfies ProblemType[])(
  'a server that says %s is left alone for longer each time, and the vote waits',
  async (type) => {
    const server = fakeServer()
    const context = await signedIn(server)
    await castVote(context, vote(one, 1))
    server.fault = () => problemReply(type)
    const waits: number[] = []
    for (let i = 0; i < 14; i++) {
      await sendOutbox(context)
      waits.push(Math.round(((context.wakesAt ?? 0) - context.clock.time) / 1000 / 0.75))
      context.clock.time = context.wakesAt ?? 0
    }
    expect(waits.slice(0, 4)).toEqual([1, 2, 4, 8])
    expect(waits.at(-1)).toBe(900)
    expect(await reasons(context)).toEqual([`because ${type}`])
    server.fault = () => undefined
    await sendOutbox(context)
    expect(server.log).toHaveLength(1)
  },
)

test('while it waits, nothing is sent, whatever else happens', async () => {
  const server = fakeServer()
  const context = await signedIn(server)
  server.fault = (path) => (path === '/v1/votes' ? problemReply('busy') : undefined)
  await castVote(context, vote(one, 1))
  await sendOutbox(context)
  const before = server.requests.length
  await castVote(context, vote(one, -1))
  await sendOutbox(context)
  await sendOutbox(fakeContext(server.fetch, context))
  expect(server.requests).toHaveLength(before)
})

test('too many requests at once are a reason to wait, and nothing is refused for good', async () => {
  const server = fakeServer()
  const context = await signedIn(server)
  await castVote(context, vote(one, 1))
  const until = { 'retry-after': '40' }
  server.fault = () => problemReply('too-many', 'come back in 40 seconds', undefined, until)
  await sendOutbox(context)
  expect(((context.wakesAt ?? 0) - context.clock.time) / 1000).toBeCloseTo(40, 1)
  expect(await context.store.outbox.toArray()).toMatchObject([{ subject: one, refused: undefined }])
  server.fault = () => undefined
  context.clock.time += 41_000
  await sendOutbox(context)
  expect(await context.store.outbox.count()).toBe(0)
})

test('Retry-After is honoured', async () => {
  const server = fakeServer()
  const context = await signedIn(server)
  await castVote(context, vote(one, 1))
  server.fault = () => problemReply('busy', 'later', undefined, { 'retry-after': '120' })
  await sendOutbox(context)
  expect(((context.wakesAt ?? 0) - context.clock.time) / 1000).toBeCloseTo(120, 1)
})

test.each([
  [
    'a page of HTML',
    /is not a Forgemoot server\. Check the address\.$/,
    () => new Response('<h1>Welcome</h1>', { status: 200 }),
  ],
  [
    'an error of a proxy',
    /answered with error 502, .*Check the address; if it is right, try again later\.$/,
    () => new Response('<h1>Bad gateway</h1>', { status: 502 }),
  ],
  [
    'a body that never ends',
    /more than can be read\. Check the address\.$/,
    () => new Response('x'.repeat(3 * 1024 * 1024)),
  ],
  ['nothing', /Check the address\.$/, () => new Response(null, { status: 204 })],
  ['JSON of something else', /Check the address\.$/, () => Response.json({ results: [{ id: 7 }] })],
  [
    'results of no vote',
    /answered without saying what became of the votes\. .*try again/,
    () => Response.json({ results: [] }),
  ],
  [
    'an accepted vote without receipt',
    /answered without saying what became of the votes\. .*try again/,
    (body: { votes: Vote[] }) =>
      Response.json({
        results: body.votes.map(({ id }) => ({
          id,
          status: 'accepted',
          receipt: null,
          score: null,
          error: null,
        })),
      }),
  ],
  [
    'HTML with 401',
    /answered with error 401, .*Check the address/,
    () => new Response('<h1>Log in</h1>', { status: 401 }),
  ],
])(
  '%s is no receipt: the vote waits, says what to do, and the session stays',
  async (_, said, reply) => {
    const server = fakeServer()
    const context = await signedIn(server)
    await castVote(context, vote(one, 1))
    server.fault = (path, body) =>
      path === '/v1/votes' ? reply(body as { votes: Vote[] }) : undefined
    await sendOutbox(context)
    expect(await context.store.outbox.count()).toBe(1)
    expect(context.wakesAt).toBeGreaterThan(context.clock.time)
    expect((await readStatus(context)).person).toBe('ann')
    const [why] = await reasons(context)
    expect(why).toMatch(said)
    expect(why).not.toContain('<h1>')
    server.fault = () => undefined
    await sendOutboxNow(context)
    expect(server.log).toHaveLength(1)
  },
)

test('a server that does not answer for ten seconds is given up for now: the vote waits, says why, and counts once', async () => {
  const server = fakeServer()
  const context = await signedIn(server)
  await castVote(context, vote(one, 1))
  const patience = vi
    .spyOn(AbortSignal, 'timeout')
    .mockImplementation(() => AbortSignal.abort(new DOMException('', 'TimeoutError')))
  server.fault = (path) => (path === '/v1/votes' ? 'slow' : undefined)
  await sendOutbox(context)
  expect(patience).toHaveBeenLastCalledWith(10_000)
  patience.mockRestore()
  expect(await reasons(context)).toEqual([
    `${SERVER} did not answer within 10 seconds. Try again later; votes are kept here and sent by themselves.`,
  ])
  // It had arrived all the same.
  expect(server.log).toHaveLength(1)
  server.fault = () => undefined
  context.clock.time = context.wakesAt ?? 0
  await sendOutbox(context)
  expect(server.log).toHaveLength(1)
  expect(await context.store.outbox.count()).toBe(0)
})

test('a clock that is set back holds nothing up: what waits is sent, what is known is asked for again', async () => {
  const server = fakeServer()
  const context = await signedIn(server)
  await castVote(context, vote(one, 1))
  server.fault = (path) => (path === '/v1/votes' ? problemReply('busy') : undefined)
  context.clock.time += 365 * 24 * 3_600_000
  await sendOutbox(context)
  server.fault = () => undefined
  context.clock.time -= 365 * 24 * 3_600_000
  await sendOutbox(context)
  expect(server.log).toHaveLength(1)
  expect(await context.store.outbox.count()).toBe(0)
})
