import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { LIMITS } from '#shared/api/limits'
import type { ScoresReply } from '#shared/api/scores'
import type { Context } from '../context.ts'
import { isFile } from '../db/open.ts'
import { scoreAnswers } from '../scores/score-answers.ts'
import { type Asked, askerOf } from '../testing.ts'
import { sharedServer } from '../testing-server.ts'
import { answersAtOnce } from './at-once.ts'
import { limitsOf } from './limits.ts'

const SUBJECT = 'github.com/moot/garden#7'
const KNOWN = JSON.stringify({ subjects: [SUBJECT] })
/** Longer than any request may be. */
const ENDLESS = KNOWN.padEnd(LIMITS.body + 1)
const ANSWER = { scores: { [SUBJECT]: 'as it was' } }
const EXTENSION = 'chrome-extension://abcdefghijklmnop'

/** A server that knows one answer; what it does not answer at once is answered with 404. */
let bare: Server
let port: number
let ask: ReturnType<typeof askerOf>
const refused = { person: 0, address: 0 }

beforeAll(async () => {
  const answers = scoreAnswers(1_000_000)
  for (const request of [KNOWN, ENDLESS])
    answers.set(request, 'github.com/moot/garden', Buffer.from(JSON.stringify(ANSWER)))
  const limits = limitsOf({ person: 0, address: 3 }, Date.now, refused)
  // All that it looks at of a context.
  const context = { answers, limits, auth: 'local', proxies: 1 } as unknown as Context
  const atOnce = answersAtOnce(context)
  bare = createServer((request, response) =>
    atOnce(request, response, () => response.writeHead(404).end()),
  )
  bare.listen(0, '127.0.0.1')
  await once(bare, 'listening')
  port = (bare.address() as AddressInfo).port
  ask = askerOf(`http://127.0.0.1:${port}`)
})

afterAll(() => void bare.close())

test('the same question again is answered at once, to an extension and to whoever else may ask', async () => {
  const plain = await ask('/v1/scores', { body: KNOWN })
  expect(plain).toMatchObject({ status: 200, body: ANSWER })
  expect(plain.headers.get('access-control-allow-origin')).toBeNull()
  const { body, headers } = await ask('/v1/scores', { body: KNOWN, headers: { origin: EXTENSION } })
  expect(body).toEqual(ANSWER)
  expect(headers.get('access-control-allow-origin')).toBe(EXTENSION)
})

const handedOn: Record<string, [path: string, asked: Asked]> = {
  'other words for the same': ['/v1/scores', { body: `${KNOWN} ` }],
  'nothing at all': ['/v1/scores', { body: '' }],
  'a session': ['/v1/scores', { body: KNOWN, token: 'x' }],
  'another way to say that it is JSON': [
    '/v1/scores',
    { body: KNOWN, headers: { 'content-type': 'application/json; charset=utf-8' } },
  ],
  'text that is not said to be JSON': [
    '/v1/scores',
    { body: KNOWN, headers: { 'content-type': 'text/plain' } },
  ],
  'a web page': ['/v1/scores', { body: KNOWN, headers: { origin: 'https://evil.example' } }],
  'an extension’s name in a web page’s': [
    '/v1/scores',
    { body: KNOWN, headers: { origin: `https://evil.example/${EXTENSION}` } },
  ],
  'another method': ['/v1/scores', { method: 'PUT', body: KNOWN }],
  'another door': ['/v1/votes', { body: KNOWN }],
  'the same door by another name': ['/v1/scores?x', { body: KNOWN }],
  'too much': ['/v1/scores', { body: ENDLESS }],
}

test.each(Object.entries(handedOn))('%s is handed on', async (_, [path, asked]) => {
  expect((await ask(path, asked)).status).toBe(404)
})

/** What is answered to a request as it is written, with these bytes for its body; Node's own client is no help. */
async function statusOf(headers: string[], body = Buffer.from(KNOWN)) {
  const lines = [
    'POST /v1/scores HTTP/1.1',
    'Content-Type: application/json',
    'Connection: close',
    ...headers,
  ]
  const socket = connect(port, '127.0.0.1')
  socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  socket.write(body)
  let answer = ''
  for await (const part of socket) answer += String(part)
  return answer.slice(9, 12)
}

const LENGTH = `Content-Length: ${KNOWN.length}`

test('bytes that only some encodings make the same are handed on', async () => {
  expect(await statusOf(['Host: localhost:8787', LENGTH])).toBe('200')
  const other = Buffer.from(KNOWN)
  other[KNOWN.indexOf('7')] = 0xb7
  expect(await statusOf(['Host: localhost:8787', LENGTH], other)).toBe('404')
})

test.each([
  [
    'no length',
    ['Host: localhost', 'Transfer-Encoding: chunked'],
    `${KNOWN.length.toString(16)}\r\n${KNOWN}\r\n0\r\n\r\n`,
  ],
  ['another host’s name', ['Host: evil.example', LENGTH]],
  ['a name that is none', ['Host: local host', LENGTH]],
  ['a port that is none', ['Host: localhost:99999', LENGTH]],
  ['an empty name', ['Host:', LENGTH]],
])('%s is handed on', async (_, headers, body = KNOWN) => {
  expect(await statusOf(headers, Buffer.from(body))).toBe('404')
})

test('who asks too much is handed on unread, and counted as refused only by who refuses them', async () => {
  const from = { 'x-forwarded-for': '203.0.113.9' }
  const statuses = []
  for (let i = 0; i < 5; i++)
    statuses.push((await ask('/v1/scores', { body: KNOWN, headers: from })).status)
  expect(statuses).toEqual([200, 200, 200, 404, 404])
  expect(refused.address).toBe(0)
})

test('who leaves amid their question harms nobody, and has asked', async () => {
  const from = '203.0.113.10'
  for (let i = 0; i < 3; i++) {
    const socket = connect(port, '127.0.0.1')
    const arrives = once(bare, 'request')
    socket.write(
      `POST /v1/scores HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: ${from}\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{`,
    )
    await arrives
    socket.resetAndDestroy()
  }
  expect((await ask('/v1/scores', { body: KNOWN })).status).toBe(200)
  const late = await ask('/v1/scores', { body: KNOWN, headers: { 'x-forwarded-for': from } })
  expect(late.status).toBe(404)
})

/** An answer with its headers as they were sent. */
async function rawly(address: string, body: string): Promise<IncomingMessage> {
  const headers = { 'content-type': 'application/json', 'content-length': body.length }
  const asking = request(`${address}/v1/scores`, { method: 'POST', headers }).end(body)
  const [answer] = (await once(asking, 'response')) as [IncomingMessage]
  answer.resume()
  await once(answer, 'close')
  return answer
}

const { server } = sharedServer()

test('a server says the same at once as before, under a number of its own, and counts it', async () => {
  const subjects = [7, 8].map((number) => `github.com/moot/garden#${number}`)
  const asked = { body: { subjects }, headers: { origin: EXTENSION } }
  // First read, then put together from what is remembered, then remembered as a whole.
  const replies = []
  for (let i = 0; i < 4; i++) replies.push(await server.ask('/v1/scores', asked))
  const headers = replies.map(({ headers }) => {
    const all = Object.fromEntries(headers)
    delete all['date']
    delete all['x-request-id']
    return all
  })
  for (const [i, { status, body }] of replies.entries()) {
    expect(status).toBe(200)
    expect(Object.keys((body as ScoresReply).scores)).toEqual(subjects)
    expect(body).toEqual(replies[0]?.body)
    expect(headers[i]).toEqual(headers[0])
  }
  expect(headers[0]).toHaveProperty('content-security-policy')
  // What is said at once has its length's name as we write it, not as Node does. Of a remote database nothing is.
  const { rawHeaders } = await rawly(server.address, JSON.stringify({ subjects }))
  expect(rawHeaders.includes('content-length')).toBe(isFile(server.url))
  expect(new Set(replies.map(({ headers }) => headers.get('x-request-id'))).size).toBe(4)
  const { body } = await server.ask('/metrics')
  const counted = /_count\{method="POST",route="\/v1\/scores",status="200"\} (\d+)/g
  expect([...String(body).matchAll(counted)].map(([, n]) => n)).toEqual(['5'])
})
