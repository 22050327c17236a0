import { expect, test } from 'vitest'
import { isLoopback, serverOriginOf } from './server-address.ts'

test.each([
  ['http://127.0.0.1:8787', 'http://127.0.0.1:8787'],
  ['localhost:8787/', 'http://localhost:8787'],
  ['127.0.0.1', 'http://127.0.0.1'],
  ['[::1]:80', 'http://[::1]'],
  [' moot.example.org ', 'https://moot.example.org'],
  ['https://Moot.Example.org:443/v1/about?x=1#y', 'https://moot.example.org'],
  ['https://user:secret@moot.example.org', 'https://moot.example.org'],
])('%s means %s', (text, origin) => {
  expect(serverOriginOf(text)).toBe(origin)
})

test.each(['', 'http://', 'javascript:alert(1)', 'file:///etc/passwd', 'a b', 'https://?'])(
  '%s is no address',
  (text) => {
    expect(() => serverOriginOf(text)).toThrow(/not an address/)
  },
)

test.each([
  'http://moot.example.org',
  'http://127.0.0.1.evil.example',
  'http://localhost.evil.example',
])('%s would travel unencrypted', (text) => {
  expect(() => serverOriginOf(text)).toThrow(/unencrypted/)
})

test('this machine is known by its names', () => {
  expect(isLoopback('http://127.9.9.9:1')).toBe(true)
  expect(isLoopback('https://example.org')).toBe(false)
})
