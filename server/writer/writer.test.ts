import { afterAll, expect, test } from 'vitest'
import { migrateDatabase } from '../db/migrate.ts'
import { openDatabase } from '../db/open.ts'
import type { PersonsVote } from '../db/vote-log.ts'
import { databaseAt, isRemote, temporaryFolder } from '../testing-database.ts'
import { onFile } from '../testing-on-file.ts'
import { aVote } from '../testing.ts'
import { startWriter } from './writer.ts'

const folder = temporaryFolder()
afterAll(() => folder.remove())

async function emptyDatabase(name: string) {
  const address = { url: await databaseAt(`${folder.path}/${name}.db`) }
  const db = await openDatabase(address)
  await migrateDatabase(db)
  return { address, db }
}

const vote = (over = {}) => ({ ...aVote(over), personId: 1 }) as unknown as PersonsVote

test('more votes than may wait are refused as busy, the others are kept', async () => {
  const { address, db } = await emptyDatabase('busy')
  const writer = await startWriter({ database: address, localLogins: true }, () => {}, 5)
  const kept = [writer.castVotes([vote(), vote()]), writer.castVotes([vote(), vote(), vote()])]
  expect(() => writer.castVotes([vote()])).toThrow('More votes arrive')
  await Promise.all(kept)
  expect((await writer.castVotes([vote()])).outcomes).toMatchObject([{ receipt: 5 }])
  await writer.close()
  db.close()
})

test('scores are told before receipts', async () => {
  const { address, db } = await emptyDatabase('order')
  const told: string[] = []
  const writer = await startWriter({ database: address, localLogins: true }, ({ scores }) =>
    told.push(...scores.keys()),
  )
  const cast = vote()
  await writer.castVotes([cast])
  expect(told).toEqual([cast.subject])
  await writer.close()
  db.close()
})

onFile('place')(
  'of many votes that wait half go into the next transaction, and of few all',
  async () => {
    const { address, db } = await emptyDatabase('halves')
    const writer = await startWriter({ database: address, localLogins: true }, () => {})
    const sizes: number[] = []
    const add = writer.commits.add.bind(writer.commits)
    writer.commits.add = (size) => {
      sizes.push(size)
      add(size)
    }
    await Promise.all(Array.from({ length: 200 }, () => writer.castVotes([vote()])))
    expect(sizes).toEqual([100, 50, 32, 18])
    await writer.close()
    db.close()
  },
)

// A file has one writer, by its lock, and that one keeps what it wrote.
test.runIf(isRemote)('two writers on one database give out each receipt once', async () => {
  const { address, db } = await emptyDatabase('two')
  const writers = [
    await startWriter({ database: address, localLogins: true }, () => {}),
    await startWriter({ database: address, localLogins: true }, () => {}),
  ]
  const cast = await Promise.all(
    Array.from({ length: 60 }, (_, i) =>
      writers[i % 2]?.castVotes([vote({ subject: `github.com/a/b#${1 + (i % 9)}` })]),
    ),
  )
  const receipts = cast
    .flatMap((one) => one?.outcomes ?? [])
    .map((one) => 'receipt' in one && one.receipt)
  expect(receipts.toSorted((a, b) => Number(a) - Number(b))).toEqual(receipts.map((_, i) => i))
  await Promise.all(writers.map((writer) => writer.close()))
  db.close()
})

test('what cannot be run is told, and does not stop the writer', async () => {
  const { address, db } = await emptyDatabase('wrong')
  const writer = await startWriter({ database: address, localLogins: true }, () => {})
  await expect(writer.run([{ sql: 'SELECT * FROM no_table', args: [] }])).rejects.toThrow(
    'no_table',
  )
  await expect(writer.castVotes([vote()])).resolves.toMatchObject({ outcomes: [{ receipt: 0 }] })
  await writer.close()
  await expect(writer.castVotes([vote()])).rejects.toThrow('stopped')
  db.close()
})

onFile('settings')(
  'a full disk is told as a problem that passes, and nothing of it stays in the queue',
  async () => {
    const { address, db } = await emptyDatabase('full')
    const writer = await startWriter({ database: address, localLogins: true }, () => {}, 500)
    const crowd = () => Array.from({ length: 500 }, () => vote())
    const atMost = (pages: number) =>
      writer.run([{ sql: `PRAGMA max_page_count = ${pages}`, args: [] }])
    await atMost(1)
    await expect(writer.castVotes(crowd())).rejects.toMatchObject({ type: 'busy' })
    await atMost(1e6)
    expect((await writer.castVotes(crowd())).outcomes).toHaveLength(500)
    await writer.close()
    db.close()
  },
)

test('a database without our tables is told at the start', async () => {
  await expect(
    startWriter(
      { database: { url: await databaseAt(`${folder.path}/empty.db`) }, localLogins: true },
      () => {},
    ),
  ).rejects.toThrow('log')
})
