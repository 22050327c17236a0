import { expect, test } from 'vitest'
import { Problem, type ProblemDocument } from '#shared/problem'
import { limitsOf } from './limits.ts'
import { networkOf } from './sender.ts'
import { aVote, startTestServer } from '../testing.ts'
import { sharedServer } from '../testing-server.ts'

const MINUTE = 60_000

function limited(person: number, address = person) {
  const clock = { time: 0 }
  const refused = { person: 0, address: 0 }
  const limits = limitsOf({ person, address }, () => clock.time, refused)
  const isLetIn = (cost?: number) => {
    try {
      limits.person(1, cost)
      return true
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      return error.retryAfter
    }
  }
  return { limits, clock, refused, isLetIn }
}

test('a minute’s worth goes through at once, then one by one as time allows', () => {
  const { clock, isLetIn, refused } = limited(60)
  expect(Array.from({ length: 60 }, () => isLetIn())).toEqual(
    Array.from({ length: 60 }, () => true),
  )
  expect(isLetIn()).toBe(1)
  clock.time += 999
  expect(isLetIn()).toBe(1)
  clock.time += 1
  expect(isLetIn()).toBe(true)
  expect(isLetIn()).toBe(1)
  clock.time += 10 * MINUTE
  expect(Array.from({ length: 61 }, () => isLetIn()).filter((one) => one === true)).toHaveLength(60)
  expect(refused.person).toBe(4)
})

test('a clock that is set back keeps nobody out', () => {
  const { clock, isLetIn } = limited(60)
  clock.time = 60 * MINUTE
  expect(isLetIn(60)).toBe(true)
  expect(isLetIn()).toBe(1)
  clock.time = 0
  expect(isLetIn(60)).toBe(true)
  expect(isLetIn()).toBe(1)
})

test('what costs more waits longer, and what costs more than there can be is let in by a full bucket', () => {
  const { clock, isLetIn } = limited(60)
  expect(isLetIn(50)).toBe(true)
  expect(isLetIn(20)).toBe(10)
  expect(isLetIn(10)).toBe(true)
  expect(isLetIn(1000)).toBe(60)
  clock.time += MINUTE
  expect(isLetIn(1000)).toBe(true)
})

test('people and addresses do not use up each other’s, and 0 is no limit', () => {
  const { limits } = limited(2)
  for (let i = 0; i < 2; i++) {
    limits.person(1)
    limits.person(2)
    limits.address('1')
  }
  for (const refused of [() => limits.person(1), () => limits.address('1')])
    expect(refused).toThrow(/come back in/)
  for (let i = 0; i < 100; i++) limits.address(undefined)
  const free = limited(0)
  for (let i = 0; i < 10_000; i++) free.limits.person(1)
})

test('whoever asks on and on gets what they are allowed to in any hour, and no more', () => {
  const { clock, isLetIn } = limited(600)
  let taken = 0
  for (clock.time = 0; clock.time < 60 * MINUTE; clock.time += 37) if (isLetIn() === true) taken++
  expect(taken).toBeGreaterThan(600 * 60)
  expect(taken).toBeLessThanOrEqual(600 * 61)
})

test.each([
  ['127.0.0.1', undefined],
  ['::1', undefined],
  ['::ffff:127.0.0.1', undefined],
  ['203.0.113.9', '203.0.113.9'],
  ['203.0.113.9:4711', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:0001:2::6', '2001:db8:1:2::/64'],
  ['[2001:db8::1]:443', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['64:ff9b::203.0.113.9', '64:ff9b:0:0::/64'],
  ['unknown', 'unreadable'],
  ['<script>', 'unreadable'],
  ['127.0.0.1.evil.org', 'unreadable'],
])('%s is counted as %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})

const { server, folder } = sharedServer({
  FORGEMOOT_LIMIT_PERSON: '20',
  FORGEMOOT_LIMIT_ADDRESS: '30',
  FORGEMOOT_PROXIES: '1',
})

test('too many requests of one person are refused with a problem that says when to come back', async () => {
  const [ada, grace] = [await server.signIn('ada'), await server.signIn('grace')]
  const statuses = []
  for (let i = 0; i < 25; i++)
    statuses.push((await server.ask('/auth/session', { token: ada })).status)
  expect(statuses.filter((status) => status === 200)).toHaveLength(20)
  const { status, headers, body } = await server.ask('/v1/votes', {
    token: ada,
    body: { votes: [aVote()] },
  })
  expect([status, headers.get('content-type')]).toEqual([429, 'application/problem+json'])
  expect(Number(headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
  expect(body).toMatchObject({
    type: '/problems/too-many',
    status: 429,
  } satisfies Partial<ProblemDocument>)
  // Nobody else is kept waiting, and a hundred votes are worth ten requests more.
  const votes = Array.from({ length: 100 }, () => aVote())
  expect((await server.ask('/v1/votes', { token: grace, body: { votes } })).status).toBe(200)
  expect((await server.ask('/v1/votes', { token: grace, body: { votes } })).status).toBe(429)
})

const from = (...addresses: string[]) => ({ headers: { 'x-forwarded-for': addresses.join(', ') } })

test('too many requests from one address are refused, whatever it says about others', async () => {
  const statuses = []
  for (let i = 0; i < 35; i++) {
    const { status } = await server.ask('/v1/about', from(`198.51.100.${i}`, '203.0.113.9'))
    statuses.push(status)
  }
  expect(statuses.filter((status) => status === 429)).toHaveLength(5)
  expect((await server.ask('/v1/about', from('203.0.113.9', '203.0.113.10'))).status).toBe(200)
  expect((await server.ask('/v1/about')).status).toBe(200)
  expect((await server.ask('/healthz', from('203.0.113.9'))).status).toBe(200)
  expect(await server.ask('/metrics')).toMatchObject({
    body: expect.stringContaining('forgemoot_limited_total{limit="address"} 5'),
  })
})

test('signing in costs more than asking', async () => {
  const ask = () => server.ask('/auth/local', { body: { login: 'eve' }, ...from('192.0.2.1') })
  const statuses = [await ask(), await ask(), await ask(), await ask()].map(({ status }) => status)
  expect(statuses).toEqual([200, 200, 200, 429])
})

test('without a proxy, nobody is believed about whom they speak for', async () => {
  const open = await startTestServer(`${folder.path}/open.db`, { FORGEMOOT_LIMIT_ADDRESS: '2' })
  const asks = await Promise.all(
    Array.from({ length: 9 }, () => open.ask('/v1/about', from('203.0.113.9'))),
  )
  expect(asks.map(({ status }) => status)).toEqual(Array.from({ length: 9 }, () => 200))
  await open.stop()
})
