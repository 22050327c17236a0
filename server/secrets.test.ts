/**
 * What decides whether a secret is right. How long a comparison takes cannot be tested; that nothing decides
 * but the one that takes the same time for all can: here it is made to lie, and is believed.
 */
import crypto, { createHmac } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { tokenHashOf } from './services/token-hash.ts'
import type { TestServer } from './testing.ts'
import { sharedServer } from './testing-server.ts'

const METRICS = 'token-of-the-one-who-looks'
const WEBHOOK = 'a secret of the forge'

const { server } = sharedServer({
  FORGEMOOT_METRICS_TOKEN: METRICS,
  FORGEMOOT_GITHUB_WEBHOOK_SECRET: WEBHOOK,
})

const honest = crypto.timingSafeEqual

/** Puts another function in the place of Node's own, for whoever imports it. */
function compareBy(compare: typeof honest) {
  crypto.timingSafeEqual = compare
  syncBuiltinESMExports()
}

afterEach(() => compareBy(honest))

const BODY = '{"zen":"Keep it logically awesome."}'

const delivered = (secret: string) =>
  server.ask('/webhooks/github', {
    body: BODY,
    headers: {
      'x-github-event': 'ping',
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(BODY).digest('hex')}`,
    },
  })

/** As through a proxy: whoever is on this machine needs no token. */
const setUp = (token: string) =>
  server.ask(`/setup?token=${encodeURIComponent(token)}`, {
    headers: { 'x-forwarded-for': '203.0.113.7' },
  })

const setUpToken = () => new URL(server.setUp ?? '').searchParams.get('token') ?? ''

test.each<
  [door: string, ask: (secret: string) => ReturnType<TestServer['ask']>, right: () => string]
>([
  ['/metrics', (token) => server.ask('/metrics', { token }), () => METRICS],
  ['/webhooks/github', delivered, () => WEBHOOK],
  ['/setup', setUp, setUpToken],
])(
  '%s: nothing but the comparison that takes the same time for all lets in',
  async (_, ask, right) => {
    const ok = expect.toSatisfy((status: number) => status < 300)
    const refused = expect.toSatisfy((status: number) => status === 401 || status === 403)
    expect((await ask(right())).status).toEqual(ok)
    expect((await ask(`${right()}x`)).status).toEqual(refused)
    expect((await ask('')).status).toEqual(refused)
    let asked = 0
    compareBy(() => ++asked > 0)
    expect((await ask(`${right()}x`)).status).toEqual(ok)
    expect((await ask('b')).status).toEqual(ok)
    compareBy(() => ++asked < 0)
    expect((await ask(right())).status).toEqual(refused)
    expect(asked).toBe(3)
  },
)

test('a session is found by the hash of its token, and the token is kept nowhere', async () => {
  const token = await server.signIn('ada')
  const db = server.open()
  const { rows } = await db.execute('SELECT token_hash FROM sessions')
  expect(rows.map((row) => row.token_hash)).toEqual([tokenHashOf(token)])
  expect(tokenHashOf(token)).toBe(crypto.createHash('sha256').update(token).digest('base64url'))
  // The row is all there is: under another hash it is another token's.
  await db.execute({ sql: 'UPDATE sessions SET token_hash = ?', args: [tokenHashOf('other')] })
  db.close()
  expect((await server.ask('/auth/session', { token })).status).toBe(401)
  expect((await server.ask('/auth/session', { token: 'other' })).status).toBe(200)
})

const SECRET = /(?:secret|token|signature|password|handle)\w*$/i
const NOTHING = /^(?:undefined|null|''|"")$/
const COMPARED = /([\w.?!'"[\]-]+)(?:\([^()]*\))?\s*(?:===?|!==?)\s*([\w.?!'"[\]-]+)/g

/** Comparisons in a text of something that is called a secret with anything but nothing. */
const carelessIn = (text: string) =>
  [...text.matchAll(COMPARED)]
    .filter(([, one = '', other = '']) => !NOTHING.test(one) && !NOTHING.test(other))
    .filter(([, one = '', other = '']) => SECRET.test(one) || SECRET.test(other))
    .map(([all]) => all)

test('what is called a secret is not compared in any other way', () => {
  expect(carelessIn('if (given.token === due) return')).toHaveLength(1)
  expect(carelessIn('return x !== context.webhookSecret()')).toHaveLength(1)
  expect(carelessIn('if (token !== undefined) return token')).toEqual([])
  const here = path.dirname(fileURLToPath(import.meta.url))
  const files = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !/(?:\.test|\/?testing[\w-]*)\.ts$/.test(file),
  )
  expect(files.length).toBeGreaterThan(100)
  const careless = files.flatMap((file) =>
    carelessIn(readFileSync(path.join(here, file), 'utf8')).map((line) => `${file}: ${line}`),
  )
  expect(careless).toEqual([])
})
