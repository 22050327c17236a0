import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SessionReply } from '#shared/api/sign-in'
import { temporaryFolder } from './testing-database.ts'
import { startTestServer, type TestServer } from './testing.ts'

const folder = temporaryFolder()
const file = `${folder.path}/votes.db`
let server: TestServer

beforeAll(async () => {
  server = await startTestServer(file)
})

afterAll(async () => {
  await server.stop()
  folder.remove()
})

const whoAmI = (token: string) => server.ask('/auth/session', { token })

test('signing in gives a token of 256 bits that lasts 90 days', async () => {
  const { status, body } = await server.ask('/auth/local', { body: { login: 'Ada-L' } })
  const { token, person, expiresAt } = body as SessionReply
  expect(status).toBe(200)
  expect(token).toMatch(/^[\w-]{43}$/)
  expect(person).toEqual({ id: expect.any(Number), login: 'Ada-L' })
  expect((expiresAt - Date.now()) / 86_400_000).toBeCloseTo(90, 2)
})

test('a session says who it is', async () => {
  const token = await server.signIn('grace')
  expect((await whoAmI(token)).body).toEqual({ person: { login: 'grace' } })
})

test('no token is on the disk', async () => {
  const token = await server.signIn('grace')
  const db = server.open()
  const { rows } = await db.execute('SELECT * FROM sessions')
  db.close()
  expect(rows.length).toBeGreaterThan(0)
  expect(JSON.stringify(rows)).not.toContain(token)
})

test('signing out ends this session and no other', async () => {
  const [token, other] = [await server.signIn('grace'), await server.signIn('grace')]
  expect((await whoAmI(token)).status).toBe(200)
  const out = await server.ask('/auth/session', { method: 'DELETE', token })
  expect([out.status, out.body]).toEqual([204, ''])
  expect((await whoAmI(token)).status).toBe(401)
  expect((await server.ask('/auth/session', { method: 'DELETE', token })).status).toBe(401)
  expect((await whoAmI(other)).status).toBe(200)
})

test('a restart keeps sessions, and keeps ended ones ended', async () => {
  const [token, ended] = [await server.signIn('grace'), await server.signIn('grace')]
  await server.ask('/auth/session', { method: 'DELETE', token: ended })
  await server.stop()
  server = await startTestServer(file)
  expect((await whoAmI(token)).status).toBe(200)
  expect((await whoAmI(ended)).status).toBe(401)
})

test.each(['chrome-extension://abcdefgh', 'moz-extension://3f-2a', 'safari-web-extension://A-B'])(
  '%s may read and write',
  async (origin) => {
    const body = { login: 'ada' }
    const answer = await server.ask('/auth/local', { body, headers: { origin } })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin)
    expect(answer.headers.get('vary')).toBe('origin')
    const preflight = await server.ask('/v1/votes', { method: 'OPTIONS', headers: { origin } })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-origin')).toBe(origin)
    expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization')
    const refusal = await server.ask('/v1/votes', { body: {}, headers: { origin } })
    expect(refusal.status).toBe(401)
    expect(refusal.headers.get('access-control-allow-origin')).toBe(origin)
  },
)

test.each([
  'https://github.com',
  'http://127.0.0.1:8787',
  'null',
  'https://chrome-extension.evil.org',
])('%s gets no leave to read', async (origin) => {
  for (const method of ['GET', 'OPTIONS']) {
    const answer = await server.ask('/v1/about', { method, headers: { origin } })
    const names = [...answer.headers.keys()]
    expect(names.filter((name) => name.startsWith('access-control'))).toEqual([])
  }
})

test('health, readiness and the problems answer anybody', async () => {
  expect(await server.ask('/healthz')).toMatchObject({ status: 200, body: 'ok\n' })
  expect((await server.ask('/readyz')).body).toEqual({
    ready: true,
    database: true,
    migrations: true,
    writer: true,
    disk: true,
  })
  const explained = await server.ask('/problems/busy')
  expect(explained.headers.get('content-type')).toContain('text/plain')
  expect(explained.body).toContain('The server has too much to do')
})
