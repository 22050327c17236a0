import type { InStatement } from '@libsql/client'
import { afterAll, expect, test, vi } from 'vitest'
import { migrateDatabase } from '../db/migrate.ts'
import { openDatabase } from '../db/open.ts'
import { onDuty } from './duty.ts'
import { databaseAt, temporaryFolder } from '../testing-database.ts'

const folder = temporaryFolder()
afterAll(() => folder.remove())

test('one of several does the work; when it cannot say that it does, it ends before another begins', async () => {
  const db = await openDatabase({ url: await databaseAt(`${folder.path}/duty.db`) })
  await migrateDatabase(db)
  const told: string[] = []
  const cutOff = new Set<string>()
  const serve = (name: string) => {
    const execute = async (statement: InStatement | string) => {
      if (cutOff.has(name)) throw new Error('fetch failed')
      return db.execute(statement as InStatement) // either way it is one that this takes
    }
    return onDuty({ execute }, () => {
      told.push(`${name} begins`)
      return { stop: () => Promise.resolve(void told.push(`${name} ends`)) }
    })
  }
  const first = serve('first')
  await vi.waitFor(() => expect(told).toEqual(['first begins']), { timeout: 20_000 })
  const second = serve('second')
  await new Promise((done) => setTimeout(done, 2500))
  expect(told).toEqual(['first begins'])
  cutOff.add('first')
  await vi.waitFor(() => expect(told).toHaveLength(3), { timeout: 40_000 })
  expect(told).toEqual(['first begins', 'first ends', 'second begins'])
  // Back again, it waits for its turn, which comes as soon as the other one goes.
  cutOff.clear()
  await new Promise((done) => setTimeout(done, 2500))
  expect(told).toHaveLength(3)
  await second.stop()
  await vi.waitFor(() => expect(told).toHaveLength(5), { timeout: 20_000 })
  expect(told.slice(3)).toEqual(['second ends', 'first begins'])
  await first.stop()
  expect((await db.execute('SELECT * FROM leases')).rows).toEqual([])
  db.close()
}, 120_000)
