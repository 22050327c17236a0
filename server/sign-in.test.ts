import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import * as v from 'valibot'
import type { DeviceReply, SessionReply } from '#shared/api/sign-in'
import { ProblemSchema } from '#shared/api/problem'
import { visitor } from '../test/forge/oauth/visitor.ts'
import { temporaryFolder } from './testing-database.ts'
import { startTestServer, type TestServer } from './testing.ts'

const folder = temporaryFolder()
const { oauth, fetch: reach, agree, enter } = visitor()
const { clientId, secret } = oauth.app
const GITHUB = { FORGEMOOT_GITHUB_CLIENT_ID: clientId, FORGEMOOT_GITHUB_CLIENT_SECRET: secret }
const file = `${folder.path}/votes.db`
let server: TestServer
const printed: string[] = []

beforeAll(async () => {
  for (const name of ['log', 'error', 'warn', 'info'] as const)
    vi.spyOn(console, name).mockImplementation((...said) => void printed.push(said.join(' ')))
  server = await startTestServer(file, GITHUB, reach)
})

afterAll(async () => {
  await server.stop()
  folder.remove()
})

afterEach(() => {
  Object.assign(oauth.settings, { fault: undefined, later: 0, interval: 5 })
  // Those whose answers were lost: nobody could revoke them.
  oauth.tokens.clear()
})

const signIn = (body: unknown) => server.ask('/auth/github', { body })

const problemOf = async (asked: Promise<{ status: number; body: unknown }>) => {
  const { status, body } = await asked
  const { type, detail } = v.parse(ProblemSchema, body)
  return { status, type: type.replace('/problems/', ''), detail }
}

test('the server says how to sign in, and where', async () => {
  expect((await server.ask('/v1/about')).body).toMatchObject({ auth: ['github', 'github-device'] })
  expect((await server.ask('/auth/github')).body).toEqual({
    clientId,
    authorizeUrl: 'https://github.com/login/oauth/authorize',
  })
})

test('a code becomes a session; its token of GitHub is worthless afterwards', async () => {
  const { status, body } = await signIn(agree('ada'))
  const { token, person } = body as SessionReply
  expect(status).toBe(200)
  expect(person).toEqual({ id: expect.any(Number), login: 'ada' })
  expect((await server.ask('/auth/session', { token })).body).toEqual({ person: { login: 'ada' } })
  await vi.waitFor(() => expect(oauth.tokens.size).toBe(0))
})

test('the numeric id, the login and the picture are kept, and nothing else', async () => {
  await signIn(agree('grace'))
  const db = server.open()
  const { rows } = await db.execute("SELECT * FROM persons WHERE login = 'grace'")
  db.close()
  const { id } = oauth.world.accounts.find(({ login }) => login === 'grace') ?? {}
  expect(rows).toHaveLength(1)
  expect(rows[0]).toMatchObject({
    host: 'github.com',
    login: 'grace',
    forge_id: id,
    avatar_url: `https://avatars.githubusercontent.com/u/${id}?v=4`,
  })
})

const wrong: [string, () => object, string][] = [
  ['a code that was used', usedCode, 'sign-in-over'],
  ['a code older than ten minutes', oldCode, 'sign-in-over'],
  ['a code that nobody gave', () => ({ ...agree('ada'), code: 'f'.repeat(20) }), 'sign-in-over'],
  ['another verifier', () => ({ ...agree('ada'), verifier: 'v'.repeat(43) }), 'sign-in-over'],
  [
    'another extension',
    () => ({ ...agree('ada'), redirectUri: `https://${'b'.repeat(32)}.chromiumapp.org/` }),
    'not-configured',
  ],
  ['a web page', () => ({ ...agree('ada'), redirectUri: 'https://evil.example/' }), 'invalid'],
  ['no verifier', () => ({ ...agree('ada'), verifier: undefined }), 'invalid'],
  ['a bot', () => (appearOnce('robot', 'Bot'), agree('robot')), 'not-a-person'],
  ['an organization', () => (appearOnce('org', 'Organization'), agree('org')), 'not-a-person'],
]

test.each(wrong)('%s signs nobody in', async (_, made, type) => {
  const body = await made()
  const before = await sessions()
  const problem = await problemOf(signIn(body))
  expect(problem.type).toBe(type)
  expect(await sessions()).toBe(before)
  await vi.waitFor(() => expect(oauth.tokens.size).toBe(0))
})

test.each([
  ['down', /cannot be reached/],
  ['failing', /problem of its own/],
  ['garbage', /not to be expected/],
] as const)('while GitHub is %s, the answer says so', async (fault, said) => {
  const grant = agree('ada')
  oauth.settings.fault = fault
  const { status, type, detail } = await problemOf(signIn(grant))
  expect([status, type]).toEqual([502, 'forge-failed'])
  expect(detail).toMatch(said)
})

test('a GitHub that does not answer is waited for ten seconds', { timeout: 20_000 }, async () => {
  const grant = agree('ada')
  oauth.settings.fault = 'silent'
  const { type, detail } = await problemOf(signIn(grant))
  expect(type).toBe('forge-failed')
  expect(detail).toMatch(/in time/)
})

test.each([
  ['secret', { FORGEMOOT_GITHUB_CLIENT_SECRET: 'x'.repeat(40) }],
  ['client id', { FORGEMOOT_GITHUB_CLIENT_ID: 'Iv1.nobody' }],
])('a server with a wrong %s says that its operator has to look', async (_, wrong) => {
  const other = await startTestServer(`${folder.path}/wrong.db`, { ...GITHUB, ...wrong }, reach)
  const asked = other.ask('/auth/github', { body: agree('ada') })
  expect(await problemOf(asked)).toMatchObject({ status: 501, type: 'not-configured' })
  await other.stop()
})

test('a login alone is not believed', async () => {
  expect(await problemOf(server.ask('/auth/local', { body: { login: 'ada' } }))).toMatchObject({
    status: 403,
    type: 'forbidden',
  })
})

// The device flow.

const ask = (handle: string) => server.ask('/auth/github/device/token', { body: { handle } })

async function started(): Promise<DeviceReply> {
  const { status, body } = await server.ask('/auth/github/device', { method: 'POST' })
  expect(status).toBe(200)
  return body as DeviceReply
}

test('a code that was entered becomes a session, once', async () => {
  oauth.settings.interval = 1
  const { handle, userCode, verificationUri, interval } = await started()
  expect(verificationUri).toBe('https://github.com/login/device')
  expect(interval).toBe(1000)
  expect((await ask(handle)).status).toBe(202)
  enter('ada', userCode)
  await vi.waitFor(async () => expect((await ask(handle)).status).toBe(200), { timeout: 5000 })
  expect(await problemOf(ask(handle))).toMatchObject({ type: 'sign-in-over' })
  await vi.waitFor(() => expect(oauth.tokens.size).toBe(0))
})

test('whoever asks too soon is told to wait, and GitHub is not asked', async () => {
  const { handle, userCode } = await started()
  enter('ada', userCode)
  const { status, body } = await ask(handle)
  expect(status).toBe(202)
  expect((body as { interval: number }).interval).toBeGreaterThan(3000)
  expect([...oauth.devices.values()].at(-1)?.askedAt).toBe(0)
})

test('a refusal and a code that ran out are told apart', async () => {
  oauth.settings.interval = 1
  const refused = await started()
  enter('ada', refused.userCode, false)
  const problem = () => problemOf(ask(refused.handle))
  await vi.waitFor(async () => expect((await problem()).type).toBe('sign-in-refused'), 5000)
  const late = await started()
  oauth.settings.later = 900_000
  await vi.waitFor(
    async () => expect((await problemOf(ask(late.handle))).type).toBe('sign-in-over'),
    5000,
  )
})

test('when GitHub wants to be asked less often, the next question waits longer', async () => {
  oauth.settings.interval = 1
  const { handle } = await started()
  const device = [...oauth.devices.values()].at(-1)
  if (device) Object.assign(device, { interval: 7, askedAt: Date.now() + 500 })
  await vi.waitFor(async () => {
    const { body } = await ask(handle)
    expect((body as { interval: number }).interval).toBeGreaterThan(10_000)
  }, 5000)
})

test('a handle that nobody got opens nothing', async () => {
  expect(await problemOf(ask('h'.repeat(43)))).toMatchObject({ type: 'sign-in-over' })
  expect(await problemOf(ask('short'))).toMatchObject({ type: 'invalid' })
})

test('an app without the device flow says who can switch it on', async () => {
  oauth.app.hasDeviceFlow = false
  const asked = server.ask('/auth/github/device', { method: 'POST' })
  expect(await problemOf(asked)).toMatchObject({ type: 'not-configured' })
  oauth.app.hasDeviceFlow = true
})

// Last: after everything above.

test('no secret was printed, and none is in the database', async () => {
  oauth.settings.fault = 'failing'
  await signIn(agree('ada'))
  expect(printed.join('\n')).toContain('502 to POST /login/oauth/access_token')
  const db = server.open()
  const rows = await Promise.all(
    ['persons', 'sessions', 'apps'].map(
      async (name) => (await db.execute(`SELECT * FROM ${name}`)).rows,
    ),
  )
  db.close()
  const seen = printed.join('\n') + JSON.stringify(rows)
  expect(oauth.secrets.size).toBeGreaterThan(20)
  for (const one of [...oauth.secrets, secret]) expect(seen).not.toContain(one)
})

async function usedCode() {
  const grant = agree('ada')
  await signIn(grant)
  return grant
}

function oldCode() {
  const grant = agree('ada')
  oauth.settings.later = 601_000
  return grant
}

function appearOnce(login: string, type: 'Bot' | 'Organization') {
  const account = oauth.world.accounts.find((each) => each.login === login)
  if (!account) {
    oauth.world.accounts.push({ login, id: 1_600_000 + oauth.types.size })
    oauth.types.set(1_600_000 + oauth.types.size, type)
  }
}

async function sessions() {
  const db = server.open()
  const { rows } = await db.execute('SELECT count(*) FROM sessions')
  db.close()
  return Number(rows[0]?.[0])
}
