/** Why people vote down: one optional word that travels with the vote, and is counted by class. */
import { expect, test } from 'vitest'
import type { PersonExport } from '#shared/api/person'
import type { ReasonsReply } from '#shared/api/scores'
import { openDatabase } from './db/open.ts'
import { recount } from './services/recount.ts'
import { aVote } from './testing.ts'
import { sharedServer } from './testing-server.ts'

const { server } = sharedServer()

let last = 0
const freshSubject = () => `github.com/moot/garden#1/issuecomment-${++last}`

async function reasonsOf(subject: string, token?: string) {
  const path = `/v1/reasons?subject=${encodeURIComponent(subject)}`
  return (await server.ask(path, { token })).body as ReasonsReply
}

async function against(login: string, subject: string, reason?: string) {
  const token = await server.signIn(login)
  const [result] = await server.cast(token, [
    aVote({ subject, value: -1, ...(reason && { reason }) }),
  ])
  expect(result?.status).toBe('accepted')
  return token
}

/** What a recount says of all that was cast so far. */
async function counted() {
  const db = await openDatabase({ url: server.url })
  const reader = { db, writer: { run: () => Promise.reject(new Error('not asked')) } }
  const found = await recount({ ...reader, auth: 'local' })
  db.close()
  return found
}

test('reasons are counted, the last one of each person, and the reader is told their own', async () => {
  const subject = freshSubject()
  expect(await reasonsOf(subject)).toEqual({ subject, contributors: {}, others: {}, mine: null })
  const ada = await against('ada', subject)
  await against('ada', subject, 'rude')
  await against('bob', subject, 'rude')
  await against('cleo', subject, 'wrong')
  await against('dan', subject)
  expect(await reasonsOf(subject)).toMatchObject({ others: { rude: 2, wrong: 1 }, mine: null })
  expect((await reasonsOf(subject, ada)).mine).toBe('rude')
  await against('ada', subject, 'off-topic')
  expect(await reasonsOf(subject, ada)).toMatchObject({
    others: { rude: 1, wrong: 1, 'off-topic': 1 },
    mine: 'off-topic',
  })
  // Whoever says it again without a reason takes it back; a withdrawn vote has none.
  await against('ada', subject)
  await server.cast(await server.signIn('bob'), [aVote({ subject, value: 0 })])
  expect(await reasonsOf(subject, ada)).toMatchObject({ others: { wrong: 1 }, mine: null })
  expect(await counted()).toMatchObject({ gaps: [], subjects: [], votes: [] })
})

test('a reason changes no count: one person against is one vote against', async () => {
  const subject = freshSubject()
  const token = await against('ada', subject)
  const votes = [aVote({ subject, value: -1, reason: 'duplicate' })]
  const [result] = await server.cast(token, votes)
  expect(result?.score).toMatchObject({ others: { up: 0, down: 1 }, mine: -1 })
})

test('contributors’ reasons are counted apart', async () => {
  const subject = freshSubject()
  const id = await server.writer.nameRepository({
    host: 'github.com',
    forgeId: 1,
    owner: 'moot',
    name: 'garden',
    defaultBranch: 'main',
  })
  const account = { forgeId: 70, login: 'mae', isBot: false }
  await server.writer.takeWork(id, [{ kind: 'commit', ref: 'abc', at: Date.now(), account }])
  await server.writer.settleContributors(id, 0)
  await against('mae', subject, 'wrong')
  await against('ada', subject, 'wrong')
  expect(await reasonsOf(subject)).toMatchObject({
    contributors: { wrong: 1 },
    others: { wrong: 1 },
  })
})

test('a vote with its reason is sent again like any other; with another reason it is another vote', async () => {
  const token = await server.signIn('ada')
  const vote = aVote({ subject: freshSubject(), value: -1, reason: 'rude' })
  const [first] = await server.cast(token, [vote])
  const { reason: _, ...bare } = vote as typeof vote & { reason: string }
  const results = await server.cast(token, [vote, { ...vote, reason: 'wrong' }, bare])
  expect(results.map(({ status }) => status)).toEqual(['duplicate', 'rejected', 'rejected'])
  expect(results[0]?.receipt).toBe(first?.receipt)
  expect((await reasonsOf(vote.subject, token)).mine).toBe('rude')
})

test.each([
  [{ value: -1, reason: 'ugly' }],
  [{ value: -1, reason: '' }],
  [{ value: -1, reason: null }],
  [{ value: -1, reason: ['rude'] }],
  [{ value: 1, reason: 'rude' }],
  [{ value: 0, reason: 'rude' }],
])('%j is refused where it is wrong, and nothing is done', async (over) => {
  const subject = freshSubject()
  const body = { votes: [aVote({ subject }), aVote({ subject, ...over })] }
  const answer = await server.ask('/v1/votes', { token: await server.signIn('ada'), body })
  expect(answer.status).toBe(400)
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  expect(answer.body).toMatchObject({
    type: '/problems/invalid',
    errors: [{ pointer: '/votes/1/reason' }],
  })
  expect(await reasonsOf(subject)).toMatchObject({ contributors: {}, others: {} })
})

test('reasons are asked for of one subject of a forge that is served', async () => {
  expect((await server.ask('/v1/reasons?subject=x')).body).toMatchObject({
    errors: [{ pointer: '/subject' }],
  })
  expect((await server.ask('/v1/reasons?subject=example.com/a/b%231')).status).toBe(422)
  const by = { token: 'nobody' }
  expect((await server.ask('/v1/reasons?subject=github.com/a/b%231', by)).status).toBe(401)
})

test('a person takes their reasons along, and leaves none that counts when they are forgotten', async () => {
  const subject = freshSubject()
  const token = await against('eve', subject, 'off-topic')
  await against('eve', freshSubject())
  const { votes, log } = (await server.ask('/v1/me/export', { token })).body as PersonExport
  expect(votes.map(({ reason }) => reason)).toEqual(['off-topic', undefined])
  expect(log.map(({ reason }) => reason)).toEqual(['off-topic', undefined])
  await server.ask('/v1/me', { token, method: 'DELETE' })
  expect(await reasonsOf(subject)).toMatchObject({ others: {} })
  expect(await counted()).toMatchObject({ gaps: [], subjects: [], votes: [] })
})

test('when two names turn out to be one repository, the later reason of a person stands', async () => {
  const [old, now] = ['github.com/moot/shed#5', 'github.com/moot/hut#5']
  const shed = { host: 'github.com', forgeId: 9, owner: 'moot', defaultBranch: 'main' }
  await server.writer.nameRepository({ ...shed, name: 'shed' })
  await against('ada', old, 'rude')
  await against('ada', now, 'wrong')
  await against('bob', now, 'duplicate')
  await server.writer.nameRepository({ ...shed, name: 'hut' })
  expect((await reasonsOf(old)).others).toEqual({ wrong: 1, duplicate: 1 })
  expect((await reasonsOf(now)).others).toEqual({ wrong: 1, duplicate: 1 })
  expect(await counted()).toMatchObject({ gaps: [], subjects: [], votes: [] })
})
