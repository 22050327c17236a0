import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, vi } from 'vitest'
import { migrateDatabase } from '../db/migrate.ts'
import { openDatabase } from '../db/open.ts'
import { fillReleased, RELEASED } from '../db/released.ts'
import { uuidOf } from '../db/vote-ids.ts'
import { recount } from '../services/recount.ts'
import { temporaryFolder } from '../testing-database.ts'
import { onFile } from '../testing-on-file.ts'
import { aVote, startTestServer } from '../testing.ts'
import { restore } from './restore.ts'

const test = onFile('copy')
const folder = temporaryFolder()
afterAll(() => folder.remove())
vi.setConfig({ testTimeout: 60_000 })

/** A command on a database: its exit code and what it says. */
async function commanded(name: string, database: string, ...given: string[]) {
  const command = fileURLToPath(new URL(`../../test/commands/${name}.ts`, import.meta.url))
  const child = spawn(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), command, ...given],
    { env: { ...process.env, FORGEMOOT_DATABASE_URL: `file:${database}` } },
  )
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
  const [code] = await once(child, 'close')
  return { code: code as number | null, said: said.trim() }
}

const restoring = { forge: 'github.com', auth: 'local' as const, repair: false, at: new Date() }
const nobody = () => Promise.reject(new Error('not asked'))

async function logOf(file: string) {
  const db = await openDatabase({ url: `file:${file}` })
  const { rows } = await db.execute('SELECT seq, id FROM log ORDER BY seq')
  const sums = await recount({ db, writer: { run: nobody }, auth: 'local' })
  db.close()
  return {
    entries: rows.map(({ seq, id }) => [Number(seq), uuidOf(id as ArrayBuffer)] as const),
    sums,
  }
}

test('a backup taken under load is the state of one moment, and is restored as that', async () => {
  const file = `${folder.path}/busy.db`
  const copy = `${folder.path}/busy-backup.db`
  const server = await startTestServer(file)
  const tokens = await Promise.all(['ada', 'grace', 'edsger'].map(server.signIn))
  const receipts = new Map<number, string>()
  const enough = new AbortController()
  const load = Array.from({ length: 24 }, async (_, i) => {
    while (!enough.signal.aborted) {
      const votes = Array.from({ length: 5 }, () =>
        aVote({ subject: `github.com/a/b#${1 + (receipts.size % 40)}`, value: 1 - (i % 3) }),
      )
      const results = await server.cast(tokens[i % 3] ?? '', votes)
      for (const { id, receipt } of results) receipts.set(Number(receipt), id)
    }
  })
  while (receipts.size < 2000) await new Promise((done) => setTimeout(done, 20))
  const before = receipts.size
  const { code, said } = await commanded('backup', file, copy)
  enough.abort()
  await Promise.all(load)
  expect([code, said]).toEqual([0, expect.stringContaining('up to receipt')])
  expect(statSync(copy).mode & 0o777).toBe(0o600)
  const { entries, sums } = await logOf(copy)
  // All that was acknowledged before it was asked for, some of what came meanwhile, and nothing after a gap.
  expect(entries.length).toBeGreaterThan(before)
  expect(entries.length).toBeLessThan(receipts.size)
  expect(entries).toEqual([...receipts].toSorted(([a], [b]) => a - b).slice(0, entries.length))
  expect(sums).toMatchObject({ entries: entries.length, gaps: [], subjects: [], votes: [] })

  // A server that runs is in nobody's way, and nobody is in its.
  expect(await commanded('restore', file, copy)).toEqual({
    code: 1,
    said: expect.stringMatching(/^Nothing was restored\. The database \S+busy\.db is in use/),
  })
  await server.stop()
  const all = await logOf(file)
  const restored = await commanded('restore', file, copy)
  expect(restored).toEqual({ code: 0, said: expect.stringContaining('What it was before is ') })
  expect((await logOf(file)).entries).toEqual(entries)
  const kept = /What it was before is (\S+)\./.exec(restored.said)?.[1] ?? ''
  expect((await logOf(kept)).entries).toEqual(all.entries)
  const again = await startTestServer(file)
  const [next] = await again.cast(await again.signIn('ada'), [aVote()])
  expect(next?.receipt).toBe(entries.length)
  await again.stop()
})

test.each(RELEASED)('a backup of the schema %s is restored into this one', async (name) => {
  const from = `${folder.path}/${name}.backup.db`
  const to = `${folder.path}/${name}.db`
  await fillReleased(from, name)
  const bytes = readFileSync(from)
  const { entries, kept } = await restore({ ...restoring, from, to })
  expect(entries).toBeGreaterThan(10)
  expect(kept).toBeUndefined()
  expect(readFileSync(from).equals(bytes)).toBe(true)
  const server = await startTestServer(to)
  expect((await server.ask('/readyz')).status).toBe(200)
  await server.stop()
})

async function aDatabase(name: string): Promise<string> {
  const file = `${folder.path}/${name}.db`
  await fillReleased(file, RELEASED.at(-1) ?? '')
  return file
}

async function meddled(name: string, ...statements: string[]): Promise<string> {
  const file = await aDatabase(name)
  const db = await openDatabase({ url: `file:${file}` })
  await migrateDatabase(db)
  for (const each of statements) await db.execute(each)
  await db.execute('PRAGMA journal_mode = DELETE')
  db.close()
  return file
}

test.each([
  [
    'what is no database',
    () => Promise.resolve(fileURLToPath(import.meta.url)),
    /is not a database that can be read/,
  ],
  ['what is not there', () => Promise.resolve(`${folder.path}/nowhere.db`), /There is no file/],
  ['a folder', () => Promise.resolve(folder.path), /There is no file/],
  [
    'another program’s database',
    () => meddled('foreign', 'DROP TABLE log'),
    /not a database of Forgemoot/,
  ],
  [
    'the database of a newer version',
    () =>
      meddled('newer', "INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('x', 9e15)"),
    /newer version/,
  ],
  [
    'a log with a vote missing',
    () => meddled('gap', 'DELETE FROM log WHERE seq = 3'),
    /1 votes are missing/,
  ],
  [
    'sums that the log does not add up to',
    () => meddled('wrong', 'UPDATE subjects SET others_up = others_up + 1 WHERE id = 2'),
    /1 subjects and 0 standing votes are not .*--repair/,
  ],
  [
    'a record of votes on merging with a gap',
    () =>
      meddled(
        'record',
        `INSERT INTO record (seq, repository_id, at, kind, detail) VALUES (1000, 1, 5, 'cast', '{}')`,
      ),
    /entries are missing in the record/,
  ],
  [
    'a damaged file',
    async () => {
      const file = await meddled('damaged')
      const bytes = readFileSync(file)
      bytes.fill(0x5a, 8192, 8192 + 2048)
      writeFileSync(file, bytes)
      return file
    },
    /damaged|malformed|cannot be read/,
  ],
])('%s is refused, and nothing has changed', async (name, from, said) => {
  const to = await aDatabase(`kept-${name.replaceAll(' ', '-')}`)
  const bytes = readFileSync(to)
  const names = () => readdirSync(folder.path).filter((one) => !one.endsWith('.lock'))
  const source = await from()
  const before = names()
  await expect(restore({ ...restoring, from: source, to })).rejects.toThrow(said)
  expect(readFileSync(to).equals(bytes)).toBe(true)
  expect(names()).toEqual(before)
})

test('what is only half moved is neither moved on nor recounted', async () => {
  const half = await meddled(
    'half',
    "INSERT INTO leases (name, owner, until) VALUES ('moving', 'npm run move', 0)",
  )
  const to = `${folder.path}/from-half.db`
  const why = expect.stringContaining('was broken off')
  expect(await commanded('move', half, `file:${to}`)).toEqual({ code: 1, said: why })
  expect(await commanded('recount', half)).toEqual({ code: 1, said: why })
  // What it would have been moved to is as it was: empty, and not held for half.
  const server = await startTestServer(to)
  expect((await server.ask('/readyz')).status).toBe(200)
  await server.stop()
})

test('wrong sums are put right on the way in, when asked', async () => {
  const from = await meddled('mend', 'UPDATE subjects SET hot = hot + 1 WHERE id = 2')
  const to = `${folder.path}/mended.db`
  const { subjects } = await restore({ ...restoring, from, to, repair: true })
  expect(subjects).toEqual([2])
  expect((await logOf(to)).sums).toMatchObject({ subjects: [], votes: [] })
})

test('a copy of the files of a server that was killed is restored with what its journal holds', async () => {
  const file = `${folder.path}/journal.db`
  const server = await startTestServer(file)
  const token = await server.signIn('ada')
  await server.cast(token, [aVote(), aVote()])
  for (const end of ['', '-wal']) copyFileSync(file + end, `${folder.path}/torn.db${end}`)
  await server.stop()
  const to = `${folder.path}/from-torn.db`
  await restore({ ...restoring, from: `${folder.path}/torn.db`, to })
  expect((await logOf(to)).entries).toHaveLength(2)
})

test('a backup does not overwrite, and leaves nothing behind when it fails', async () => {
  const file = await aDatabase('source')
  const taken = await aDatabase('taken')
  expect(await commanded('backup', file, taken)).toEqual({
    code: 1,
    said: expect.stringMatching(/^Nothing was backed up\. \S+taken\.db is there already/),
  })
  expect((await commanded('backup', `${folder.path}/none.db`, `${folder.path}/x.db`)).said).toMatch(
    /There is no database/,
  )
  expect(readdirSync(folder.path).filter((one) => /partial|restoring|none/.test(one))).toEqual([])
})

test('an export has every row of every table, and nothing that opens anything', async () => {
  const file = `${folder.path}/exported.db`
  const server = await startTestServer(file)
  const token = await server.signIn('ada')
  const votes = [aVote(), aVote()]
  await server.cast(token, votes)
  await server.writer.run([
    {
      sql: "INSERT INTO apps VALUES ('github.com', 1, 'moot', 'id', 'the-secret', 'the-hook', 'the-key', 5)",
      args: [],
    },
  ])
  const target = `${folder.path}/export.jsonl`
  expect(await commanded('export', file, target)).toMatchObject({ code: 0 })
  await server.stop()
  const text = readFileSync(target, 'utf8')
  const [about, ...rows] = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { table: string; row: { id?: unknown }; tables: string[] })
  const db = await openDatabase({ url: `file:${file}` })
  for (const table of about?.tables ?? []) {
    const { rows: counted } = await db.execute(`SELECT count(*) AS n FROM "${table}"`)
    expect([table, rows.filter((row) => row.table === table).length]).toEqual([
      table,
      Number(counted[0]?.n),
    ])
  }
  const { rows: secrets } = await db.execute('SELECT token_hash FROM sessions')
  db.close()
  expect(text).not.toMatch(/the-secret|the-hook|the-key/)
  expect(text).not.toContain(String(secrets[0]?.token_hash))
  const log = rows.filter(({ table }) => table === 'log')
  expect(log.map(({ row }) => row.id)).toEqual(votes.map(({ id }) => id))
  expect(existsSync(`${target}.partial`)).toBe(false)
})
