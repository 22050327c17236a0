/** Two servers on one remote database: what one of them has written, the other knows at once. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { DeviceReply, SessionReply } from '#shared/api/sign-in'
import { recount } from '../../server/services/recount.ts'
import { temporaryFolder } from '../../server/testing-database.ts'
import { aVote, startTestServer, type TestServer } from '../../server/testing.ts'
import { visitor } from '../forge/oauth/visitor.ts'

const folder = temporaryFolder()
let one: TestServer
let other: TestServer
let token: string

beforeAll(async () => {
  const file = `${folder.path}/shared.db`
  // At once: one of them makes the tables.
  ;[one, other] = await Promise.all([startTestServer(file), startTestServer(file)])
  token = await one.signIn('ada')
})

afterAll(async () => {
  await Promise.all([one.stop(), other.stop()])
  folder.remove()
})

const scoreAt = async (server: TestServer, subject: string, reader?: string) => {
  const { body } = await server.ask('/v1/scores', { token: reader, body: { subjects: [subject] } })
  return (body as { scores: Record<string, unknown> }).scores[subject]
}

test('who has a receipt reads their vote from every server, signed in or not', async () => {
  for (let i = 0; i < 20; i++) {
    const [here, there] = i % 2 ? [one, other] : [other, one]
    const value = i % 3 ? 1 : -1
    const vote = aVote({ subject: 'github.com/a/b#1', value })
    // Asked beforehand, so that whatever is remembered is older than the vote.
    await scoreAt(there, vote.subject)
    await here.cast(token, [vote])
    const others = { up: value > 0 ? 1 : 0, down: value > 0 ? 0 : 1 }
    expect(await scoreAt(there, vote.subject)).toMatchObject({ others })
    expect(await scoreAt(there, vote.subject, token)).toMatchObject({ others, mine: value })
  }
})

test('a vote that is sent again to another server is the same vote', async () => {
  const vote = aVote({ subject: 'github.com/a/b#2' })
  const [first] = await one.cast(token, [vote])
  const [again] = await other.cast(token, [vote])
  expect(again).toMatchObject({ status: 'duplicate', receipt: first?.receipt })
  const [bent] = await other.cast(token, [{ ...vote, value: -1 }])
  expect(bent).toMatchObject({ status: 'rejected' })
})

test('votes at two servers at once get receipts without a gap, and right sums', async () => {
  const db = one.open()
  const before = Number((await db.execute('SELECT max(seq) FROM log')).rows[0]?.[0])
  const cast = await Promise.all(
    Array.from({ length: 120 }, (_, i) =>
      (i % 2 ? one : other).cast(token, [
        aVote({ subject: `github.com/c/d${i % 3}#${(i % 5) + 1}` }),
      ]),
    ),
  )
  const receipts = cast.map(([result]) => Number(result?.receipt)).toSorted((a, b) => a - b)
  expect(receipts).toEqual(receipts.map((_, i) => before + 1 + i))
  const nobody = () => Promise.reject(new Error('not asked'))
  expect(await recount({ db, writer: { run: nobody }, auth: 'local' })).toMatchObject({
    gaps: [],
    subjects: [],
    votes: [],
  })
  db.close()
})

test('a session that was ended is refused by every server at once', async () => {
  const ending = await one.signIn('bob')
  expect((await other.ask('/auth/session', { token: ending })).status).toBe(200)
  expect((await one.ask('/auth/session', { token: ending, method: 'DELETE' })).status).toBe(204)
  expect((await other.ask('/auth/session', { token: ending })).status).toBe(401)
})

test('a new name and a new contributor count at every server at once', async () => {
  const facts = {
    host: 'github.com',
    owner: 'moot',
    name: 'old',
    forgeId: 77,
    defaultBranch: 'main',
  }
  const id = await one.writer.nameRepository(facts)
  await other.cast(token, [aVote({ subject: 'github.com/moot/old#1' })])
  await one.writer.nameRepository({ ...facts, name: 'new' })
  const [renamed] = await other.cast(token, [
    aVote({ subject: 'github.com/moot/old#1', value: -1 }),
  ])
  expect(renamed?.score).toMatchObject({ others: { up: 0, down: 1 } })
  const account = { forgeId: 5, login: 'ada', avatarUrl: null, isBot: false }
  await one.writer.takeWork(id, [{ kind: 'pull', ref: '9', account, at: Date.now() }])
  await one.writer.settleContributors(id, 0)
  const [counted] = await other.cast(token, [aVote({ subject: 'github.com/moot/new#1' })])
  expect(counted?.score).toMatchObject({ contributors: { up: 1 }, voter: 'contributor' })
})

test('a code to enter that one server gave out opens a session at another', async () => {
  const { oauth, fetch: reach, enter } = visitor()
  const { clientId, secret } = oauth.app
  const settings = { FORGEMOOT_GITHUB_CLIENT_ID: clientId, FORGEMOOT_GITHUB_CLIENT_SECRET: secret }
  const file = `${folder.path}/devices.db`
  const here = await startTestServer(file, settings, reach)
  const there = await startTestServer(file, settings, reach)
  oauth.settings.interval = 1
  const begun = await here.ask('/auth/github/device', { method: 'POST' })
  const { handle, userCode } = begun.body as DeviceReply
  enter('grace', userCode)
  const ask = (server: TestServer) => server.ask('/auth/github/device/token', { body: { handle } })
  const reply = await vi.waitFor(
    async () => {
      const { status, body } = await ask(there)
      expect(status).toBe(200)
      return body as SessionReply
    },
    { timeout: 20_000, interval: 300 },
  )
  expect(reply.person.login).toBe('grace')
  expect(JSON.stringify((await ask(here)).body)).toContain('sign-in-over')
  await Promise.all([here.stop(), there.stop()])
})

test('whoever asks for an import at any server is told by every server how it goes', async () => {
  const { body } = await one.ask('/v1/imports', {
    token,
    body: { repo: `github.com/x/${randomUUID()}` },
  })
  const { id } = body as { id: number }
  expect((await other.ask(`/v1/imports/${id}`, { token })).status).toBe(200)
})
