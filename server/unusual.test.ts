/** Votes from outside that come all at once: said beside the score, for an hour, and taken off nothing. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FeedReply } from '#shared/api/feed'
import type { ScoresReply } from '#shared/api/scores'
import { valueOf } from '#shared/score'
import type { SubjectId } from '#shared/subject'
import { BURST } from '#shared/unusual'
import { clockOf } from './clock.ts'
import { DECAY_WINDOW, orderKeysOf, type StandingVote } from './scores/order-keys.ts'
import { scoreCache } from './scores/score-cache.ts'
import { scoreText } from './scores/score-text.ts'
import { temporaryFolder } from './testing-database.ts'
import { anItem, aVote, startTestServer, type TestServer } from './testing.ts'
import { sweptScores } from './scores/unusual-scores.ts'

const folder = temporaryFolder()
const ahead = new SharedArrayBuffer(8)
const file = `${folder.path}/votes.db`
const start = () => startTestServer(file, {}, undefined, clockOf(ahead))
const later = (milliseconds: number) =>
  void Atomics.add(new BigInt64Array(ahead), 0, BigInt(milliseconds))

let server: TestServer
let people: string[]

beforeAll(async () => {
  server = await start()
  people = await Promise.all(Array.from({ length: 40 }, (_, i) => server.signIn(`person-${i}`)))
  const id = await server.writer.nameRepository(MOOT)
  const work = Array.from({ length: 25 }, (_, i) => ({
    kind: 'pull' as const,
    ref: String(i + 1),
    account: { forgeId: 100 + i, login: `person-${i}`, isBot: false },
    at: Date.now(),
  }))
  await server.writer.takeWork(id, work)
  await server.writer.settleContributors(id, 0)
  await server.writer.takeItems(id, [anItem({ number: 9 })])
}, 30_000)

const MOOT = { host: 'github.com', forgeId: 7, owner: 'moot', name: 'plot', defaultBranch: 'main' }
afterAll(async () => {
  await server.stop()
  folder.remove()
})

const cast = (tokens: readonly string[], subject: string, value = 1) =>
  Promise.all(tokens.map((token) => server.cast(token, [aVote({ subject, value })])))

async function scoreOf(subject: string, token?: string) {
  const { body } = await server.ask('/v1/scores', { token, body: { subjects: [subject] } })
  const score = (body as ScoresReply).scores[subject]
  if (!score) throw new Error('no score')
  return score
}

test('forty votes of others in an hour are said, to anybody, the voter and a restarted server, and count in full', async () => {
  const subject = 'github.com/o/r#1'
  await cast(people.slice(0, 19), subject)
  expect(await scoreOf(subject)).not.toHaveProperty('unusual')
  const results = await cast(people.slice(19), subject, -1)
  const told = results.flat().filter(({ score }) => score?.unusual)
  expect(told.length).toBeGreaterThan(0)
  const score = await scoreOf(subject)
  expect(score).toMatchObject({ others: { up: 19, down: 21 }, unusual: { votes: 40 } })
  expect(score.value).toBe(valueOf(score))
  expect(await scoreOf(subject, people[0])).toMatchObject({ mine: 1, unusual: score.unusual })
  await server.stop()
  server = await start()
  expect(await scoreOf(subject)).toEqual(score)
  later(BURST)
  expect(await scoreOf(subject, people[0])).not.toHaveProperty('unusual')
  await server.stop()
  server = await start()
  const { unusual: _, ...usual } = score
  expect(await scoreOf(subject)).toEqual(usual)
}, 30_000)

test('votes of contributors are never unusual; in a feed it is said as in a score', async () => {
  const [ours, others] = [people.slice(0, 25), people.slice(25)]
  const subject = 'github.com/moot/plot#9'
  await cast(ours, subject)
  await cast(others, subject)
  const score = await scoreOf(subject)
  expect(score).toMatchObject({ contributors: { up: 25 }, others: { up: 15 } })
  expect(score).not.toHaveProperty('unusual')
  const guests = await Promise.all(Array.from({ length: 5 }, (_, i) => server.signIn(`guest-${i}`)))
  await cast(guests, subject)
  const after = await scoreOf(subject)
  expect(after).toMatchObject({ unusual: { votes: 20 } })
  const feed = async (token?: string) => {
    const { body } = await server.ask('/v1/feed?repo=github.com/moot/plot', { token })
    return (body as FeedReply).items.find((item) => item.subject === subject)?.score
  }
  expect(await feed()).toEqual(after)
  await cast(guests.slice(0, 1), subject, 0)
  expect(await scoreOf(subject)).not.toHaveProperty('unusual')
}, 30_000)

test('a burst long past is not said again by the next vote of a contributor, nor by a sum made again', async () => {
  const subject = 'github.com/moot/plot#10'
  const late = await Promise.all(Array.from({ length: 20 }, (_, i) => server.signIn(`late-${i}`)))
  await cast(late, subject)
  expect(await scoreOf(subject)).toMatchObject({ unusual: { votes: 20 } })
  later(BURST)
  const [[answer] = []] = await cast(people.slice(0, 1), subject)
  expect(answer?.score).toMatchObject({ contributors: { up: 1 }, others: { up: 20 } })
  expect(answer?.score).not.toHaveProperty('unusual')
  expect(await scoreOf(subject)).not.toHaveProperty('unusual')
  await server.writer.takeItems(await server.writer.nameRepository(MOOT), [
    anItem({ number: 10, reactions: { '+1': 3 } }),
  ])
  expect(await scoreOf(subject)).not.toHaveProperty('unusual')
}, 30_000)

test('a subject that is busy all along is not unusual, however few of its votes are looked at', () => {
  const standing = (count: number, apart: number, from = 0): StandingVote[] =>
    Array.from({ length: count }, (_, i) => ({
      personId: from + i,
      value: 1,
      acceptedAt: from + i * apart,
      voter: 'other',
    }))
  const said = (votes: StandingVote[]) =>
    orderKeysOf(
      {
        contributors: { up: 0, down: 0 },
        others: { up: votes.length, down: 0 },
        reactions: {},
      },
      votes,
    ).unusual
  // From 200 to 2000 an hour, for hours.
  for (const rate of [200, 220, 250, 300, 2000])
    expect([rate, said(standing(rate * 5, BURST / rate))]).toEqual([rate, undefined])
  // Where next to nobody came before, more than are looked at are a burst too.
  expect(said([...standing(10, BURST), ...standing(300, BURST / 400, 20 * BURST)])).toMatchObject({
    votes: DECAY_WINDOW,
  })
})

test('what is remembered is not said for longer than its hour', () => {
  const subject = 'github.com/o/r#1' as SubjectId
  const nobody = { up: 0, down: 0 }
  const evidence = { contributors: nobody, others: { up: 30, down: 0 }, reactions: {} }
  const keys = { hot: 0, rising: null }
  const scores = sweptScores(scoreCache(10))
  scores.set(subject, scoreText(evidence, keys, { votes: 30, at: 1000 }))
  expect(scores.sweep(1000 + BURST - 1)).toEqual([])
  expect(scores.get(subject)).toContain('"unusual":{"votes":30,"at":1000}')
  // One more vote, and with it another hour.
  scores.set(subject, scoreText(evidence, keys, { votes: 31, at: 2000 }))
  scores.sweep(1000 + BURST)
  expect(scores.get(subject)).toContain('"unusual":{"votes":31,"at":2000}')
  expect(scores.sweep(2000 + BURST)).toEqual([subject])
  expect(scores.get(subject)).toBe(scoreText(evidence, keys))
})
