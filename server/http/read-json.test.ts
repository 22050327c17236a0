import { expect, test } from 'vitest'
import { readJson } from './read-json.ts'

test.each([
  '{}',
  '[]',
  'null',
  '"a:b"',
  '{"a":{"a":{"a":1}}}',
  '[{"a":1},{"a":1}]',
  '{"a":":","b":"x\\":y"}',
  '{"https://x":"https://y:80"}',
  ' { "a" : [ "\\\\" , "b:c" ] } ',
])('%s is read', (text) => {
  expect(readJson(text)).toEqual(JSON.parse(text))
})

test.each([
  '{"a":1,"a":2}',
  '[{"b":{"a":1 , "a" :2}}]',
  '{"a":1,"\\u0061":2}',
  '{"__proto__":1,"__proto__":2}',
])('%s says a field twice and is refused', (text) => {
  expect(() => readJson(text)).toThrow('the same field twice')
})

test('nesting as deep as a body can be is read', () => {
  expect(() => readJson(`${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`)).not.toThrow()
})
