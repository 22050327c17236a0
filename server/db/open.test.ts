import { afterAll, expect, test } from 'vitest'
import { databaseAt, temporaryFolder } from '../testing-database.ts'
import { onFile } from '../testing-on-file.ts'
import { migrateDatabase } from './migrate.ts'
import { openDatabase } from './open.ts'

const folder = temporaryFolder()
afterAll(() => folder.remove())

test('migrations run on an empty file, and again on what they made', async () => {
  const db = await openDatabase({ url: await databaseAt(`${folder.path}/twice.db`) })
  await migrateDatabase(db)
  const tables = async () => (await db.execute('SELECT sql FROM sqlite_schema ORDER BY name')).rows
  const before = await tables()
  await migrateDatabase(db)
  expect(await tables()).toEqual(before)
  expect(JSON.stringify(before)).toContain('WITHOUT ROWID')
  db.close()
})

onFile('settings')('a commit waits for the disk', async () => {
  const db = await openDatabase({ url: await databaseAt(`${folder.path}/settings.db`) })
  const settingOf = async (name: string) => (await db.execute(`PRAGMA ${name}`)).rows[0]?.[0]
  expect(await settingOf('journal_mode')).toBe('wal')
  expect(await settingOf('synchronous')).toBe(2) // FULL
  db.close()
})
