import { once } from 'node:events'
import { connect } from 'node:net'
import { beforeAll, expect, test, vi } from 'vitest'
import type { ProblemDocument } from '#shared/problem'
import { type Asked, aVote } from './testing.ts'
import { sharedServer } from './testing-server.ts'
import { unparsed } from './http/unparsed.ts'

const { server } = sharedServer()
let token: string
let withdrawn: string
let expired: string

beforeAll(async () => {
  token = await server.signIn('ada')
  withdrawn = await server.signIn('ada')
  await server.ask('/auth/session', { method: 'DELETE', token: withdrawn })
  expired = await server.signIn('eve')
  const db = server.open()
  await db.execute(`UPDATE sessions SET expires_at = 1 WHERE person_id <> 1`)
  db.close()
})

const votes = (...over: Record<string, unknown>[]) => ({ votes: over.map(aVote) })
const signed = (body: unknown, more: Asked = {}): Asked => ({ token, body, ...more })

type Case = [
  name: string,
  path: string,
  asked: () => Asked,
  status: number,
  type: string,
  pointer?: string,
]

const cases: Case[] = [
  // Fields.
  ['no votes', '/v1/votes', () => signed({ votes: [] }), 400, 'invalid', '/votes'],
  ['no list of votes', '/v1/votes', () => signed({}), 400, 'invalid', '/votes'],
  ['votes that are no list', '/v1/votes', () => signed({ votes: {} }), 400, 'invalid', '/votes'],
  ['a list for a body', '/v1/votes', () => signed([]), 400, 'invalid', '/votes'],
  ['null for a body', '/v1/votes', () => signed('null'), 400, 'invalid', ''],
  ['a number for a body', '/v1/votes', () => signed('7'), 400, 'invalid', ''],
  ['null for a vote', '/v1/votes', () => signed({ votes: [null] }), 400, 'invalid', '/votes/0'],
  [
    'a value of 2',
    '/v1/votes',
    () => signed(votes({ value: 2 })),
    400,
    'invalid',
    '/votes/0/value',
  ],
  [
    'a value of text',
    '/v1/votes',
    () => signed(votes({}, { value: '1' })),
    400,
    'invalid',
    '/votes/1/value',
  ],
  [
    'a value of true',
    '/v1/votes',
    () => signed(votes({ value: true })),
    400,
    'invalid',
    '/votes/0/value',
  ],
  [
    'an id that is no UUID',
    '/v1/votes',
    () => signed(votes({ id: 'abc' })),
    400,
    'invalid',
    '/votes/0/id',
  ],
  ['no id', '/v1/votes', () => signed(votes({ id: undefined })), 400, 'invalid', '/votes/0/id'],
  [
    'a date for castAt',
    '/v1/votes',
    () => signed(votes({ castAt: '2026-01-01' })),
    400,
    'invalid',
    '/votes/0/castAt',
  ],
  [
    'a fraction for castAt',
    '/v1/votes',
    () => signed(votes({ castAt: 1.5 })),
    400,
    'invalid',
    '/votes/0/castAt',
  ],
  [
    'a castAt before 1970',
    '/v1/votes',
    () => signed(votes({ castAt: -1 })),
    400,
    'invalid',
    '/votes/0/castAt',
  ],
  [
    'a castAt past all dates',
    '/v1/votes',
    () => signed(votes({ castAt: 9e15 })),
    400,
    'invalid',
    '/votes/0/castAt',
  ],
  [
    'an unknown field',
    '/v1/votes',
    () => signed(votes({ weight: 5 })),
    400,
    'invalid',
    '/votes/0/weight',
  ],
  [
    'an unknown field beside votes',
    '/v1/votes',
    () => signed({ ...votes({}), as: 'eve' }),
    400,
    'invalid',
    '/as',
  ],
  [
    '__proto__ in a vote',
    '/v1/votes',
    () => signed(proto(votes({}))),
    400,
    'invalid',
    '/votes/0/__proto__',
  ],
  [
    'constructor in a vote',
    '/v1/votes',
    () => signed(votes({ constructor: {} })),
    400,
    'invalid',
    '/votes/0/constructor',
  ],
  [
    '101 votes',
    '/v1/votes',
    () => signed(votes(...Array.from({ length: 101 }, () => ({})))),
    400,
    'invalid',
    '/votes',
  ],
  ['a login of spaces', '/auth/local', () => ({ body: { login: '  ' } }), 400, 'invalid', '/login'],
  [
    'a login of an object',
    '/auth/local',
    () => ({ body: { login: {} } }),
    400,
    'invalid',
    '/login',
  ],
  [
    'a login of 40 letters',
    '/auth/local',
    () => ({ body: { login: 'a'.repeat(40) } }),
    400,
    'invalid',
    '/login',
  ],
  ['no login', '/auth/local', () => ({ body: {} }), 400, 'invalid', '/login'],
  ['no subjects', '/v1/scores', () => ({ body: {} }), 400, 'invalid', '/subjects'],
  [
    '201 subjects',
    '/v1/scores',
    () => ({ body: { subjects: subjects(201) } }),
    400,
    'invalid',
    '/subjects',
  ],
  [
    '4,000 subjects',
    '/v1/scores',
    () => ({ body: { subjects: subjects(4000) } }),
    400,
    'invalid',
    '/subjects',
  ],
  [
    'a subject of a number',
    '/v1/scores',
    () => ({ body: { subjects: [45] } }),
    400,
    'invalid',
    '/subjects/0',
  ],
  [
    '__proto__ beside subjects',
    '/v1/scores',
    () => ({ body: '{"subjects":[],"__proto__":{"x":1}}' }),
    400,
    'invalid',
    '/__proto__',
  ],
  // Subjects.
  ...[
    'numpy/numpy#45',
    'github.com/numpy#45',
    'github.com/numpy/numpy',
    'github.com/numpy/numpy#0',
    'github.com/numpy/numpy#-1',
    'github.com/numpy/numpy#45/nonsense-1',
    'github.com/../numpy#45',
    'github.com/numpy/numpy#45 ',
    'github.com/numpy/numpy#45"',
    '',
    'javascript:alert(1)',
    'https://github.com/numpy/numpy/wiki/45',
    'x'.repeat(3000),
  ].flatMap((subject): Case[] => [
    [
      `a vote on ${subject.slice(0, 50)}`,
      '/v1/votes',
      () => signed(votes({ subject })),
      400,
      'invalid',
      '/votes/0/subject',
    ],
    [
      `the score of ${subject.slice(0, 50)}`,
      '/v1/scores',
      () => ({ body: { subjects: [subject] } }),
      400,
      'invalid',
      '/subjects/0',
    ],
  ]),
  [
    'a vote on another forge',
    '/v1/votes',
    () => signed(votes({}, { subject: 'gitlab.com/a/b#1' })),
    422,
    'unknown-forge',
    '/votes/1/subject',
  ],
  [
    'the score on another forge',
    '/v1/scores',
    () => ({ body: { subjects: ['github.com/a/b#1', 'gitlab.com/a/b#1'] } }),
    422,
    'unknown-forge',
    '/subjects/1',
  ],
  [
    'a forge that only looks like ours',
    '/v1/votes',
    () => signed(votes({ subject: 'github.com.evil.org/a/b#1' })),
    422,
    'unknown-forge',
    '/votes/0/subject',
  ],
  // Time.
  [
    'a vote from tomorrow',
    '/v1/votes',
    () => signed(votes({ castAt: Date.now() + 86_400_000 })),
    422,
    'from-the-future',
    '/votes/0/castAt',
  ],
  // Sessions.
  ['votes without a session', '/v1/votes', () => ({ body: votes({}) }), 401, 'unauthenticated'],
  [
    'votes with a token nobody got',
    '/v1/votes',
    () => signed(votes({}), { token: 'nobody' }),
    401,
    'unauthenticated',
  ],
  [
    'votes with a withdrawn session',
    '/v1/votes',
    () => signed(votes({}), { token: withdrawn }),
    401,
    'unauthenticated',
  ],
  [
    'votes with a session that is over',
    '/v1/votes',
    () => signed(votes({}), { token: expired }),
    401,
    'unauthenticated',
  ],
  [
    'scores with a withdrawn session',
    '/v1/scores',
    () => signed({ subjects: [] }, { token: withdrawn }),
    401,
    'unauthenticated',
  ],
  [
    'scores with a token nobody got',
    '/v1/scores',
    () => signed({ subjects: [] }, { token: 'x' }),
    401,
    'unauthenticated',
  ],
  [
    'another scheme than Bearer',
    '/v1/scores',
    () => ({ body: { subjects: [] }, headers: { authorization: 'Basic eDp5' } }),
    401,
    'unauthenticated',
  ],
  ['who am I without a session', '/auth/session', () => ({}), 401, 'unauthenticated'],
  [
    'signing out without a session',
    '/auth/session',
    () => ({ method: 'DELETE' }),
    401,
    'unauthenticated',
  ],
  // The body as such.
  ['half a JSON text', '/v1/votes', () => signed('{"votes":['), 400, 'bad-request'],
  ['an empty body', '/v1/votes', () => signed(''), 400, 'bad-request'],
  ['the same field twice', '/v1/votes', () => signed(twice()), 400, 'bad-request'],
  [
    'subjects twice',
    '/v1/scores',
    () => ({ body: '{"subjects":[],"subj\\u0065cts":[]}' }),
    400,
    'bad-request',
  ],
  [
    'another content type',
    '/v1/votes',
    () => signed(votes({}), { headers: { 'content-type': 'text/plain' } }),
    415,
    'unsupported-media-type',
  ],
  [
    'a form',
    '/auth/local',
    () => ({ body: 'login=eve', headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
    415,
    'unsupported-media-type',
  ],
  [
    'a body of 200 KB',
    '/v1/votes',
    () => signed({ votes: [], padding: 'x'.repeat(200_000) }),
    413,
    'too-large',
  ],
  [
    '10,000 subjects',
    '/v1/scores',
    () => ({ body: { subjects: subjects(10_000) } }),
    413,
    'too-large',
  ],
  [
    'deep nesting',
    '/v1/scores',
    () => ({ body: `${'['.repeat(50_000)}${']'.repeat(50_000)}` }),
    400,
    'invalid',
    '/subjects',
  ],
  // Addresses.
  ['a wrong method', '/v1/votes', () => ({ method: 'PUT', body: {} }), 405, 'method-not-allowed'],
  ['reading votes', '/v1/votes', () => ({}), 405, 'method-not-allowed'],
  ['an unknown path', '/v2/votes', () => ({}), 404, 'not-found'],
  ['a path upwards', '/v1/../../etc/passwd', () => ({}), 404, 'not-found'],
  ['an unknown problem', '/problems/nonsense', () => ({}), 404, 'not-found'],
  // Senders.
  [
    'a web page that votes',
    '/v1/votes',
    () => signed(votes({}), { headers: { origin: 'https://evil.org' } }),
    403,
    'forbidden',
  ],
  [
    'a web page that signs in',
    '/auth/local',
    () => ({ body: { login: 'eve' }, headers: { origin: 'null' } }),
    403,
    'forbidden',
  ],
]

test.each(cases)('%s is refused', async (_name, path, asked, status, type, pointer) => {
  const before = await kept()
  const answer = await server.ask(path, asked())
  const body = answer.body as ProblemDocument
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  expect({ status: answer.status, type: body.type }).toEqual({ status, type: `/problems/${type}` })
  expect(body.status).toBe(status)
  expect(body.title).toBeTruthy()
  expect(body.detail).toBeTruthy()
  if (pointer !== undefined) expect(body.errors?.map((error) => error.pointer)).toContain(pointer)
  if (status === 401) expect(answer.headers.get('www-authenticate')).toBe('Bearer')
  if (status === 405) expect(answer.headers.get('allow')).toContain('POST')
  expect(await kept()).toEqual(before)
})

test('a body without a length is counted as it comes', async () => {
  const piece = new TextEncoder().encode(' '.repeat(60_000))
  let left = 4
  const body = new ReadableStream({
    pull: (stream) => (left-- ? stream.enqueue(piece) : stream.close()),
  })
  const response = await fetch(`${server.address}/v1/scores`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    duplex: 'half',
  } as RequestInit)
  expect(response.status).toBe(413)
})

test('an answer never plays back what was sent', async () => {
  const marker = 'c0ffee'.repeat(20)
  const bodies = [
    votes({ id: marker }),
    votes({ subject: marker }),
    votes({ value: marker }),
    votes({ castAt: marker }),
    { votes: marker },
  ]
  for (const body of bodies) {
    const answer = await server.ask('/v1/votes', signed(body))
    expect(JSON.stringify(answer.body)).not.toContain('c0ffee')
  }
})

test('a name that leads to this machine by trickery is refused', async () => {
  const { request } = await import('node:http')
  const { port } = new URL(server.address)
  const status = await new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', path: '/v1/about', headers: { host: 'evil.org' } })
      .on('response', (response) => resolve(response.statusCode))
      .on('error', reject)
      .end()
  })
  expect(status).toBe(403)
})

/** What a server says to bytes that may be no request. */
async function saidTo(port: number, bytes: string) {
  const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
  let text = ''
  socket.on('data', (chunk) => (text += chunk))
  await once(socket, 'close')
  const [head = '', body = ''] = text.split('\r\n\r\n')
  return { head, body: JSON.parse(body) as ProblemDocument }
}

test.each([
  ['no request at all', 'hello\r\n\r\n', 400, 'bad-request'],
  ['headers without end', `GET / HTTP/1.1\r\nx: ${'x'.repeat(40_000)}`, 431, 'headers-too-large'],
])('%s is refused as a problem', async (_name, bytes, status, type) => {
  const { head, body } = await saidTo(Number(new URL(server.address).port), bytes)
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} .*application/problem\\+json`, 's'))
  expect(body).toMatchObject({ type: `/problems/${type}`, status })
  expect((await server.ask(body.type)).status).toBe(200)
})

test('a request that does not arrive in time is told so', () => {
  const [head, body] = unparsed('ERR_HTTP_REQUEST_TIMEOUT').split('\r\n\r\n')
  expect(head).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/)
  expect(JSON.parse(body ?? '')).toMatchObject({ type: '/problems/too-slow', status: 408 })
})

async function kept() {
  const db = server.open()
  const { rows } =
    await db.execute(`SELECT (SELECT count(*) FROM log), (SELECT count(*) FROM votes),
    (SELECT count(*) FROM subjects), (SELECT count(*) FROM repositories),
    (SELECT count(*) FROM persons), (SELECT count(*) FROM sessions)`)
  db.close()
  return Object.values(rows[0] ?? {})
}

function subjects(count: number) {
  return Array.from({ length: count }, (_, i) => `github.com/numpy/numpy#${i + 1}`)
}

function proto(body: unknown) {
  return JSON.stringify(body).replace('"value":1', '"value":1,"__proto__":{"value":1}')
}

function twice() {
  return JSON.stringify(votes({})).replace('"value":1', '"value":1,"value":-1')
}

test('a request that breaks off is nobody’s bug', async () => {
  const said: string[] = []
  vi.spyOn(console, 'error').mockImplementation((line) => void said.push(String(line)))
  for (const path of ['/v1/votes', '/webhooks/github']) {
    const socket = connect(Number(new URL(server.address).port))
    await once(socket, 'connect')
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n` +
        'Transfer-Encoding: chunked\r\n\r\n3\r\n{"a\r\n',
    )
    await new Promise((done) => setTimeout(done, 50))
    socket.destroy()
  }
  await new Promise((done) => setTimeout(done, 100))
  expect(said.filter((line) => line.includes('"bug"'))).toEqual([])
  vi.restoreAllMocks()
})

test('a field that is not ours is not named when its name could be anything', async () => {
  const { body } = await server.ask('/auth/local', { body: { login: 'ada', '<b>/~': 1, extra: 1 } })
  expect(JSON.stringify(body)).not.toContain('<b>')
  expect((body as ProblemDocument).errors?.map(({ pointer }) => pointer)).toEqual(['/…'])
})
