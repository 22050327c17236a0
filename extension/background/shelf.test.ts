import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import type { SubjectId } from '#shared/subject'
import { type Shelf, SHELF_SIZE, unseen, unshelve } from '../seen-score.ts'
import { fakeContext } from './fake-context.ts'
import { SHELVES, shelve } from './shelf.ts'

const score = { ...unseen(), votesKnown: true, others: { up: 2, down: 1 } }
const of = (repository: string, number: number) =>
  `github.com/o/${repository}#${number}` as SubjectId // written as parseSubject would
const context = () => fakeContext(() => Promise.reject(new Error('no network')))
const shelfOf = (it: ReturnType<typeof context>, repository: string) =>
  it.shelf.get(`shelf:github.com/o/${repository}`) as Shelf | undefined

test('a score on the shelf can be read back', async () => {
  const it = context()
  await shelve(it, { [of('a', 7)]: score })
  expect(unshelve(shelfOf(it, 'a')?.['7'] ?? [])).toMatchObject({ others: { up: 2, down: 1 } })
})

test('a shelf keeps what was seen last', async () => {
  const it = context()
  for (let n = SHELF_SIZE + 20; n > 0; n -= 20)
    await shelve(
      it,
      Object.fromEntries(Array.from({ length: 20 }, (_, i) => [of('a', n - i), score])),
    )
  const names = Object.keys(shelfOf(it, 'a') ?? {})
  expect(names).toHaveLength(SHELF_SIZE)
  expect(names).toContain('1')
  expect(names).not.toContain(String(SHELF_SIZE + 20))
})

test('the repository used longest ago loses its shelf', async () => {
  const it = context()
  for (let i = 0; i < SHELVES; i++) await shelve(it, { [of(`r${i}`, 1)]: score })
  await shelve(it, { [of('r0', 1)]: score })
  await shelve(it, { [of('new', 1)]: score })
  expect(shelfOf(it, 'r0')).toBeDefined()
  expect(shelfOf(it, 'r1')).toBeUndefined()
  expect([...it.shelf.keys()].filter((key) => key.startsWith('shelf:'))).toHaveLength(SHELVES)
})

test('what is not known stays off, and what did not change is not written again', async () => {
  const it = context()
  await shelve(it, { [of('a', 1)]: unseen() })
  expect(shelfOf(it, 'a')).toBeUndefined()
  await shelve(it, { [of('a', 1)]: score })
  it.local.set = () => Promise.reject(new Error('written again'))
  await shelve(it, { [of('a', 1)]: score })
})
