import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:http'
import { readdirSync, symlinkSync } from 'node:fs'
import { afterAll, expect, test, vi } from 'vitest'
import type { SessionReply } from '#shared/api/sign-in'
import type { VotesReply } from '#shared/api/votes'
import { openDatabase } from './db/open.ts'
import { uuidOf } from './db/vote-ids.ts'
import { recount } from './services/recount.ts'
import { databaseAt, temporaryFolder } from './testing-database.ts'
import { onFile } from './testing-on-file.ts'
import { aVote, startTestServer } from './testing.ts'
import { killed, refusalOf, spawnServer } from './testing-process.ts'

const folder = temporaryFolder()
afterAll(() => folder.remove())

// Every test here starts a process or two, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

test('whatever has a receipt is there, once, after the process is killed under load', async () => {
  const file = `${folder.path}/killed.db`
  const environment = { FORGEMOOT_DATABASE_URL: await databaseAt(file) }
  const receipts = new Map<string, number>()
  const unanswered: ReturnType<typeof aVote>[] = []
  let token = ''

  for (let round = 0; round < 2; round++) {
    const { child, ask } = await spawnServer(environment)
    const signedIn = await ask('/auth/local', { body: { login: 'ada' } })
    token = (signedIn.body as SessionReply).token
    // What heard no answer is sent again, as the outbox does.
    const again = unanswered.splice(0)
    let going = true
    const load = Array.from({ length: 12 }, async () => {
      while (going) {
        const vote = again.pop() ?? aVote({ subject: `github.com/a/b#${1 + (receipts.size % 50)}` })
        try {
          const { body } = await ask('/v1/votes', { token, body: { votes: [vote] } })
          const [result] = (body as VotesReply).results
          receipts.set(vote.id, Number(result?.receipt))
        } catch {
          unanswered.push(vote)
          going = false
        }
      }
    })
    const enough = receipts.size + 30
    await vi.waitFor(() => expect(receipts.size).toBeGreaterThan(enough), { timeout: 15_000 })
    await killed(child, 'SIGKILL')
    await Promise.all(load)
  }

  const server = await startTestServer(file)
  for (const vote of unanswered) {
    const [result] = await server.cast(token, [vote])
    receipts.set(vote.id, Number(result?.receipt))
  }
  await server.stop()
  const db = await openDatabase({ url: await databaseAt(file) })
  const { rows } = await db.execute('SELECT id, seq FROM log')
  const kept = new Map(rows.map(({ id, seq }) => [uuidOf(id as ArrayBuffer), Number(seq)]))
  expect(receipts.size).toBeGreaterThan(50)
  expect(kept.size).toBe(rows.length)
  expect(kept).toEqual(receipts)
  const sums = await recount({ db, writer: { run: nobody }, auth: 'local' })
  expect(sums).toMatchObject({ entries: receipts.size, gaps: [], subjects: [], votes: [] })
  db.close()
})

const nobody = () => Promise.reject(new Error('not asked'))

test('asked to end, the server answers what was asked and ends', async () => {
  const url = await databaseAt(`${folder.path}/ended.db`)
  const environment = { FORGEMOOT_DATABASE_URL: url }
  const { child, line, ask } = await spawnServer(environment)
  expect(line).toMatch(/^Forgemoot \S+ listens on http:\/\/127\.0\.0\.1:\d+$/)
  const { token } = (await ask('/auth/local', { body: { login: 'ada' } })).body as SessionReply
  const votes = Array.from({ length: 30 }, () =>
    ask('/v1/votes', { token, body: { votes: [aVote()] } }).then(
      ({ status }) => status,
      () => 'refused',
    ),
  )
  await Promise.race(votes)
  expect(await killed(child, 'SIGTERM')).toEqual([0, null])
  const answers = await Promise.all(votes)
  expect(answers.filter((status) => status === 200).length).toBeGreaterThan(0)
  expect(answers.every((status) => status === 200 || status === 'refused')).toBe(true)
  const db = await openDatabase({ url })
  const { rows } = await db.execute('SELECT count(*) FROM log')
  expect(rows[0]?.[0]).toBeGreaterThanOrEqual(answers.filter((status) => status === 200).length)
  db.close()
})

/** A request that the server has begun to read, and whose second half is sent when `rest` is called. */
async function slowRequest(address: string) {
  const body = JSON.stringify({ subjects: ['github.com/a/b#1'] })
  const asked = request(`${address}/v1/scores`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'content-length': body.length,
      expect: '100-continue',
    },
  })
  asked.write(body.slice(0, 5))
  await once(asked, 'continue')
  const status = once(asked, 'response').then(([response]) => {
    response.resume()
    return response.statusCode as number
  })
  return { status, rest: () => asked.end(body.slice(5)) }
}

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds))

/** Sends a group SIGINT as Ctrl+C does, twice, and resolves to how its process ended. */
async function interruptedTwice(child: ChildProcess, apart: number) {
  const exited = once(child, 'exit')
  process.kill(-Number(child.pid), 'SIGINT')
  await pause(apart)
  process.kill(-Number(child.pid), 'SIGINT')
  return exited
}

test('one Ctrl+C that arrives twice waits for the answers under way', async () => {
  const { child, address } = await spawnServer({
    FORGEMOOT_DATABASE_URL: await databaseAt(`${folder.path}/interrupted.db`),
  })
  const { status, rest } = await slowRequest(address)
  const ended = interruptedTwice(child, 90)
  await pause(300)
  rest()
  expect(await status).toBe(200)
  expect(await ended).toEqual([0, null])
})

test('a second Ctrl+C, later, ends the server at once', async () => {
  const { child, address } = await spawnServer({
    FORGEMOOT_DATABASE_URL: await databaseAt(`${folder.path}/impatient.db`),
  })
  const { status } = await slowRequest(address)
  const refused = expect(status).rejects.toThrow('hang up')
  expect(await interruptedTwice(child, 1100)).toEqual([130, null])
  await refused
})

/** Lets SIGUSR2 end the thread that writes, as a bug in it would. */
const MORTAL = `
  import threads from 'node:worker_threads'
  import { syncBuiltinESMExports } from 'node:module'
  threads.Worker = class extends threads.Worker {
    constructor(...args) {
      super(...args)
      // A message that it cannot read: its thread dies of that. Terminated in a statement, it would take all with it.
      process.on('SIGUSR2', () => this.postMessage(null))
    }
  }
  syncBuiltinESMExports()`

test('when the writing thread dies, the server says so and ends; votes hear that they may come again', async () => {
  const { child, ask } = await spawnServer(
    { FORGEMOOT_DATABASE_URL: await databaseAt(`${folder.path}/mortal.db`) },
    ['--import', `data:text/javascript,${encodeURIComponent(MORTAL)}`],
  )
  let said = ''
  child.stderr?.on('data', (chunk) => (said += chunk))
  const { token } = (await ask('/auth/local', { body: { login: 'ada' } })).body as SessionReply
  const exited = once(child, 'exit')
  child.kill('SIGUSR2')
  const statuses: unknown[] = []
  while (child.exitCode === null) {
    const answer = await ask('/v1/votes', { token, body: { votes: [aVote()] } }).catch(() => null)
    if (!answer) break
    statuses.push([answer.status, answer.headers.get('retry-after')])
  }
  expect(await exited).toEqual([1, null])
  expect(said).toContain('Forgemoot ends: what writes to the database has died')
  expect(said).not.toContain('    at ')
  expect(statuses.filter((one) => !['200,', '503,1'].includes(String(one)))).toEqual([])
})

const dangling = `${folder.path}/dangling.db`
symlinkSync(`${folder.path}/nowhere/votes.db`, dangling)

test.each([
  ['a database that is none', { FORGEMOOT_DATABASE_URL: 'file:/dev/null' }, /cannot be opened/],
  ['a database that is a folder', { FORGEMOOT_DATABASE_URL: `file:${folder.path}` }, /is a folder/],
  [
    'a place that takes no file',
    { FORGEMOOT_DATABASE_URL: `file:${dangling}` },
    /cannot be opened/,
  ],
  ['a folder that cannot be made', { FORGEMOOT_DATABASE_URL: 'file:/dev/null/x.db' }, /The folder/],
  [
    'a remote database that is away',
    { FORGEMOOT_DATABASE_URL: 'http://127.0.0.1:9' },
    /cannot be opened/,
  ],
])('%s stops the start with one sentence', async (_name, environment, said) => {
  const { code, text } = await refusalOf(environment)
  expect(code).toBe(1)
  expect(text).toMatch(said)
  expect(text.split('\n')).toHaveLength(1)
})

onFile('place')('the path of a database may have signs that a URL has to spell out', async () => {
  const { child, ask } = await spawnServer({
    FORGEMOOT_DATABASE_URL: `file:${folder.path}/my%20data/votes.db`,
  })
  expect((await ask('/readyz')).status).toBe(200)
  await killed(child, 'SIGTERM')
  expect(readdirSync(folder.path)).not.toContain('my%20data')
  expect(readdirSync(`${folder.path}/my data`)).toContain('votes.db')
})

onFile('lock')(
  'a database has one server; killed, it makes room for the next at once',
  async () => {
    const environment = { FORGEMOOT_DATABASE_URL: await databaseAt(`${folder.path}/only.db`) }
    const first = await spawnServer(environment)
    symlinkSync('only.db', `${folder.path}/alias.db`)
    for (const name of ['only', 'alias']) {
      const { code, text } = await refusalOf({
        FORGEMOOT_DATABASE_URL: await databaseAt(`${folder.path}/${name}.db`),
      })
      expect([code, text]).toEqual([
        1,
        expect.stringMatching(
          /^Forgemoot cannot start\. The database \S+only\.db is in use.*Stop that one, or name another file in FORGEMOOT_DATABASE_URL\.$/,
        ),
      ])
    }
    expect((await first.ask('/readyz')).status).toBe(200)
    await killed(first.child, 'SIGKILL')
    const next = await spawnServer(environment)
    expect((await next.ask('/readyz')).status).toBe(200)
    expect(await killed(next.child, 'SIGTERM')).toEqual([0, null])
  },
)

test('a server that stopped lets go of its database', async () => {
  for (let i = 0; i < 2; i++) await (await startTestServer(`${folder.path}/again.db`)).stop()
})

test('a port that is taken stops the start with one sentence', async () => {
  const server = await startTestServer(`${folder.path}/first.db`)
  const { port } = new URL(server.address)
  const { code, text } = await refusalOf({
    PORT: port,
    FORGEMOOT_DATABASE_URL: await databaseAt(`${folder.path}/second.db`),
  })
  expect([code, text]).toEqual([
    1,
    `Forgemoot cannot start. Port ${port} of 127.0.0.1 is taken. Stop what listens there, or set PORT.`,
  ])
  await server.stop()
})
