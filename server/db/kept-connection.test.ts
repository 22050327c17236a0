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

async function connected() {
  const file = `${folder.path}/${++files}.db`
  const db = keptConnection(file, ['journal_mode = WAL', 'synchronous = FULL'])
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

  it('waits for the disk with each commit, also after it was opened anew', async () => {
    const { file, db } = await connected()
    const synchronous = async () => (await db.execute('PRAGMA synchronous')).rows[0]?.[0]
    expect(await synchronous()).toBe(2) // FULL
    const other = new Database(file)
    opened.push(other)
    other.exec('BEGIN IMMEDIATE')
    await expect(db.batch([add(1)], 'write')).rejects.toMatchObject({ code: 'SQLITE_BUSY' })
    other.exec('ROLLBACK')
    expect(await synchronous()).toBe(2)
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

  it('says at its start that a file is no database', () => {
    expect(() => keptConnection(folder.path, [])).toThrow(/SQLITE_CANTOPEN|ConnectionFailed/)
  })
})
