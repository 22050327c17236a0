import { expect, test } from 'vitest'
import { parseSubject, type SubjectId } from '#shared/subject'
import { scoreCache } from './score-cache.ts'

const subject = (number: number | string, repository = 'a/b') =>
  parseSubject(`github.com/${repository}#${number}`) as SubjectId

test('what was set is found, under its own id and no other', () => {
  const cache = scoreCache(100)
  cache.set(subject(1), '{"value":1}')
  cache.set(subject('1/issuecomment-2'), '{"value":2}')
  cache.set(subject(1, 'a/c'), '{"value":3}')
  expect(cache.get(subject(1))).toBe('{"value":1}')
  expect(cache.get(subject('1/issuecomment-2'))).toBe('{"value":2}')
  expect(cache.get(subject(1, 'a/c'))).toBe('{"value":3}')
  expect(cache.get(subject(2))).toBeUndefined()
  cache.set(subject(1), '{"value":4}')
  expect(cache.get(subject(1))).toBe('{"value":4}')
})

test('members are glued when all are at hand and none comes twice', () => {
  const cache = scoreCache(100)
  for (const number of [1, 2, 10]) cache.set(subject(number), `{"value":${number}}`)
  expect(JSON.parse(`{${cache.members('github.com/a/b', ['10', '1'])}}`)).toEqual({
    'github.com/a/b#10': { value: 10 },
    'github.com/a/b#1': { value: 1 },
  })
  for (const numbers of [['3'], ['1', '1'], ['01'], ['1 '], [''], ['1e0'], ['1"'], ['0']]) {
    expect(cache.members('github.com/a/b', numbers)).toBeUndefined()
  }
  expect(cache.members('github.com/a/B', ['1'])).toBeUndefined()
  expect(cache.members('', ['1'])).toBeUndefined()
})

test('no more than twice as many as promised are remembered, and what is in use stays', () => {
  const cache = scoreCache(10)
  cache.set(subject(1), 'mine')
  for (let number = 2; number < 500; number++) {
    cache.set(subject(number, `a/r${number % 3}`), 'other')
    expect(cache.get(subject(1))).toBe('mine')
  }
  const kept = Array.from({ length: 500 }, (_, n) => cache.get(subject(n + 2, `a/r${(n + 2) % 3}`)))
  expect(kept.filter((one) => one !== undefined).length).toBeLessThanOrEqual(20)
})

test('with no capacity nothing is remembered', () => {
  const cache = scoreCache(0)
  cache.set(subject(1), 'x')
  expect(cache.get(subject(1))).toBeUndefined()
})
