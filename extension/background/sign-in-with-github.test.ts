import 'fake-indexeddb/auto'
import { beforeEach, expect, test } from 'vitest'
import type { ProblemType } from '#shared/problem'
import { EXTENSION_REDIRECTS } from '#shared/redirect'
import { askCode, giveUpCode, startCode } from './device-sign-in.ts'
import { fakeContext, type FakeContext, SERVER } from './fake-context.ts'
import { fakeServer, problemReply } from './fake-server.ts'
import { forgetReader, readSessions } from './own-data.ts'
import { readStatus } from './read-status.ts'
import { keepSession } from './session.ts'
import { finishGrant, startGrant } from './sign-in-with-github.ts'

const [REDIRECT = ''] = EXTENSION_REDIRECTS
const DEVICE = {
  handle: 'h'.repeat(43),
  userCode: 'BCDF-GHJK',
  verificationUri: 'https://github.com/login/device',
  interval: 5000,
}

let context: FakeContext
let authorizeUrl: string
let sent: { path: string; body: unknown }[]
/** What the server says to a code or a handle. */
let answer: () => Response

beforeEach(() => {
  const server = fakeServer()
  context = fakeContext(server.fetch)
  authorizeUrl = 'https://github.com/login/oauth/authorize'
  sent = []
  const expiresAt = context.clock.time + 900_000
  const session = { token: 't'.repeat(43), person: { login: 'ada' }, expiresAt }
  answer = () => Response.json(session)
  server.fault = (path, body) => {
    sent.push({ path, body })
    if (path === '/auth/github' && body === undefined)
      return Response.json({ clientId: 'Iv1.x', authorizeUrl })
    if (path === '/auth/github/device') return Response.json({ ...DEVICE, expiresAt })
    if (path === '/auth/github' || path === '/auth/github/device/token') return answer()
    return undefined
  }
})

const person = async () => (await readStatus(context)).person
const backWith = (asked: string, over: Record<string, string>) => {
  const url = new URL(REDIRECT)
  const state = new URL(asked).searchParams.get('state') ?? ''
  for (const [name, value] of Object.entries({ state, ...over })) url.searchParams.set(name, value)
  return url.href
}
const typeOf = (work: Promise<unknown>): Promise<ProblemType | undefined> =>
  work.then(
    () => undefined,
    (problem: { type: ProblemType }) => problem.type,
  )

test('the verifier stays here until the code is there; only its hash goes to GitHub', async () => {
  const asked = new URL(await startGrant(context, REDIRECT))
  expect(Object.fromEntries(asked.searchParams)).toEqual({
    client_id: 'Iv1.x',
    redirect_uri: REDIRECT,
    state: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge_method: 'S256',
  })
  await finishGrant(context, backWith(asked.href, { code: 'c0de' }))
  const { body } = sent.at(-1) as { body: Record<string, string> }
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(body['verifier']))
  expect(Buffer.from(hash).toString('base64url')).toBe(asked.searchParams.get('code_challenge'))
  expect(body).toMatchObject({ code: 'c0de', redirectUri: REDIRECT })
  expect(await person()).toBe('ada')
})

test.each([
  ['another state', { state: 'x', code: 'c' }, 'sign-in-over'],
  ['a refusal', { error: 'access_denied' }, 'sign-in-refused'],
  ['another error', { error: 'server_error' }, 'sign-in-over'],
  ['no code', {}, 'sign-in-over'],
])('%s is not sent to the server, and ends the attempt', async (_, over, type) => {
  const asked = await startGrant(context, REDIRECT)
  const before = sent.length
  expect(await typeOf(finishGrant(context, backWith(asked, over)))).toBe(type)
  expect(await typeOf(finishGrant(context, backWith(asked, { code: 'c' })))).toBe('sign-in-over')
  expect(sent).toHaveLength(before)
  expect(await person()).toBeUndefined()
})

test('what was begun survives the worker, and is used once', async () => {
  const asked = await startGrant(context, REDIRECT)
  const again = fakeContext(context.fetch, context)
  const back = backWith(asked, { code: 'c0de' })
  await finishGrant(again, back)
  expect(await typeOf(finishGrant(again, back))).toBe('sign-in-over')
})

test.each(['http://evil.example/a', 'javascript:alert(1)', 'file:///etc/passwd'])(
  'a server cannot have %s opened',
  async (address) => {
    authorizeUrl = address
    expect(await typeOf(startGrant(context, REDIRECT))).toBe('invalid')
  },
)

// Codes.

const pending = () => Response.json({ interval: 7000 }, { status: 202 })

test('a code is asked about no sooner than the server says, and ends in a session', async () => {
  await startCode(context)
  expect((await readStatus(context)).code).toMatchObject({ userCode: 'BCDF-GHJK' })
  await askCode(context)
  expect(sent).toHaveLength(1)
  answer = pending
  context.clock.time += 5000
  await askCode(context)
  expect(sent).toHaveLength(2)
  context.clock.time += 6000
  await askCode(context)
  expect(sent).toHaveLength(2)
  answer = () =>
    Response.json({
      token: 't'.repeat(43),
      person: { login: 'ada' },
      expiresAt: context.clock.time + 1e6,
    })
  context.clock.time += 1000
  await askCode(context)
  expect(await person()).toBe('ada')
  expect((await readStatus(context)).code).toBeUndefined()
})

test.each(['sign-in-refused', 'sign-in-over', 'not-a-person'] as const)(
  'after %s the code is forgotten',
  async (type) => {
    await startCode(context)
    answer = () => problemReply(type)
    context.clock.time += 5000
    expect(await typeOf(askCode(context))).toBe(type)
    expect((await readStatus(context)).code).toBeUndefined()
  },
)

test('a server or a GitHub that fails is asked again, and says what is wrong', async () => {
  await startCode(context)
  answer = () => problemReply('forge-failed', 'GitHub cannot be reached.')
  context.clock.time += 5000
  await askCode(context)
  expect((await readStatus(context)).code).toMatchObject({ trouble: 'GitHub cannot be reached.' })
})

test('a code that ran out says so once; one that was given up is not asked about', async () => {
  await startCode(context)
  context.clock.time += 1_000_000
  expect(await typeOf(askCode(context))).toBe('sign-in-over')
  expect(await typeOf(askCode(context))).toBeUndefined()
  await startCode(context)
  await giveUpCode(context)
  context.clock.time += 5000
  const before = sent.length
  await askCode(context)
  expect(sent).toHaveLength(before)
})

// One's own.

test('who is not signed in is told so; a session that the server ended is lost here, too', async () => {
  expect(await typeOf(readSessions(context))).toBe('unauthenticated')
  await keepSession(context.store, SERVER, { token: 'token-of-x', login: 'x', expiresAt: 1e15 })
  const { fetch } = context
  context.fetch = async (input, init) =>
    String(input).endsWith('/v1/sessions') ? problemReply('unauthenticated') : fetch(input, init)
  expect(await typeOf(readSessions(context))).toBe('unauthenticated')
  expect(await person()).toBeUndefined()
})

test('who is forgotten leaves no vote here that was cast as them, and every other', async () => {
  const ada = { server: SERVER, login: 'ada' }
  const vote = (number: number, of: typeof ada | undefined) => ({
    id: `id-${number}`,
    subject: `github.com/a/b#${number}` as never,
    value: 1 as const,
    castAt: 1,
    person: of,
  })
  await context.store.votes.bulkAdd([
    { ...vote(1, ada), delivered: { ...ada, receipt: 1, voter: 'other' } },
    { ...vote(2, { ...ada, login: 'grace' }), delivered: undefined },
    { ...vote(3, undefined), delivered: undefined },
    { ...vote(4, ada), delivered: undefined },
  ])
  await context.store.outbox.bulkAdd([
    { ...vote(2, { ...ada, login: 'grace' }), refused: undefined, clamped: false } as never,
    { ...vote(4, ada), refused: undefined, clamped: false } as never,
  ])
  await keepSession(context.store, SERVER, { token: 'token-of-ada', login: 'ada', expiresAt: 1e15 })
  const { fetch } = context
  context.fetch = async (input, init) =>
    String(input).endsWith('/v1/me') ? new Response(null, { status: 204 }) : fetch(input, init)
  await forgetReader(context)
  expect((await context.store.votes.toArray()).map(({ id }) => id)).toEqual(['id-2', 'id-3'])
  expect((await context.store.outbox.toArray()).map(({ id }) => id)).toEqual(['id-2'])
  expect(await person()).toBeUndefined()
})
