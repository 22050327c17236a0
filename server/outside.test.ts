/** What can be made of the server from outside: where it can be sent, and what its pages let in. */
import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Context } from './context.ts'
import { routesOf } from './http/routes.ts'
import { temporaryFolder } from './testing-database.ts'
import { startTestServer, type TestServer } from './testing.ts'
import { unparsed } from './http/unparsed.ts'

const SECRET = 'it is a secret'
const API = 'https://api.forge.example'
const folder = temporaryFolder()
const reached: string[] = []
let asked = 0
let server: TestServer
let token: string

beforeAll(async () => {
  server = await startTestServer(
    `${folder.path}/votes.db`,
    {
      FORGEMOOT_GITHUB_WEBHOOK_SECRET: SECRET,
      FORGEMOOT_GITHUB_API_URL: API,
    },
    (input, init) => {
      asked++
      reached.push(String(input instanceof Request ? input.url : input))
      expect(init?.redirect).not.toBe('follow')
      return Promise.resolve(
        new Response('', { status: 302, headers: { location: 'http://169.254.169.254/latest' } }),
      )
    },
  )
  token = await server.signIn('ada')
})

afterAll(async () => {
  await server.stop()
  folder.remove()
})

const PLACES = [
  'http://169.254.169.254/latest/meta-data',
  'http://127.0.0.1:8787/metrics',
  'http://[::1]/',
  'file:///etc/passwd',
  '169.254.169.254/a/b',
  'localhost/a/b',
  'github.com@169.254.169.254/a/b',
  'github.com:80@evil.example/a/b',
  'evil.example/github.com/a/b',
  'https://evil.example/github.com/a/b',
  'github.com.evil.example/a/b',
  'github.com/../..',
  'github.com/a/..',
  'github.com/%2e%2e/%2e%2e',
  'github.com/a/b/../../../user',
  'github.com/a/b?x=http://evil.example',
  'github.com/a/b#@evil.example',
  'github.com//evil.example/b',
  'github.com/a\\b/c',
  'github.com/a/b\r\nHost: evil.example',
  'github.com/a/b%0d%0aHost:evil.example',
  'github.com/а/b',
]

test.each(PLACES)('%j leads the server nowhere but to its forge', async (place) => {
  reached.length = 0
  const answers = [
    await server.ask('/v1/imports', { token, body: { repo: place } }),
    await server.ask(`/v1/feed?repo=${encodeURIComponent(place)}`, { token }),
    await server.ask(`/v1/voter?repo=${encodeURIComponent(place)}`, { token }),
    await server.ask('/v1/scores', { body: { subjects: [`${place}#1`] } }),
    await server.ask('/v1/tallies', { token, body: { subject: `${place}#1` } }),
    await server.ask(`/v1/tallies?subject=${encodeURIComponent(`${place}#1`)}`, { token }),
  ]
  for (const { status } of answers) expect([500, 501]).not.toContain(status)
  await new Promise((done) => setTimeout(done, 20))
  for (const url of reached) expect(new URL(url).origin, url).toBe(API)
})

test.each(PLACES)(
  'a signed delivery about %j leads the server nowhere but to its forge',
  async (place) => {
    reached.length = 0
    const repository = {
      id: 42,
      name: place,
      full_name: place,
      owner: { login: place, id: 7, type: 'Organization' },
      private: false,
      default_branch: place,
      url: place,
      html_url: place,
      pulls_url: place,
    }
    const pull = { number: 1, url: place, issue_url: place, head: { sha: place, ref: place } }
    for (const event of ['issues', 'pull_request', 'push', 'repository', 'issue_comment']) {
      const body = JSON.stringify({
        action: 'opened',
        ref: `refs/heads/${place}`,
        repository,
        issue: pull,
        pull_request: pull,
      })
      const signature = `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`
      const { status } = await server.ask('/webhooks/github', {
        body,
        headers: { 'x-github-event': event, 'x-hub-signature-256': signature },
      })
      expect(status).toBe(202)
    }
    await new Promise((done) => setTimeout(done, 20))
    for (const url of reached) expect(new URL(url).origin, url).toBe(API)
  },
)

test('the forge itself was asked, so that the above says something', () => {
  expect(asked).toBeGreaterThan(0)
})

test('every answer of every door forbids everything that its page does not need', async () => {
  const doors = routesOf({} as Context).map(({ method, path }) => ({ method, path }))
  const paths = [
    ...doors,
    { method: 'GET', path: '/nowhere' },
    { method: 'PUT', path: '/v1/votes' },
  ]
  for (const { method, path } of paths) {
    const { headers } = await server.ask(path.replaceAll(/:\w+/g, '1'), { method })
    const policy = headers.get('content-security-policy') ?? ''
    const at = `${method} ${path}: ${policy}`
    expect(policy, at).toMatch(/^default-src 'none';/)
    expect(policy, at).toContain("frame-ancestors 'none'")
    expect(policy, at).not.toMatch(/unsafe|script-src|\*|data:/)
    if (headers.get('content-type')?.startsWith('text/html')) {
      expect(policy, at).toMatch(/style-src 'sha256-\S+'; form-action 'self'/)
      expect(policy, at).toContain("base-uri 'none'")
      expect(headers.get('referrer-policy'), at).toBe('no-referrer')
    }
    expect(headers.get('x-content-type-options'), at).toBe('nosniff')
    expect(headers.get('cache-control'), at).toBe('no-store')
    expect(headers.get('access-control-allow-origin'), at).toBeNull()
  }
  expect(unparsed(undefined)).toContain("Content-Security-Policy: default-src 'none'")
})
