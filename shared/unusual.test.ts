import { expect, test } from 'vitest'
import { BURST, isUnusualAt, unusualOf } from './unusual.ts'

const MINUTE = 60_000
/** So many votes, so many milliseconds apart, the first at `from`. */
const votes = (count: number, apart: number, from = 0) =>
  Array.from({ length: count }, (_, i) => from + i * apart)

test('twenty within an hour are a burst, nineteen are none', () => {
  expect(unusualOf(votes(20, MINUTE))).toEqual({ votes: 20, at: 19 * MINUTE })
  expect(unusualOf(votes(19, MINUTE))).toBeUndefined()
  expect(unusualOf([])).toBeUndefined()
})

test('twenty within more than an hour are none', () => {
  expect(unusualOf(votes(20, 4 * MINUTE))).toBeUndefined()
})

test('what comes at the pace of before is usual, however much it is', () => {
  expect(unusualOf(votes(250, 2 * MINUTE))).toBeUndefined()
})

test('what comes at four times that pace is not', () => {
  const before = votes(50, 6 * MINUTE)
  const last = before.at(-1) ?? 0
  // Ten an hour until then.
  expect(unusualOf([...before, ...votes(42, MINUTE, last + BURST)])).toMatchObject({ votes: 42 })
  expect(unusualOf([...before, ...votes(30, MINUTE, last + BURST)])).toBeUndefined()
})

test('where the hour before is not known, what came earlier still may have come in it', () => {
  // 256 at 300 an hour: 51 minutes.
  expect(unusualOf(votes(256, MINUTE / 5), 300)).toBeUndefined()
  expect(unusualOf(votes(256, MINUTE / 5), 64)).toMatchObject({ votes: 256 })
  // At 220 an hour, 36 of them came in the ten minutes before the last hour.
  expect(unusualOf(votes(256, BURST / 220), 500)).toBeUndefined()
  // Where it is known they change nothing.
  const before = votes(50, 6 * MINUTE)
  expect(unusualOf([...before, ...votes(42, MINUTE, 49 * 6 * MINUTE + BURST)], 9000)).toMatchObject(
    { votes: 42 },
  )
})

test('only the hour before the last vote counts, wherever its hours end', () => {
  const old = votes(30, MINUTE)
  expect(unusualOf([...old, 10 * BURST])).toBeUndefined()
  expect(unusualOf([...old, ...votes(25, MINUTE, 100 * BURST)])).toMatchObject({ votes: 25 })
})

test('it is said for an hour after the last of them', () => {
  const unusual = { votes: 40, at: 1000 }
  expect(isUnusualAt(unusual, 1000 + BURST - 1)).toBe(true)
  expect(isUnusualAt(unusual, 1000 + BURST)).toBe(false)
})
