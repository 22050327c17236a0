import 'fake-indexeddb/auto'
import * as fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import type { ProblemType } from '#shared/problem'
import { parseSubject, type SubjectId } from '#shared/subject'
import type { Value, Vote } from '#shared/vote'
import { castVote } from './cast-vote.ts'
import { exportVotes } from './export-votes.ts'
import { fakeContext, SERVER } from './fake-context.ts'
import { type FakeServer, fakeServer, problemReply } from './fake-server.ts'
import { sendOutbox, sendOutboxNow } from './outbox.ts'
import { readStatus } from './read-status.ts'
import { seenScores } from './seen-scores.ts'
import { sessionAt } from './session.ts'
import { setServer } from './set-server.ts'
import { signInLocally, signOut } from './sign-in.ts'

const subject = (n: number) => parseSubject(`github.com/o/r#${n}`) as SubjectId
const one = subject(1)

function vote(on: SubjectId, value: Value, castAt = Date.UTC(2026, 8, 1)): Vote {
  return { id: crypto.randomUUID(), subject: on, value, castAt }
}

async function signedIn(server: FakeServer, login = 'ann') {
  const context = fakeContext(server.fetch)
  await signInLocally(context, login)
  return context
}

const reasons = async (context: Parameters<typeof readStatus>[0]) =>
  (await readStatus(context)).outbox.waiting.map(({ why }) => why)

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
