import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ScoresReply } from '#shared/api/scores'
import type { Context } from '../context.ts'
import { scoreAnswers } from '../scores/score-answers.ts'
import { temporaryFolder } from '../testing-database.ts'
import { type Asked, askerOf, aVote, startTestServer, type TestServer } from '../testing.ts'
import { answersAtOnce } from './at-once.ts'
import { limitsOf } from './limits.ts'

const SUBJECT = 'github.com/moot/garden#7'
const KNOWN = JSON.stringify({ subjects: [SUBJECT] })
const ANSWER = { scores: { [SUBJECT]: 'as it was' } }
const EXTENSION = 'chrome-extension://abcdefghijklmnop'

/** A server that knows one answer; what it does not answer at once is answered with 404. */
let bare: Server
let ask: ReturnType<typeof askerOf>
const refused = { person: 0, address: 0 }

beforeAll(async () => {
  const answers = scoreAnswers(1000)
  answers.set(KNOWN, 'github.com/moot/garden', Buffer.from(JSON.stringify(ANSWER)))
  const limits = limitsOf({ person: 0, address: 3 }, Date.now, refused)
  // All that it looks at of a context.
  const context = { answers, limits, auth: 'local', proxies: 1 } as unknown as Context
  const atOnce = answersAtOnce(context)
  bare = createServer((request, response) =>
    atOnce(request, response, () => response.writeHead(404).end()),
  )
  bare.listen(0, '127.0.0.1')
  await once(bare, 'listening')
  ask = askerOf(`http://127.0.0.1:${(bare.address() as AddressInfo).port}`)
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
  'what no encoding makes the same': ['/v1/scores', { body: KNOWN.replace('7', '７') }],
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
  'too much': ['/v1/scores', { body: KNOWN.padEnd(200_000) }],
}

test.each(Object.entries(handedOn))('%s is handed on', async (_, [path, asked]) => {
  expect((await ask(path, asked)).status).toBe(404)
})

test('nothing is said of how long it is: handed on', async () => {
  const { status } = await fetch(
    `http://127.0.0.1:${(bare.address() as AddressInfo).port}/v1/scores`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: new Blob([KNOWN]).stream(),
      duplex: 'half',
    } as RequestInit,
  )
  expect(status).toBe(404)
})

test('who asks too much is handed on, and counted as refused only by who refuses them', async () => {
  const from = { 'x-forwarded-for': '203.0.113.9' }
  const statuses = []
  for (let i = 0; i < 5; i++)
    statuses.push((await ask('/v1/scores', { body: KNOWN, headers: from })).status)
  expect(statuses).toEqual([200, 200, 200, 404, 404])
  expect(refused.address).toBe(0)
})

test('who leaves amid their question harms nobody', async () => {
  const { port } = bare.address() as AddressInfo
  const socket = connect(port, '127.0.0.1')
  socket.write(
    `POST /v1/scores HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{`,
  )
  await new Promise((resolve) => setTimeout(resolve, 50))
  socket.resetAndDestroy()
  expect((await ask('/v1/scores', { body: KNOWN })).status).toBe(200)
})

const folder = temporaryFolder()
let server: TestServer

beforeAll(async () => {
  server = await startTestServer(`${folder.path}/votes.db`)
})

afterAll(async () => {
  await server.stop()
  folder.remove()
})

let subjects: string[]
beforeEach(() => {
  const number = Math.ceil(Math.random() * 1e9)
  subjects = [number, number + 1].map((n) => `github.com/moot/garden#${n}`)
})

test('a server says the same at once as before, under a number of its own, and counts it', async () => {
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
  expect(new Set(replies.map(({ headers }) => headers.get('x-request-id'))).size).toBe(4)
  const { body } = await server.ask('/metrics')
  const counted = /_count\{method="POST",route="\/v1\/scores",status="200"\} (\d+)/g
  expect([...String(body).matchAll(counted)].map(([, n]) => n)).toEqual(['4'])
})

test('whoever has a receipt reads the vote', async () => {
  const token = await server.signIn('ada')
  const [subject = ''] = subjects
  const up = async () => {
    const { body } = await server.ask('/v1/scores', { body: { subjects } })
    return (body as ScoresReply).scores[subject as keyof ScoresReply['scores']]?.others.up
  }
  for (const value of [1, 0, 1, -1]) {
    await server.cast(token, [aVote({ subject, value })])
    for (let i = 0; i < 3; i++) expect(await up()).toBe(Math.max(0, value))
  }
})
