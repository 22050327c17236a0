import { afterAll, beforeAll, expect, test } from 'vitest'
import { EXTENSION_REDIRECTS } from '#shared/redirect'
import { visitor } from '../test/forge/oauth/visitor.ts'
import { temporaryFolder } from './testing-database.ts'
import { startTestServer, type TestServer } from './testing.ts'

const folder = temporaryFolder()
const { oauth, fetch: reach } = visitor()
oauth.forge.signedIn = 'ada'
const file = `${folder.path}/votes.db`
const environment = { FORGEMOOT_AUTH: 'github' }
let server: TestServer

beforeAll(async () => {
  server = await startTestServer(file, environment, reach)
})

afterAll(async () => {
  await server.stop()
  folder.remove()
})

const PROXIED = { 'x-forwarded-for': '203.0.113.7' }
const pageAt = async (path: string, headers: Record<string, string> = {}) => {
  const { status, body, headers: told } = await server.ask(path, { headers })
  expect(told.get('content-type')).toBe('text/html; charset=utf-8')
  const policy = told.get('content-security-policy') ?? ''
  expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'/)
  expect(body).not.toMatch(/<script|onclick|javascript:/)
  return { status, html: String(body), policy }
}

const unescaped = (text: string) =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

function formIn(html: string) {
  const [, action = '', manifest = ''] =
    /action="([^"]+)">\s*<input type="hidden" name="manifest" value="([^"]+)"/.exec(html) ?? []
  return { action: new URL(unescaped(action)), manifest: unescaped(manifest) }
}

/** Sends a form of ours to GitHub, and agrees there; where that leads. */
function make(html: string, name: string): URL {
  const { action, manifest } = formIn(html)
  const post = (url: URL, fields: Record<string, string>) => {
    const reply = oauth.answer({
      host: url.hostname,
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    })
    if (!reply || reply === 'down') throw new Error('GitHub is down')
    return reply
  }
  const shown = post(action, { manifest })
  expect(shown.body).toContain('Create GitHub App')
  expect(shown.status).toBe(200)
  const state = action.searchParams.get('state') ?? ''
  const { headers } = post(new URL('https://github.com/settings/apps/create'), {
    manifest,
    state,
    name,
  })
  return new URL(headers['location'] ?? '')
}

test('until it is set up, the server offers no way to sign in, and says what to do', async () => {
  expect((await server.ask('/v1/about')).body).toMatchObject({ auth: [] })
  expect((await server.ask('/auth/github')).body).toMatchObject({
    type: '/problems/not-configured',
  })
})

test('others need the token that was printed', async () => {
  const { pathname, search, searchParams } = new URL(server.setUp ?? '')
  expect((await pageAt(pathname, PROXIED)).status).toBe(403)
  expect((await pageAt(`${pathname}?token=${'x'.repeat(32)}`, PROXIED)).status).toBe(403)
  expect(searchParams.get('token')).toMatch(/^[\w-]{32}$/)
  expect((await pageAt(pathname + search, PROXIED)).status).toBe(200)
})

test('what was typed cannot become markup', async () => {
  const { html } = await pageAt(`/setup?name=${encodeURIComponent('"><b>x')}`)
  expect(html).not.toContain('<b>x')
  expect((await pageAt('/setup?organization=a/b')).status).toBe(400)
  expect((await pageAt('/setup?address=http://moot.example')).status).toBe(400)
})

test('the manifest asks for what is needed, and no more', async () => {
  const { html, policy } = await pageAt('/setup?organization=moot&address=https://moot.example')
  const { action, manifest } = formIn(html)
  expect(policy).toContain(`form-action 'self' https://github.com;`)
  expect(action.pathname).toBe('/organizations/moot/settings/apps/new')
  expect(JSON.parse(manifest)).toMatchObject({
    url: 'https://moot.example',
    redirect_url: `${server.address}/setup/done`,
    callback_urls: EXTENSION_REDIRECTS,
    hook_attributes: { url: 'https://moot.example/webhooks/github', active: true },
    default_permissions: {
      metadata: 'read',
      issues: 'read',
      pull_requests: 'write',
      contents: 'write',
      checks: 'write',
    },
  })
})

test('a state that was not given out here, or was used, sets nothing up', async () => {
  expect((await pageAt('/setup/done?code=abc&state=made-up')).status).toBe(400)
  const back = make((await pageAt('/setup')).html, 'Elsewhere')
  const path = `/setup/done?state=${back.searchParams.get('state')}`
  expect((await pageAt(`${path}&code=unknown`)).status).toBe(400)
  expect((await pageAt(`${path}&code=${back.searchParams.get('code')}`)).status).toBe(400)
  expect((await server.ask('/v1/about')).body).toMatchObject({ auth: [] })
})

test('one click makes the app; from then on people sign in, after a restart as well', async () => {
  const back = make((await pageAt('/setup')).html, 'Forgemoot 1')
  expect(back.origin).toBe(server.address)
  const done = await pageAt(back.pathname + back.search)
  expect(done.html).toContain('https://github.com/settings/apps/forgemoot-1')
  const [app] = [...oauth.apps.values()].filter(({ name }) => name === 'Forgemoot 1')
  expect(app?.callbacks).toEqual(EXTENSION_REDIRECTS)
  expect(done.html).not.toContain(app?.secret)
  for (const restart of [false, true]) {
    if (restart) {
      await server.stop()
      server = await startTestServer(file, {}, reach)
      expect(server.setUp).toBeUndefined()
    }
    expect((await server.ask('/v1/about')).body).toMatchObject({
      auth: ['github', 'github-device'],
    })
    expect((await server.ask('/auth/github')).body).toMatchObject({ clientId: app?.clientId })
    expect((await pageAt('/setup')).html).toContain('has its app already')
  }
})
