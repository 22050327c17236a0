/** Disks that are full, databases that somebody else holds, clocks that jump. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { afterAll, expect, test, vi } from 'vitest'
import type { ScoresReply } from '#shared/api/scores'
import type { SessionReply } from '#shared/api/sign-in'
import type { VotesReply } from '#shared/api/votes'
import { clockOf } from './clock.ts'
import { openDatabase } from './db/open.ts'
import { recount } from './services/recount.ts'
import { databaseAt, temporaryFolder } from './testing-database.ts'
import { onFile } from './testing-on-file.ts'
import { anItem, askerOf, aVote, startTestServer, type TestServer } from './testing.ts'
import { ENTRY, killed } from './testing-process.ts'

const folder = temporaryFolder()
afterAll(() => folder.remove())
vi.setConfig({ testTimeout: 60_000 })

const HOUR = 3_600_000
const nobody = () => Promise.reject(new Error('not asked'))

/** What a recount says is wrong, and the ids in the log with their receipts. */
async function recounted(file: string) {
  const db = await openDatabase({ url: await databaseAt(file) })
  const { gaps, subjects, votes } = await recount({ db, writer: { run: nobody }, auth: 'local' })
  const { rows } = await db.execute('SELECT seq FROM log ORDER BY seq')
  db.close()
  return { wrong: [...gaps, ...subjects, ...votes], receipts: rows.map(({ seq }) => Number(seq)) }
}

/** A server on which no file may grow beyond so many kilobytes: as on a disk that is full. */
async function spawnOnSmallDisk(file: string, kilobytes: number) {
  const node = [process.execPath, ENTRY]
  const child = spawn(
    'bash',
    ['-c', `trap '' XFSZ; ulimit -f ${kilobytes}; exec "$@"`, 'bash', ...node],
    {
      env: { ...process.env, PORT: '0', FORGEMOOT_DATABASE_URL: `file:${file}` },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let said = ''
  child.stderr.on('data', (chunk) => (said += chunk))
  const line = String((await once(createInterface(child.stdout), 'line'))[0])
  return { child, said: () => said, ask: askerOf(/http:\S+/.exec(line)?.[0] ?? '') }
}

onFile('place')(
  'on a disk that is full votes are told to come back, what has a receipt stays, and room is all it takes',
  async () => {
    const file = `${folder.path}/full.db`
    await (await startTestServer(file)).stop()
    const full = await spawnOnSmallDisk(file, 1500)
    const { token } = (await full.ask('/auth/local', { body: { login: 'ada' } }))
      .body as SessionReply
    const receipts: number[] = []
    let refused: ReturnType<typeof aVote>[] = []
    let last: Awaited<ReturnType<typeof full.ask>> | undefined
    for (let i = 0; i < 400 && !refused.length; i++) {
      const votes = Array.from({ length: 100 }, (_, n) =>
        aVote({ subject: `github.com/a/b#${1 + ((i * 100 + n) % 5000)}` }),
      )
      last = await full.ask('/v1/votes', { token, body: { votes } })
      if (last.status === 200)
        receipts.push(...(last.body as VotesReply).results.map(({ receipt }) => Number(receipt)))
      else refused = votes
    }
    expect(receipts.length).toBeGreaterThan(0)
    expect(last).toMatchObject({
      status: 503,
      body: { detail: expect.stringMatching(/cannot write to its database.*Try again later/) },
    })
    expect(last?.headers.get('retry-after')).not.toBeNull()
    // What was there can be read.
    const scores = await full.ask('/v1/scores', { body: { subjects: ['github.com/a/b#1'] } })
    expect((scores.body as ScoresReply).scores['github.com/a/b#1']).toMatchObject({
      others: { up: 1 },
    })
    expect(full.said()).toContain('"event":"write-failed"')
    await killed(full.child, 'SIGTERM')

    const roomy = await startTestServer(file)
    const again = await roomy.cast(token, refused)
    expect(again.map(({ status }) => status)).toEqual(refused.map(() => 'accepted'))
    await roomy.stop()
    const after = await recounted(file)
    const all = [...receipts, ...again.map(({ receipt }) => Number(receipt))]
    expect(after.wrong).toEqual([])
    expect(after.receipts).toEqual(all.toSorted((a, b) => a - b))
  },
)

onFile('lock')(
  'while somebody else holds the database votes are told to come back; afterwards they are taken, once',
  async () => {
    const file = `${folder.path}/locked.db`
    const server = await startTestServer(file)
    const token = await server.signIn('ada')
    const db = await openDatabase({ url: `file:${file}` })
    const held = await db.transaction('write')
    const vote = aVote()
    const during = await server.ask('/v1/votes', { token, body: { votes: [vote] } })
    expect(during).toMatchObject({
      status: 503,
      body: { detail: expect.stringMatching(/cannot write.*Try again later/) },
    })
    expect((await server.ask('/v1/scores', { body: { subjects: [vote.subject] } })).status).toBe(
      200,
    )
    held.close()
    db.close()
    expect((await server.cast(token, [vote]))[0]).toMatchObject({ status: 'accepted', receipt: 0 })
    expect((await server.cast(token, [vote]))[0]).toMatchObject({ status: 'duplicate', receipt: 0 })
    await server.stop()
    expect(await recounted(file)).toEqual({ wrong: [], receipts: [0] })
  },
)

/** Votes while reads of a table fail, and once more when they do not. */
async function castAround(server: TestServer, table: string, token: string, subject: string) {
  const db = server.open()
  const vote = aVote({ subject })
  await db.execute(`ALTER TABLE ${table} RENAME TO gone`)
  const { status } = await server.ask('/v1/votes', { token, body: { votes: [vote] } })
  const inLog = Number((await db.execute('SELECT count(*) FROM log')).rows[0]?.[0])
  await db.execute(`ALTER TABLE gone RENAME TO ${table}`)
  db.close()
  const [result] = await server.cast(token, [vote])
  return { status, inLog, result }
}

const MOOT = { host: 'github.com', forgeId: 7, owner: 'moot', name: 'plot', defaultBranch: 'main' }

test('a read that failed teaches nothing: whoever votes again is the contributor that they are', async () => {
  const file = `${folder.path}/classes.db`
  const first = await startTestServer(file)
  const id = await first.writer.nameRepository(MOOT)
  const account = { forgeId: 5, login: 'ada', isBot: false }
  await first.writer.takeWork(id, [{ kind: 'pull', ref: '1', account, at: 1000 }])
  await first.writer.settleContributors(id, 0)
  await first.stop()
  const server = await startTestServer(file)
  const token = await server.signIn('ada')
  const around = await castAround(server, 'contributors', token, 'github.com/moot/plot#1')
  expect(around).toMatchObject({
    inLog: 0,
    result: { status: 'accepted', score: { voter: 'contributor', contributors: { up: 1 } } },
  })
  expect(around.status).toBeGreaterThanOrEqual(500)
  await server.stop()
})

test('a vote whose score cannot be told is not on the disk either, and counts in all scores once it is', async () => {
  const file = `${folder.path}/untold.db`
  const server = await startTestServer(file)
  const id = await server.writer.nameRepository(MOOT)
  await server.writer.takeItems(id, [anItem({ kind: 'pull', number: 9, closes: [1] })])
  const token = await server.signIn('ada')
  // Now what it is called is known, and asked only for the pull request that closes it.
  await server.cast(token, [aVote({ subject: 'github.com/moot/plot#2' })])
  const pull = 'github.com/moot/plot#9'
  const scoreOf = async () => {
    const { body } = await server.ask('/v1/scores', { body: { subjects: [pull] } })
    return (body as ScoresReply).scores[pull]?.others
  }
  expect(await scoreOf()).toEqual({ up: 0, down: 0 })
  const around = await castAround(server, 'repositories', token, 'github.com/moot/plot#1')
  expect(around).toMatchObject({ inLog: 1, result: { status: 'accepted', receipt: 1 } })
  expect(around.status).toBeGreaterThanOrEqual(500)
  expect(await scoreOf()).toEqual({ up: 1, down: 0 })
  await server.stop()
  expect(await recounted(file)).toEqual({ wrong: [], receipts: [0, 1] })
})

test('a clock that jumps ahead and back loses nothing, doubles nothing and holds nobody up', async () => {
  const file = `${folder.path}/clock.db`
  const ahead = new SharedArrayBuffer(8)
  const { now } = clockOf(ahead)
  const limits = { FORGEMOOT_LIMIT_PERSON: '100' }
  const server = await startTestServer(file, limits, undefined, clockOf(ahead))
  const token = await server.signIn('ada')
  const other = await server.signIn('bob')
  const votes = (value = 1) =>
    Array.from({ length: 10 }, (_, i) =>
      aVote({ subject: `github.com/a/b#${i + 1}`, value, castAt: now() }),
    )
  const statuses: string[] = []
  for (const jump of [0, 30 * 24 * HOUR, -60 * 24 * HOUR, HOUR, -HOUR]) {
    Atomics.add(new BigInt64Array(ahead), 0, BigInt(jump))
    for (const each of [token, other])
      for (const value of [1, -1])
        statuses.push(...(await server.cast(each, votes(value))).map(({ status }) => status))
    expect((await server.ask('/readyz')).status).toBe(200)
  }
  expect(statuses).toHaveLength(200)
  expect(new Set(statuses)).toEqual(new Set(['accepted']))
  // Cast by a clock that was right before the server's was set back.
  const [early] = await server.cast(token, [aVote({ castAt: now() + 24 * HOUR })])
  expect(early).toMatchObject({
    status: 'rejected',
    error: { type: expect.stringMatching('from-the-future') },
  })
  expect(early?.error?.detail).toContain('Check the clock')
  const score = await server.ask('/v1/scores', { body: { subjects: ['github.com/a/b#1'] } })
  expect((score.body as ScoresReply).scores['github.com/a/b#1']?.others).toEqual({ up: 0, down: 2 })
  await server.stop()
  const { wrong, receipts } = await recounted(file)
  expect(wrong).toEqual([])
  expect(receipts).toEqual(Array.from({ length: 200 }, (_, i) => i))
})
