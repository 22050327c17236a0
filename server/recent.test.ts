import { expect, test } from 'vitest'
import { recent } from './recent.ts'

test('the entries used last are remembered, and no more than twice as many as promised', () => {
  const map = recent<number>(10)
  for (let i = 0; i < 1000; i++) map.set(`k${i}`, i)
  const kept = Array.from({ length: 1000 }, (_, i) => map.get(`k${i}`)).filter(
    (one) => one !== undefined,
  )
  expect(kept.length).toBeLessThanOrEqual(20)
  expect(kept).toContain(999)
})

test('an entry in use is not forgotten', () => {
  const map = recent<string>(10)
  map.set('mine', 'here')
  for (let i = 0; i < 1000; i++) {
    map.set(`k${i}`, 'other')
    expect(map.get('mine')).toBe('here')
  }
})

test('the newest value is the one told, and a deleted one is gone from both generations', () => {
  const map = recent<number>(2)
  map.set('a', 1)
  map.set('b', 2)
  map.set('a', 3)
  expect(map.get('a')).toBe(3)
  map.delete('a')
  expect(map.get('a')).toBeUndefined()
})

test('entries count for what they weigh', () => {
  const map = recent<number>(10, (value) => value)
  map.set('heavy', 9)
  for (let i = 0; i < 1000; i++) map.set('same', 0.5)
  expect([map.get('heavy'), map.get('same')]).toEqual([9, 0.5])
  map.set('more', 5)
  map.set('most', 10)
  expect([map.get('heavy'), map.get('most')]).toEqual([undefined, 10])
})

test('with no capacity nothing is remembered', () => {
  const map = recent<number>(0)
  map.set('a', 1)
  expect(map.get('a')).toBeUndefined()
})
