/** Whatever version somebody comes from, they arrive at this one with everything they had. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Client } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { migrate } from 'drizzle-orm/libsql/migrator'
import { afterAll, expect } from 'vitest'
import { recount } from '../services/recount.ts'
import { temporaryFolder } from '../testing-database.ts'
import { onFile } from '../testing-on-file.ts'
import { aVote, startTestServer } from '../testing.ts'
import journal from './migrations/meta/_journal.json' with { type: 'json' }
import { isAhead, isMigrated, migrateDatabase } from './migrate.ts'
import { openDatabase } from './open.ts'
import { uuidOf } from './vote-ids.ts'
import { fillReleased, MIGRATIONS, RELEASED } from './released.ts'

const test = onFile('dump')
const folder = temporaryFolder()
afterAll(() => folder.remove())

/** Brings a database to a former version's tables. */
async function migrateUpTo(db: Client, name: string) {
  const migrationsFolder = `${folder.path}/up-to-${name}`
  mkdirSync(`${migrationsFolder}/meta`, { recursive: true })
  cpSync(fileURLToPath(new URL('migrations', import.meta.url)), migrationsFolder, {
    recursive: true,
  })
  const entries = journal.entries.slice(0, MIGRATIONS.indexOf(name) + 1)
  writeFileSync(`${migrationsFolder}/meta/_journal.json`, JSON.stringify({ ...journal, entries }))
  await migrate(drizzle(db), { migrationsFolder })
}

const rowsIn = async (db: Client) => {
  const counted = 'persons sessions repositories subjects votes log'.split(' ')
  const { rows } = await db.execute(
    `SELECT ${counted.map((table) => `(SELECT count(*) FROM ${table}) AS ${table}`).join(', ')}`,
  )
  return { ...rows[0] }
}

/** The log's entries; ids became bytes on the way. */
const logIn = async (db: Client) => {
  const { rows } = await db.execute(
    'SELECT seq, id, person_id, subject_id, value, cast_at, accepted_at FROM log ORDER BY seq',
  )
  return rows.map((row) => ({
    ...row,
    id: row.id instanceof ArrayBuffer ? uuidOf(row.id) : row.id,
  }))
}

test.each(MIGRATIONS)(
  'a database of the schema %s, with rows, becomes one of this version',
  async (name) => {
    const released = RELEASED.filter((one) => one <= name).at(-1) ?? ''
    const file = `${folder.path}/${name}.db`
    await fillReleased(file, released)
    const db = await openDatabase({ url: `file:${file}` })
    await migrateUpTo(db, name)
    const before = await rowsIn(db)
    const log = await logIn(db)
    expect(Number(before.log)).toBeGreaterThan(10)
    expect(await isMigrated(db)).toBe(name === MIGRATIONS.at(-1))
    await migrateDatabase(db)
    expect(await isMigrated(db)).toBe(true)
    expect(await isAhead(db)).toBe(false)
    expect(await rowsIn(db)).toEqual(before)
    expect(await logIn(db)).toEqual(log)
    const reader = { db, writer: { run: () => Promise.reject(new Error('not asked')) } }
    expect(await recount({ ...reader, auth: 'local' })).toEqual({
      entries: before.log,
      counted: before.subjects,
      gaps: [],
      subjects: [],
      votes: [],
    })
    // Whoever had a session has it still, and what they cast comes on top.
    const server = await startTestServer(file)
    const [cast] = await server.cast(await server.signIn('ada'), [aVote()])
    expect(cast).toMatchObject({ status: 'accepted', receipt: before.log })
    await server.stop()
    expect(await recount({ ...reader, auth: 'local' })).toMatchObject({ subjects: [], votes: [] })
    db.close()
  },
  30_000,
)

test('the tables that migrations make are those that the schema says', async () => {
  const of = async (file: string, fill: (db: Client) => Promise<void>) => {
    const db = await openDatabase({ url: `file:${folder.path}/${file}` })
    await fill(db)
    await migrateDatabase(db)
    const { rows } = await db.execute(
      "SELECT m.name, c.name, c.type, c.pk FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' ORDER BY 1, 2",
    )
    db.close()
    return rows.map((row) => Object.values(row).join(' '))
  }
  const grown = of('grown.db', (db) => migrateUpTo(db, MIGRATIONS[0] ?? ''))
  expect(await grown).toEqual(await of('new.db', () => Promise.resolve()))
})
