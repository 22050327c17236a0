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

test('members are written when all are at hand, none comes twice and there is room', () => {
  const cache = scoreCache(100)
  for (const number of [1, 2, 10]) cache.set(subject(number), `{"value":${number}}`)
  const written = (repository: string, numbers: string[], room = 1000) => {
    const into = Buffer.alloc(room)
    const end = cache.writeMembers(repository, numbers, into, 1)
    return end === undefined ? undefined : into.toString('latin1', 1, end)
  }
  const text = `{${written('github.com/a/b', ['10', '1'])}}`
  expect(JSON.parse(text)).toEqual({
    'github.com/a/b#10': { value: 10 },
    'github.com/a/b#1': { value: 1 },
  })
  for (const numbers of [['3'], ['1', '1'], ['01'], ['1 '], [''], ['1e0'], ['1"'], ['0']]) {
    expect(written('github.com/a/b', numbers)).toBeUndefined()
  }
  expect(written('github.com/a/B', ['1'])).toBeUndefined()
  expect(written('', ['1'])).toBeUndefined()
  for (let room = 1; room < text.length - 1; room++) {
    expect(written('github.com/a/b', ['10', '1'], room)).toBeUndefined()
  }
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
