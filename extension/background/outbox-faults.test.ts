import 'fake-indexeddb/auto'
import * as fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import type { Value, Vote } from '#shared/vote'
import { castVote } from './cast-vote.ts'
import { fakeContext } from './fake-context.ts'
import { fakeServer, problemReply } from './fake-server.ts'
import { sendOutbox, sendOutboxNow } from './outbox.ts'
import { seenScores } from './seen-scores.ts'
import { one, signedIn, subject, vote } from './fake-voter.ts'

test('a worker that dies while it waits for the answer is brought back', async () => {
  const server = fakeServer()
  const context = await signedIn(server)
  await castVote(context, vote(one, 1))
  const isAsked = new Promise<void>((resolve) => {
    context.fetch = () => {
      resolve()
      return new Promise(() => undefined)
    }
  })
  void sendOutbox(context)
  await isAsked
  expect(context.wakesAt).toBeGreaterThan(context.clock.time)
})

test('a full disk is told to the voter, and nothing is half kept', async () => {
  const context = fakeContext(fakeServer().fetch)
  vi.spyOn(context.store.outbox, 'add').mockImplementation(() => {
    throw new DOMException('no room', 'QuotaExceededError')
  })
  await expect(castVote(context, vote(one, 1))).rejects.toMatchObject({
    type: 'storage',
    message: expect.stringContaining('Free some disk space') as string,
  })
  expect(await context.store.votes.count()).toBe(0)
})

test('a worker that dies between any two steps loses nothing and counts nothing twice', async () => {
  for (let dies = 1; dies < 40; dies++) {
    const server = fakeServer()
    const context = await signedIn(server)
    for (let i = 1; i <= 3; i++) await castVote(context, vote(one, i % 2 ? 1 : -1))
    // From its n-th step on the worker does nothing any more: every touch of the outside fails.
    let steps = 0
    const step = () => {
      if (++steps >= dies) throw new Error('dead')
    }
    const dying = fakeContext(async (...args) => {
      step()
      const reply = await server.fetch(...args)
      step()
      return reply
    }, context)
    const { outbox, votes, scores } = dying.store
    outbox.hook('deleting', step)
    votes.hook('updating', step)
    scores.hook('creating', step)
    const now = dying.now
    dying.now = () => (step(), now())
    await sendOutbox(dying).catch(() => undefined)
    outbox.hook('deleting').unsubscribe(step)
    votes.hook('updating').unsubscribe(step)
    scores.hook('creating').unsubscribe(step)
    const next = fakeContext(server.fetch, context)
    await sendOutboxNow(next)
    expect(server.log.map(({ value }) => value)).toEqual([1, -1, 1])
    expect(await next.store.outbox.count()).toBe(0)
    expect((await seenScores(next, [one]))[one]).toMatchObject({
      mine: 1,
      others: { up: 1 },
      votesKnown: true,
      waiting: false,
    })
    expect((await next.store.votes.get(one))?.delivered?.receipt).toBe(2)
  }
})

test('any interleaving of votes, sends, losses and restarts ends with each vote counted once', async () => {
  const act = fc.oneof(
    fc.record({
      act: fc.constant('cast' as const),
      on: fc.integer({ min: 1, max: 3 }),
      value: fc.constantFrom<Value>(1, -1, 0),
    }),
    fc.record({ act: fc.constantFrom('send' as const, 'again' as const, 'restart' as const) }),
    fc.record({
      act: fc.constant('fault' as const),
      fault: fc.constantFrom('lost', 'unreached', 'busy', 'internal', 'html', 'none'),
    }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 30 }), fc.boolean(), async (acts, contributes) => {
      const server = fakeServer()
      if (contributes) server.contributors.add('ann')
      let context = await signedIn(server)
      const cast: Vote[] = []
      const running: Promise<unknown>[] = []
      for (const step of acts) {
        if (step.act === 'cast') {
          const click = vote(subject(step.on), step.value, context.now())
          cast.push(click)
          running.push(castVote(context, click))
          if (cast.length % 3 === 0) running.push(castVote(context, click))
        } else if (step.act === 'send') running.push(sendOutbox(context))
        else if (step.act === 'again') running.push(sendOutboxNow(context))
        else if (step.act === 'restart') {
          await Promise.all(running)
          context = fakeContext(server.fetch, context)
        } else if (step.act === 'fault')
          server.fault = (path) => (path === '/v1/votes' ? faultOf(step.fault) : undefined)
      }
      await Promise.all(running)
      server.fault = () => undefined
      await sendOutboxNow(context)
      expect(server.log.map(({ id }) => id)).toEqual(cast.map(({ id }) => id))
      for (const on of [1, 2, 3].map(subject)) {
        if (!cast.some((click) => click.subject === on)) continue
        const { value, mine, contributors, others } = server.score(on, 'ann')
        const shown = (await seenScores(context, [on]))[on]
        expect(shown).toMatchObject({ value, mine, contributors, others, waiting: false })
      }
      context.store.close()
    }),
    { numRuns: 60 },
  )
}, 60_000)

function faultOf(name: string) {
  if (name === 'lost' || name === 'unreached') return name
  if (name === 'busy' || name === 'internal') return problemReply(name)
  return name === 'html' ? new Response('<p>', { status: 500 }) : undefined
}
