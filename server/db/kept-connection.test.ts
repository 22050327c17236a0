import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import Database from 'libsql'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../testing-database.ts'
import { keptConnection } from './kept-connection.ts'
import type { Connection } from './ledger.ts'

const folder = temporaryFolder()
const opened: { close(): unknown }[] = []
afterEach(() => {
  for (const one of opened.splice(0)) one.close()
})
afterAll(() => folder.remove())

let files = 0

/** A folder that has an entry for each file that this process has open, where the system has such. */
const OPEN_FILES = '/proc/self/fd'

async function connected() {
  const file = `${folder.path}/${++files}.db`
  const db = keptConnection(file, ['journal_mode = WAL', 'synchronous = EXTRA'])
  opened.push(db)
  await db.execute('CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT, bytes BLOB)')
  return { file, db }
}

const add = (id: number, name = 'one') => ({
  sql: 'INSERT INTO things (id, name) VALUES (?, ?)',
  args: [id, name],
})
const namesOf = async (db: Pick<Connection, 'execute'>) =>
  (await db.execute('SELECT name FROM things ORDER BY id')).rows.map(({ name }) => name)

describe('a connection that keeps its statements', () => {
  it('answers with cells by number and by name, and bytes as the client has them', async () => {
    const { db } = await connected()
    const { rowsAffected } = await db.execute({
      sql: 'INSERT INTO things VALUES (?, ?, ?), (?, ?, ?)',
      args: [1, 'one', Uint8Array.of(1, 2), 2, null, null],
    })
    expect(rowsAffected).toBe(2)
    const { rows, columns } = await db.execute('SELECT id, name, bytes FROM things')
    expect(columns).toEqual(['id', 'name', 'bytes'])
    expect(rows[0]?.[1]).toBe('one')
    expect(rows[0]?.name).toBe('one')
    expect(rows[0]?.bytes).toBeInstanceOf(ArrayBuffer)
    expect([...new Uint8Array(rows[0]?.bytes as ArrayBuffer)]).toEqual([1, 2])
    expect(rows[1]).toMatchObject({ id: 2, name: null })
  })

  it('has the settings that it was given, and still after it met a lock', async () => {
    const { file, db } = await connected()
    const synchronous = async () => (await db.execute('PRAGMA synchronous')).rows[0]?.[0]
    expect(await synchronous()).toBe(3) // EXTRA, which no connection has by itself
    const other = new Database(file)
    opened.push(other)
    other.exec('BEGIN IMMEDIATE')
    await expect(db.batch([add(1)], 'write')).rejects.toMatchObject({ code: 'SQLITE_BUSY' })
    other.exec('ROLLBACK')
    expect(await synchronous()).toBe(3)
  }, 20_000)

  it('writes all of a batch or nothing, and goes on after what was refused', async () => {
    const { db } = await connected()
    const twice = db.batch([add(1), add(1)], 'write')
    await expect(twice).rejects.toThrow(/SQLITE_CONSTRAINT/)
    await expect(twice).rejects.toMatchObject({
      code: expect.stringMatching(/^SQLITE_CONSTRAINT/),
    })
    expect(await namesOf(db)).toEqual([])
    await db.batch([add(1), add(2, 'two')], 'write')
    expect(await namesOf(db)).toEqual(['one', 'two'])
  })

  it('goes on once a lock of somebody else is gone', async () => {
    const { file, db } = await connected()
    await db.batch([add(1)], 'write')
    const other = new Database(file)
    opened.push(other)
    other.exec('BEGIN IMMEDIATE')
    const locked = db.batch([add(2)], 'write')
    await expect(locked).rejects.toThrow(/SQLITE_BUSY/)
    other.exec('COMMIT')
    await db.batch([add(2)], 'write')
    // Nothing of the failure holds on to the file.
    other.exec('BEGIN IMMEDIATE; ROLLBACK')
    expect(await namesOf(db)).toHaveLength(2)
  }, 20_000)

  it('has one transaction at a time, which nobody else writes in', async () => {
    const { db } = await connected()
    const tx = await db.transaction('write')
    await tx.execute(add(1))
    await expect(db.execute(add(2))).rejects.toThrow('a transaction is open')
    await expect(db.batch([add(2)], 'write')).rejects.toThrow('a transaction is open')
    await tx.commit()
    tx.close()
    expect(await namesOf(db)).toEqual(['one'])
  })

  it('gives up what was not committed, and what failed takes its transaction with it', async () => {
    const { db } = await connected()
    const left = await db.transaction('write')
    await left.execute(add(1))
    left.close()
    const failed = await db.transaction('write')
    await failed.execute(add(2))
    await expect(failed.execute(add(2))).rejects.toThrow(/SQLITE_CONSTRAINT/)
    await expect(failed.execute(add(3))).rejects.toThrow('the transaction is over')
    await expect(failed.commit()).rejects.toThrow('the transaction is over')
    failed.close()
    expect(await namesOf(db)).toEqual([])
  })

  it('knows its own transaction from the next one', async () => {
    const { db } = await connected()
    const first = await db.transaction('write')
    first.close()
    const second = await db.transaction('write')
    await expect(first.execute(add(1))).rejects.toThrow('the transaction is over')
    await expect(first.commit()).rejects.toThrow('the transaction is over')
    first.close()
    await second.execute(add(2, 'two'))
    await second.commit()
    second.close()
    expect(await namesOf(db)).toEqual(['two'])
  })

  it('takes only what the database can keep, and as many arguments as ever', async () => {
    const { db } = await connected()
    const insert = 'INSERT INTO things (id, name) VALUES (?, ?)'
    for (const wrong of [undefined, Number.NaN, Infinity, {}, new Date(0)])
      await expect(
        db.execute({ sql: insert, args: [1, wrong as unknown as string] }),
      ).rejects.toThrow('an argument has to be')
    await db.execute({ sql: insert, args: [1, 'one'] })
    await expect(db.execute({ sql: insert, args: [2] })).rejects.toThrow('as many arguments')
    await db.execute({ sql: insert, args: [true, null] }).catch(() => {}) // there is a 1
    await db.execute({ sql: insert, args: [false, null] })
    expect(
      (await db.execute('SELECT id FROM things ORDER BY id')).rows.map(({ id }) => id),
    ).toEqual([0, 1])
  })

  it.skipIf(!existsSync(OPEN_FILES))('holds on to nothing however often it fails', async () => {
    const { db } = await connected()
    await db.execute('PRAGMA max_page_count = 1')
    const { length: before } = readdirSync(OPEN_FILES)
    const large = { sql: 'INSERT INTO things (bytes) VALUES (zeroblob(?))', args: [100_000] }
    for (let i = 0; i < 100; i++)
      await expect(db.batch([large], 'write')).rejects.toThrow(/SQLITE_FULL/)
    expect(readdirSync(OPEN_FILES).length - before).toBeLessThan(20)
    await db.execute('PRAGMA max_page_count = 1000000')
    await db.batch([large], 'write')
    expect(await namesOf(db)).toHaveLength(1)
  })

  it('says at its start that a file is no database, or cannot be opened', () => {
    const file = `${folder.path}/text.db`
    writeFileSync(file, 'no database, but long enough to be looked at '.repeat(100))
    expect(() => keptConnection(file, ['journal_mode = WAL'])).toThrow(/SQLITE_NOTADB/)
    expect(() => keptConnection(folder.path, [])).toThrow(/SQLITE_CANTOPEN/)
  })
})
