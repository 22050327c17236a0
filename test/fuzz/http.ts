/**
 * A real server under requests that are nearly right: every door, with bodies, queries, headers and paths
 * bent, while what it hears from GitHub is bent too. It may refuse; it may not break, hang, play back what
 * could run on a page, or count anything wrong.
 */
import { createHmac } from 'node:crypto'
import { createRequire } from 'node:module'
import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import fc from 'fast-check'
import type { SessionReply } from '#shared/api/sign-in'
import type { Context } from '../../server/context.ts'
import { openDatabase } from '../../server/db/open.ts'
import { routesOf } from '../../server/http/routes.ts'
import { recount } from '../../server/services/recount.ts'
import { temporaryFolder } from '../../server/testing-database.ts'
import { startTestServer } from '../../server/testing.ts'
import { bentJson, bentText, hostileText } from './hostile.ts'
import * as seeds from './seeds.ts'
import { holds, type Fuzzed } from './target.ts'

const SECRET = 'a secret of the fuzzer'

/** Longer than this for one answer is a hang, in milliseconds. */
const HANG = 60_000

/** Requests in flight. */
const WIDTH = 24

export interface Thrown {
  method: string
  path: string
  headers: Record<string, string>
  body: string
  /** With which session; 0 for none. */
  as: number
  /** Signed as GitHub would. */
  isSigned: boolean
}

const examples = createRequire(import.meta.url)('@octokit/webhooks-examples') as {
  name: string
  examples: object[]
}[]
const payloads = examples.flatMap(({ examples: bodies }) => bodies)

const DOORS = routesOf({} as Context).map(({ method, path }) => ({ method, path }))

const subject = `subject=${encodeURIComponent('github.com/o/r#5')}`
const repo = 'repo=github.com%2Fo%2Fr'

/** What a door that is asked by its address wants to hear. */
const QUERIES: Readonly<Record<string, string>> = {
  '/v1/feed': `${repo}&kind=issue&state=all&sort=hot&label=bug&author=ada&limit=5`,
  '/v1/voter': repo,
  '/v1/tallies': subject,
  '/setup': 'token=x&name=Forgemoot&organization=moot&address=https://moot.example.org',
  '/setup/done': 'code=abc&state=def',
}

/** What a door that is told something wants to hear. */
const BODIES: Readonly<Record<string, readonly unknown[]>> = {
  '/webhooks/github': payloads,
  '/v1/votes': [seeds.BODIES[0]],
  '/v1/scores': [seeds.BODIES[1]],
  '/v1/imports': [{ repo: 'github.com/o/r' }],
  '/auth/local': [{ login: 'ada' }],
  '/v1/ballots': [seeds.BODIES[6]],
  '/v1/delegations': [seeds.BODIES[7]],
  '/v1/tallies': [{ subject: 'github.com/o/r#5' }],
  '/v1/tallies/cancel': [seeds.BODIES[8]],
}

const headers = fc.record({
  'content-type': fc.constantFrom(
    'application/json',
    'application/json',
    'application/json',
    'application/json',
    'application/json',
    'application/json',
    'application/json; charset=utf-8',
    'text/plain',
    '',
  ),
  origin: fc.constantFrom(
    '',
    '',
    '',
    'https://evil.example',
    'chrome-extension://abcdefghijklmnop',
    'null',
  ),
  'x-github-event': fc.constantFrom(
    'issues',
    'pull_request',
    'push',
    'repository',
    'issue_comment',
    '__proto__',
    'x'.repeat(99),
  ),
  authorization: fc.constantFrom(
    '',
    '',
    '',
    'Bearer',
    'Bearer x',
    'Basic eDp5',
    `Bearer ${'x'.repeat(300)}`,
  ),
  'x-forwarded-for': fc.constantFrom('', '', '203.0.113.9', '<script>', '::1, 127.0.0.1'),
  'x-request-id': fc.constantFrom('', 'mine\\u000a'),
})

const METHODS = ['GET', 'POST', 'DELETE', 'PUT', 'OPTIONS', 'HEAD']

const thrown: fc.Arbitrary<Thrown> = fc.constantFrom(...DOORS).chain(({ method, path }) =>
  fc.record({
    method: mostly(fc.constant(method), fc.constantFrom(...METHODS)),
    path: fc
      .tuple(
        mostly(fc.constant(path.replaceAll(/:\w+/g, '1')), bentText([path])),
        mostly(bentText([QUERIES[path] ?? '']), bentText(Object.values(QUERIES))),
      )
      .map(([at, query]) => printable(query ? `${at}?${query}` : at)),
    headers,
    body: mostly(
      bentJson(BODIES[path] ?? seeds.BODIES),
      fc.oneof(
        bentText(seeds.BODIES.map((body) => JSON.stringify(body))),
        bentJson(seeds.BODIES),
        hostileText,
      ),
    ),
    as: fc.constantFrom(0, 1, 1, 2, 3),
    isSigned: mostly(fc.constant(true), fc.constant(false)),
  }),
)

function mostly<T>(usual: fc.Arbitrary<T>, seldom: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight: 8, arbitrary: usual }, { weight: 1, arbitrary: seldom })
}

/** What may stand in the first line of a request; the rest goes over the raw connection, below. */
function printable(text: string): string {
  const encoded = text.replaceAll(/[^!-~]/gu, (sign) =>
    [...Buffer.from(sign)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  )
  return (encoded.startsWith('/') ? encoded : `/${encoded}`).slice(0, 7000)
}

interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

const agent = new Agent({ keepAlive: true, maxSockets: WIDTH })

type Sent = Omit<Thrown, 'as' | 'isSigned'>

/**
 * A connection that nobody used for seconds may be closed by the server in the moment in which it is used
 * again; on a busy machine it is. What had no answer for that reason is sent once more.
 */
async function send(address: string, asked: Sent): Promise<Answer> {
  return sendOnce(address, asked).catch((error: unknown) => {
    if (error instanceof StaleConnection) return sendOnce(address, asked)
    throw error
  })
}

class StaleConnection extends Error {}

function sendOnce(address: string, { method, path, headers, body }: Sent) {
  return new Promise<Answer>((resolve, reject) => {
    const bare = method === 'GET' || method === 'HEAD' || method === 'OPTIONS'
    const given = Object.entries(headers).filter(([, value]) => value !== '')
    const sent = request(`${address}`, {
      agent,
      method,
      path,
      timeout: HANG,
      headers: {
        ...Object.fromEntries(given),
        ...(!bare && { 'content-length': String(Buffer.byteLength(body)) }),
      },
    })
    sent.on('timeout', () => sent.destroy(new Error(`no answer in ${HANG} ms`)))
    sent.on('error', (error: NodeJS.ErrnoException) =>
      reject(
        sent.reusedSocket && error.code === 'ECONNRESET'
          ? new StaleConnection(error.message)
          : error,
      ),
    )
    sent.on('response', (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      )
    })
    sent.end(bare ? undefined : body)
  })
}

/** What an answer has to be whatever was asked. */
function check({ method }: Thrown, { status, headers, body }: Answer): void {
  holds(status >= 200 && status < 600, `status ${status}`)
  holds(status !== 500, `500: ${body}`)
  holds(status < 500 || [501, 502, 503].includes(status), `status ${status}: ${body}`)
  const type = String(headers['content-type'] ?? '')
  if (status !== 204 && method !== 'HEAD')
    holds(
      /^(?:application\/(?:problem\+)?json|text\/(?:plain|html); charset=utf-8|text\/plain; version)/.test(
        type,
      ),
      `type ${type}`,
    )
  holds(headers['x-content-type-options'] === 'nosniff', 'an answer that may be sniffed')
  holds(String(headers['content-security-policy']).startsWith("default-src 'none'"), 'no policy')
  holds(headers['x-request-id'] !== undefined, 'no number')
  if (type.includes('json') && method !== 'HEAD') JSON.parse(body)
  if (type.includes('html') || type.includes('problem'))
    holds(!body.includes('<fuzz') && !body.includes('<script'), `played back: ${body}`)
  if (status >= 400 && type.includes('json')) {
    holds(type.startsWith('application/problem+json') || status === 503, `no problem: ${type}`)
  }
}

/** What GitHub says: anything. */
const heard = fc.record({
  status: fc.constantFrom(200, 200, 200, 200, 404, 403, 422, 429, 500, 301),
  body: fc.oneof(
    { weight: 6, arbitrary: bentJson([...seeds.GITHUB, ...seeds.SIGN_INS]) },
    { weight: 1, arbitrary: hostileText },
  ),
})

/** Throws `inputs` requests; throws, with the request in its message, when one breaks something. */
export async function fuzzHttp(
  inputs: number,
  seed: number,
  again: readonly Thrown[] = [],
): Promise<Fuzzed & { statuses: Record<number, number> }> {
  const folder = temporaryFolder()
  const said: string[] = []
  const print = console.error
  // What nobody foresaw is told to the log, whatever was answered.
  console.error = (line: unknown) =>
    void (
      /"(?:bug|import-failed|tally-failed|nightly-failed)"/.test(String(line)) &&
      said.push(String(line))
    )
  let answers: { status: number; body: string }[] = [{ status: 200, body: '{}' }]
  let asked = 0
  const server = await startTestServer(
    `${folder.path}/fuzzed.db`,
    {
      FORGEMOOT_GITHUB_WEBHOOK_SECRET: SECRET,
      FORGEMOOT_GITHUB_API_URL: 'http://api.forge.example',
    },
    () => {
      const { status, body } = answers[asked++ % answers.length] ?? { status: 200, body: '' }
      return Promise.resolve(new Response(body, { status, headers: { location: '/x' } }))
    },
  )
  const tokens: string[] = []
  const signIn = async (place: number) => {
    const { body } = await server.ask('/auth/local', { body: { login: `fuzz-${place}` } })
    tokens[place] = (body as SessionReply).token
  }
  for (const place of [1, 2, 3]) await signIn(place)
  const began = performance.now()
  const statuses: Record<number, number> = {}
  let slowest = 0
  let done = 0

  async function throwOne(one: Thrown) {
    const token = tokens[one.as]
    const signature = createHmac('sha256', SECRET).update(one.body).digest('hex')
    const start = performance.now()
    try {
      const answer = await send(server.address, {
        ...one,
        headers: {
          ...one.headers,
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(one.isSigned && { 'x-hub-signature-256': `sha256=${signature}` }),
        },
      })
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1
      check(one, answer)
      holds(said.length === 0, `the log says: ${said[0]}`)
      if (answer.status === 401 && token !== undefined && tokens[one.as] === token)
        await signIn(one.as)
    } catch (error) {
      throw new Error(`${String(error)}\n${JSON.stringify(one)}`, { cause: error })
    }
    slowest = Math.max(slowest, performance.now() - start)
    done++
  }

  try {
    for (const one of again) await throwOne(one)
    const size = 2000
    for (let from = 0; from < inputs; from += size) {
      const count = Math.min(size, inputs - from)
      const batch = fc.sample(thrown, { numRuns: count, seed: seed + from })
      answers = fc.sample(heard, { numRuns: 50, seed: seed + from })
      let next = 0
      const worker = async () => {
        while (next < batch.length) {
          const one = batch[next++]
          if (one) await throwOne(one)
        }
      }
      await Promise.all(Array.from({ length: WIDTH }, worker))
      await throwRaw(server.address, Math.ceil(count / 50), seed + from)
    }
    holds((await server.ask('/readyz')).status === 200, 'not ready afterwards')
    const db = await openDatabase({ url: server.url })
    const { gaps, subjects, votes } = await recount({
      db,
      writer: { run: () => Promise.reject(new Error('not asked')) },
      auth: 'local',
    })
    db.close()
    holds(gaps.length + subjects.length + votes.length === 0, 'the sums are wrong afterwards')
    holds(said.length === 0, `the log says: ${said[0]}`)
  } finally {
    await server.stop()
    console.error = print
    folder.remove()
  }
  return {
    name: 'requests',
    inputs: done,
    seconds: (performance.now() - began) / 1000,
    slowest,
    statuses,
  }
}

const RAW = [
  'GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
  'POST /v1/scores HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 15\r\nConnection: close\r\n\r\n{"subjects":[]}',
  'POST /v1/votes HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\n{"a\r\n0\r\n\r\n',
]

/** Bytes that may not even be a request. */
async function throwRaw(address: string, count: number, seed: number): Promise<void> {
  const { port } = new URL(address)
  for (const text of fc.sample(bentText(RAW), { numRuns: count, seed })) {
    const answer = await new Promise<string>((resolve, reject) => {
      let heard = ''
      const socket = connect(Number(port), '127.0.0.1', () => socket.write(Buffer.from(text)))
      socket.on('data', (chunk) => (heard += chunk))
      // An unfinished request waits for its rest, as it should.
      socket.setTimeout(30, () => socket.destroy())
      socket.on('error', () => resolve(heard))
      socket.on('close', () => resolve(heard))
      setTimeout(() => reject(new Error(`a hang: ${JSON.stringify(text)}`)), HANG).unref()
    })
    if (answer === '') continue
    const at = `${JSON.stringify(text)} → ${answer.slice(0, 300)}`
    holds(/^HTTP\/1\.1 [1-5]\d\d /.test(answer), at)
    holds(!answer.startsWith('HTTP/1.1 500 ') && !answer.includes('<fuzz'), at)
  }
}
