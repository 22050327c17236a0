/** What a server says of itself while it runs, and how it ends. */
import { uuidOf } from '../db/vote-ids.ts'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { connect } from 'node:net'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { SessionReply } from '#shared/api/sign-in'
import { openDatabase } from '../db/open.ts'
import { killed, spawnServer } from '../testing-process.ts'
import { databaseAt, temporaryFolder } from '../testing-database.ts'
import { onFile } from '../testing-on-file.ts'
import { aVote, startTestServer } from '../testing.ts'

const folder = temporaryFolder()
vi.setConfig({ testTimeout: 60_000 })

let server: Awaited<ReturnType<typeof spawnServer>>
let token: string
beforeAll(async () => {
  server = await spawnServer({
    FORGEMOOT_DATABASE_URL: await databaseAt(`${folder.path}/watched.db`),
    FORGEMOOT_LOG_REQUESTS: 'all',
  })
  const { body } = await server.ask('/auth/local', { body: { login: 'ada' } })
  token = (body as SessionReply).token
})

afterAll(async () => {
  await killed(server.child, 'SIGKILL')
  folder.remove()
})

const linesOf = (said: string) =>
  said
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

/** A metric’s value; undefined when it is not there. */
async function metric(name: string): Promise<number | undefined> {
  const { body } = await server.ask('/metrics')
  const line = String(body)
    .split('\n')
    .find((one) => one.startsWith(`${name} `))
  return line === undefined ? undefined : Number(line.slice(name.length + 1))
}

test('the metrics count votes, answers and commits, and say what waits', async () => {
  const vote = aVote({ castAt: 1 })
  const votes = [vote, vote, { ...vote, value: -1 }, aVote({ castAt: Date.now() + 1e9 })]
  await server.ask('/v1/votes', { token, body: { votes } })
  await server.ask('/v1/imports/5')
  await server.ask('/v1/imports/6')
  await server.ask('/no/such/<path>')
  expect(await metric('forgemoot_votes_total{result="accepted"}')).toBe(1)
  expect(await metric('forgemoot_votes_total{result="duplicate"}')).toBe(1)
  expect(await metric('forgemoot_votes_total{result="rejected"}')).toBe(2)
  const requests = 'forgemoot_http_request_duration_seconds_count'
  expect(await metric(`${requests}{method="POST",route="/v1/votes",status="200"}`)).toBe(1)
  expect(await metric(`${requests}{method="GET",route="/v1/imports/:id",status="401"}`)).toBe(2)
  expect(await metric(`${requests}{method="any",route="nowhere",status="404"}`)).toBe(1)
  expect(await metric('forgemoot_writer_commit_votes_count')).toBe(1)
  expect(await metric('forgemoot_writer_commit_votes_sum')).toBe(3)
  expect(await metric('forgemoot_writer_queue_votes')).toBe(0)
  expect(await metric('forgemoot_imports{status="running"}')).toBe(0)
  expect(await metric('forgemoot_event_loop_lag_seconds{quantile="0.99"}')).toBeLessThan(5)
  expect(await metric('forgemoot_http_requests_under_way')).toBe(1)
  expect(await metric('process_resident_memory_bytes')).toBeGreaterThan(1e7)
})

onFile('place')('the metrics say how large the database is', async () => {
  expect(await metric('forgemoot_database_bytes{file="journal"}')).toBeGreaterThan(1000)
})

test('the metrics are a text that Prometheus reads', async () => {
  const { headers, body } = await server.ask('/metrics')
  expect(headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  const text = String(body)
  expect(text.endsWith('\n')).toBe(true)
  const typed = new Map<string, string>()
  for (const line of text.trimEnd().split('\n')) {
    const [, name = '', type = ''] = /^# TYPE (\S+) (counter|gauge|histogram)$/.exec(line) ?? []
    if (type) typed.set(name, type)
    if (line.startsWith('#')) continue
    const sample = /^([a-z_]+)(?:\{(?:[a-z_]+="[^"\\\n]*",?)*\})? (\S+)$/.exec(line)
    expect(sample, line).not.toBeNull()
    expect(Number(sample?.[2]), line).not.toBeNaN()
    const family = sample?.[1] ?? ''
    expect(
      typed.has(family) || typed.get(family.replace(/_(?:bucket|sum|count)$/, '')) === 'histogram',
    ).toBe(true)
  }
  // Ranges of a histogram hold what those before them hold.
  const buckets = [...text.matchAll(/commit_votes_bucket\{le="[^"]+"\} (\d+)/g)].map(([, n]) =>
    Number(n),
  )
  expect(buckets).toEqual(buckets.toSorted((a, b) => a - b))
})

test('the metrics are for this machine, or for who has the token', async () => {
  const passedOn = { 'x-forwarded-for': '203.0.113.9' }
  expect((await server.ask('/metrics', { headers: passedOn })).status).toBe(403)
  const guarded = await startTestServer(`${folder.path}/guarded.db`, {
    FORGEMOOT_METRICS_TOKEN: 'prometheus-0123456789',
  })
  const statuses = await Promise.all(
    [undefined, 'prometheus-0123456780', 'prometheus-0123456789'].map(
      async (token) => (await guarded.ask('/metrics', { token, headers: passedOn })).status,
    ),
  )
  expect(statuses).toEqual([403, 403, 200])
  await guarded.stop()
})

test('every answer has a number of ours, whatever the request brought, and the log has it too', async () => {
  const ids = new Set<string>()
  for (const [path, asked] of [
    ['/healthz', {}],
    ['/v1/votes', { body: 'x' }],
    ['/nowhere', {}],
    ['/v1/scores', { body: { subjects: [] } }],
    ['/v1/about', { headers: { 'x-request-id': 'mine' } }],
    ['/healthz', { method: 'OPTIONS' }],
  ] as const) {
    const { headers } = await server.ask(path, asked)
    const id = headers.get('x-request-id') ?? ''
    expect(id).toMatch(/^[\w-]{8}[\da-z]+$/)
    ids.add(id)
  }
  // What is no address is answered before it comes to anything that answers.
  for (const [path, host] of [
    ['/healthz', 'not a host'],
    ['//[', 'localhost'],
    ['http://localhost/healthz', 'localhost'],
    ['*', 'localhost'],
  ] as const) {
    const asking = request(server.address, { path, headers: { host } }).end()
    const [{ headers }] = (await once(asking, 'response')) as [IncomingMessage]
    expect(headers['x-request-id'], path).toMatch(/^[\w-]{8}[\da-z]+$/)
    ids.add(String(headers['x-request-id']))
  }
  expect(ids.size).toBe(10)
  await vi.waitFor(() => {
    const logged = new Set(linesOf(server.said()).map(({ request }) => request))
    expect([...ids].filter((id) => !logged.has(id))).toEqual([])
  })
})

test('the log is lines of JSON without tokens, votes, names, addresses or paths', async () => {
  const vote = aVote({ subject: 'github.com/secret-owner/secret-name#77' })
  await server.ask('/v1/votes', { token, body: { votes: [vote] } })
  await server.ask('/v1/feed?repo=github.com/secret-owner/secret-name', { token })
  await server.ask('/v1/scores', { body: { subjects: [vote.subject] } })
  await server.ask('/%0a{"level":"error","event":"forged"}', {
    headers: { 'user-agent': 'x\u009b31m', 'x-github-event': 'forged' },
  })
  await server.ask('/setup?token=guessed-token')
  await vi.waitFor(() => {
    const lines = linesOf(server.said())
    expect(lines.filter(({ route }) => route === '/setup')).not.toEqual([])
  })
  const said = server.said()
  for (const kept of [token, vote.id, 'secret-owner', 'ada', 'forged', 'guessed-token', '#77'])
    expect(said).not.toContain(kept)
  for (const line of linesOf(said)) {
    expect(new Date(String(line.time)).getTime()).toBeGreaterThan(0)
    expect(['info', 'warn', 'error']).toContain(line.level)
  }
})

onFile('lock')(
  'readiness is a commit: it is gone when the database cannot be written, and comes back',
  async () => {
    const file = `${folder.path}/ready.db`
    const busy = await startTestServer(file)
    expect(await busy.ask('/readyz')).toMatchObject({ status: 200, body: { ready: true } })
    const db = await openDatabase({ url: await databaseAt(file) })
    const size = async () =>
      Number((await db.execute('SELECT count(*) FROM deliveries')).rows[0]?.[0])
    expect(await size()).toBe(0)
    const meddling = await db.transaction('write')
    await new Promise((done) => setTimeout(done, 600))
    expect(await busy.ask('/readyz')).toMatchObject({
      status: 503,
      body: { ready: false, database: true, migrations: true, writer: false, disk: true },
    })
    meddling.close()
    await new Promise((done) => setTimeout(done, 600))
    expect((await busy.ask('/readyz')).status).toBe(200)
    await db.execute("INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('x', 9e15)")
    await new Promise((done) => setTimeout(done, 600))
    expect(await busy.ask('/readyz')).toMatchObject({ status: 503, body: { migrations: false } })
    db.close()
    await busy.stop()
  },
)

test('asked to end, the server stores what waits for the disk, and goes although a client does not', async () => {
  const file = `${folder.path}/patient.db`
  const ending = await spawnServer({ FORGEMOOT_DATABASE_URL: await databaseAt(file) })
  const { token } = (await ending.ask('/auth/local', { body: { login: 'ada' } }))
    .body as SessionReply
  // Somebody who begins to ask, and never goes on.
  const socket = connect(Number(new URL(ending.address).port))
  socket.on('error', () => {})
  socket.write(
    'POST /v1/votes HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n' +
      'Content-Length: 9\r\n\r\n{',
  )
  const accepted: string[] = []
  const load = Array.from({ length: 64 }, async () => {
    for (;;) {
      const votes = Array.from({ length: 20 }, () => aVote())
      const answer = await ending.ask('/v1/votes', { token, body: { votes } }).catch(() => null)
      if (answer?.status !== 200) return
      accepted.push(...votes.map(({ id }) => id))
    }
  })
  await vi.waitFor(() => expect(accepted.length).toBeGreaterThan(2000), { timeout: 25_000 })
  const began = performance.now()
  const exited = once(ending.child, 'exit')
  ending.child.kill('SIGTERM')
  await Promise.all(load)
  expect(await exited).toEqual([0, null])
  expect(performance.now() - began).toBeLessThan(13_000)
  expect([...new Set(linesOf(ending.said()).map(({ event }) => event))].toSorted()).toEqual([
    'request-slow', // the one that never went on
    'started',
    'stopped',
    'stopping',
  ])
  const db = await openDatabase({ url: await databaseAt(file) })
  const { rows } = await db.execute('SELECT id FROM log')
  const kept = new Set(rows.map(({ id }) => uuidOf(id as ArrayBuffer)))
  expect(accepted.filter((id) => !kept.has(id))).toEqual([])
  db.close()
})

test('every event of the log is explained where operators read', async () => {
  const { EVENTS } = await import('./log.ts')
  const page = readFileSync(
    fileURLToPath(new URL('../../docs/running.md', import.meta.url)),
    'utf8',
  )
  for (const [event, meaning] of Object.entries(EVENTS)) {
    expect(page).toContain(`\`${event}\``)
    expect(page).toContain(meaning)
  }
})
