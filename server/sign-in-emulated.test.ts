/**
 * The exchange of a code against a GitHub that others wrote. It takes any verifier, forgets no token, and
 * lets unknown tokens in as its first user; the front says no to what GitHub would.
 */
import { createHash, randomBytes } from 'node:crypto'
import { createEmulator, type Emulator } from 'emulate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SessionReply } from '#shared/api/sign-in'
import { freePort } from '../test/e2e/free-port.ts'
import { temporaryFolder } from './testing-database.ts'
import { startTestServer, type TestServer } from './testing.ts'

const folder = temporaryFolder()
const REDIRECT = `https://${'a'.repeat(32)}.chromiumapp.org/`
const APP = { client_id: 'Iv1.emulated', client_secret: 'emulated-secret-of-the-app' }
const challenges = new Map<string, string>()
const tokens = new Set<string>()
const revoked = new Set<string>()
let github: Emulator
let server: TestServer

beforeAll(async () => {
  github = await createEmulator({
    service: 'github',
    port: await freePort(),
    seed: {
      github: {
        users: [{ login: 'ada', name: 'Ada' }],
        oauth_apps: [{ ...APP, name: 'Forgemoot', redirect_uris: [REDIRECT] }],
      },
    },
  })
  server = await startTestServer(
    `${folder.path}/votes.db`,
    {
      FORGEMOOT_GITHUB_URL: github.url,
      FORGEMOOT_GITHUB_API_URL: github.url,
      FORGEMOOT_GITHUB_CLIENT_ID: APP.client_id,
      FORGEMOOT_GITHUB_CLIENT_SECRET: APP.client_secret,
    },
    strict,
  )
})

afterAll(async () => {
  await server?.stop()
  await github?.close()
  folder.remove()
})

const bad = () => Response.json({ error: 'bad_verification_code' })

const strict: typeof fetch = async (input, init) => {
  const { pathname } = new URL(String(input))
  const headers = new Headers(init?.headers)
  const body = init?.body ? (JSON.parse(String(init.body)) as Record<string, string>) : {}
  if (/^\/applications\/[^/]+\/token$/.test(pathname) && init?.method === 'DELETE') {
    const basic = Buffer.from(`${APP.client_id}:${APP.client_secret}`).toString('base64')
    if (headers.get('authorization') !== `Basic ${basic}`)
      return new Response('{}', { status: 401 })
    tokens.delete(body['access_token'] ?? '')
    revoked.add(body['access_token'] ?? '')
    return new Response(null, { status: 204 })
  }
  const bearer = /^Bearer (.+)$/.exec(headers.get('authorization') ?? '')?.[1]
  if (bearer !== undefined && !tokens.has(bearer))
    return Response.json({ message: 'Bad credentials' }, { status: 401 })
  const isExchange = pathname === '/login/oauth/access_token'
  if (isExchange && hashOf(body['code_verifier'] ?? '') !== challenges.get(body['code'] ?? ''))
    return bad()
  const reply = await fetch(input, init)
  if (!isExchange) return reply
  const told = (await reply.json()) as { access_token?: string }
  if (told.access_token) tokens.add(told.access_token)
  return Response.json(told, { status: reply.status })
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('base64url')

/** Agrees as that person; what an extension comes back with. */
async function agree(login: string) {
  const verifier = randomBytes(32).toString('base64url')
  const fields = { login, redirect_uri: REDIRECT, state: 's', client_id: APP.client_id, scope: '' }
  const { headers } = await fetch(`${github.url}/login/oauth/callback`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    redirect: 'manual',
  })
  const code = new URL(headers.get('location') ?? '').searchParams.get('code') ?? ''
  challenges.set(code, hashOf(verifier))
  return { code, verifier, redirectUri: REDIRECT }
}

const signIn = (body: unknown) => server.ask('/auth/github', { body })

test('a code becomes a session, and the token is given back', async () => {
  const { status, body } = await signIn(await agree('ada'))
  expect(status).toBe(200)
  expect((body as SessionReply).person).toMatchObject({ login: 'ada' })
  await expect.poll(() => [tokens.size, revoked.size]).toEqual([0, 1])
})

test('a code works once, and with its own verifier only', async () => {
  const grant = await agree('ada')
  expect((await signIn({ ...grant, verifier: 'v'.repeat(43) })).status).toBe(400)
  expect((await signIn(grant)).status).toBe(200)
  expect((await signIn(grant)).body).toMatchObject({ type: '/problems/sign-in-over' })
})
