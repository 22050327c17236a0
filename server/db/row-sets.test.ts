import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { databaseAt, temporaryFolder } from '../testing-database.ts'
import { openForWriting } from './open.ts'
import { type Cells, insertAsJson, insertAsValues, type RowSet } from './row-sets.ts'

const folder = temporaryFolder()
afterAll(() => folder.remove())

const PLANTS: RowSet = {
  table: 'plants',
  columns: ['bed', 'place', 'name', 'height', 'bytes'],
  stored: { bytes: (text) => `unhex(${text}, '-')` },
  conflict: { key: ['bed', 'place'], takes: ['name', 'height'] },
}

const integer = fc.integer({ min: -(2 ** 52), max: 2 ** 52 })
const row = fc.tuple(
  fc.nat(3),
  fc.nat(40),
  fc.option(fc.string({ unit: 'grapheme' })),
  fc.option(integer),
  fc.constantFrom('0a-ff', '00'),
)

test('both ways of writing rows leave the same, however many there are and whatever stood there', async () => {
  const db = await openForWriting({ url: await databaseAt(`${folder.path}/rows.db`) })
  await db.execute(
    'CREATE TABLE plants (bed INTEGER, place INTEGER, name TEXT, height INTEGER, bytes BLOB, PRIMARY KEY (bed, place))',
  )
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 200 }), async (rows: Cells[]) => {
      const left: unknown[] = []
      for (const insert of [insertAsJson, insertAsValues]) {
        await db.execute('DELETE FROM plants')
        const statements = insert(PLANTS, rows)
        if (statements.length) await db.batch(statements, 'write')
        const { rows: found } = await db.execute(
          'SELECT bed, place, name, height, typeof(height), hex(bytes) FROM plants ORDER BY bed, place',
        )
        left.push(found.map((cells) => Object.values(cells)))
      }
      expect(left[0]).toEqual(left[1])
      expect((left[0] as unknown[]).length).toBe(new Set(rows.map(([a, b]) => `${a} ${b}`)).size)
    }),
    { numRuns: 60 },
  )
  db.close()
})

test('a row may end early; one that is there is an error where nothing says what it takes', async () => {
  const db = await openForWriting({ url: await databaseAt(`${folder.path}/ends.db`) })
  await db.execute('CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)')
  const T = { table: 't', columns: ['a', 'b'] }
  for (const [i, insert] of [insertAsJson, insertAsValues].entries()) {
    await db.batch(insert(T, [[10 * i], [10 * i + 1, 'x']]), 'write')
    await expect(db.batch(insert(T, [[10 * i]]), 'write')).rejects.toThrow(/UNIQUE/)
    expect(insert(T, [])).toEqual([])
  }
  const { rows } = await db.execute('SELECT a, b FROM t ORDER BY a')
  expect(rows.map(({ a, b }) => [a, b])).toEqual([
    [0, null],
    [1, 'x'],
    [10, null],
    [11, 'x'],
  ])
  db.close()
})
