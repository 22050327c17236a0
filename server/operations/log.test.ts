import { afterEach, expect, test, vi } from 'vitest'
import { fieldsOf, lineOf, log, setLogStyle } from './log.ts'

const at = new Date(0)
afterEach(() => {
  setLogStyle({ format: 'json', requests: false })
  vi.restoreAllMocks()
})

const HOSTILE = [
  'two\nlines',
  'carriage\rreturn',
  'terminal \u001b[2J and \u009b2J',
  'separators \u2028 and \u2029',
  'backwards \u202e and \u2066',
  'quote " and \\',
  'lone \ud800 half',
  'null \0',
]

test.each(HOSTILE)('%j stays in its place, in both styles', (text) => {
  for (const format of ['json', 'text'] as const) {
    setLogStyle({ format, requests: false })
    const line = lineOf(at, 'warn', 'bug', text, { error: text, [`x`]: text })
    // oxlint-disable-next-line no-control-regex -- these are what must not be there
    expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/)
    if (format === 'json') expect(JSON.parse(line)).toMatchObject({ event: 'bug', message: text })
  }
})

test.each([
  'ghp_0123456789abcdefghij',
  'gho_0123456789abcdefghij',
  'github_pat_11ABCDE0123456789',
  'Bearer abc',
  'qwertyuiopasdfghjklzxcvbnmqwertyuiopasdfghj',
])('the token %s is not told', (token) => {
  const line = lineOf(at, 'warn', 'bug', `it said ${token}.`, { cause: `with ${token}` })
  expect(line).not.toContain(token.replace('Bearer ', ''))
})

test('a stack is told in one field, and a long text is cut', () => {
  const { stack, error } = fieldsOf(new TypeError('x\n'.repeat(10)))
  expect(stack).toMatch(/^at .* < at /)
  expect(error).toContain('TypeError: x')
  expect(
    lineOf(at, 'error', 'bug', 'y'.repeat(9999).replaceAll('yy', 'y '), {}).length,
  ).toBeLessThan(3000)
})

test('what happens very often is said some times, and counted', async () => {
  vi.useFakeTimers({ now: 5_000 })
  const said: string[] = []
  vi.spyOn(console, 'error').mockImplementation((line) => void said.push(String(line)))
  for (let i = 0; i < 100; i++) log('warn', 'write-failed', 'no')
  expect(said).toHaveLength(20)
  vi.setSystemTime(6_001)
  log('warn', 'write-failed', 'no')
  expect(JSON.parse(said[20] ?? '')).toMatchObject({ unsaid: 80 })
  vi.useRealTimers()
})
