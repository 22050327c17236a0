import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { configFrom } from './config.ts'

test('an empty environment is a server for this machine', () => {
  expect(configFrom({ PORT: '' })).toEqual({
    host: '127.0.0.1',
    port: 8787,
    database: { url: 'file:./data/forgemoot.db', token: undefined },
    forge: 'github.com',
    githubUrl: 'https://github.com',
    githubApi: 'https://api.github.com',
    auth: undefined,
    githubClient: undefined,
    limits: {},
    proxies: 0,
    logRequests: false,
  })
})

test('the forge may be another', () => {
  expect(configFrom({ FORGEMOOT_GITHUB_URL: 'http://127.0.0.1:4000/' }).forge).toBe(
    '127.0.0.1:4000',
  )
})

test.each(['localhost', '127.0.0.1', '127.1.2.3', '::1'])('%s is this machine', (host) => {
  expect(configFrom({ HOST: host }).host).toBe(host)
})

test.each([
  [{ PORT: 'http' }, /^PORT should be a port/],
  [{ PORT: '70000' }, /^PORT should be a port/],
  [{ HOST: '0.0.0.0' }, /^HOST is 0\.0\.0\.0.*anybody/],
  [{ HOST: '::' }, /^HOST is ::,/],
  [{ HOST: 'localhost.evil.org' }, /^HOST is localhost\.evil\.org/],
  [{ HOST: '0.0.0.0', FORGEMOOT_AUTH: 'local' }, /^HOST is 0\.0\.0\.0.*anybody/],
  [{ FORGEMOOT_GITHUB_CLIENT_ID: 'Iv1.a' }, /belong together/],
  [{ FORGEMOOT_GITHUB_CLIENT_SECRET: 'x' }, /belong together/],
  [{ FORGEMOOT_GITHUB_APP_ID: '7' }, /belong together/],
  [{ FORGEMOOT_GITHUB_APP_ID: '7', FORGEMOOT_GITHUB_APP_KEY: 'x' }, /as PEM/],
  [{ FORGEMOOT_GITHUB_APP_ID: 'x', FORGEMOOT_GITHUB_APP_KEY: 'x' }, /should be a number/],
  [{ FORGEMOOT_AUTH: 'nobody' }, /^FORGEMOOT_AUTH should be local or github/],
  [{ FORGEMOOT_DATABASE_URL: 'postgres://x' }, /^FORGEMOOT_DATABASE_URL should be/],
  [{ FORGEMOOT_DATABASE_URL: 'file:./100%.db' }, /^FORGEMOOT_DATABASE_URL should be.*%25/],
  [{ FORGEMOOT_DATABASE_URL: 'file://elsewhere/x.db' }, /^FORGEMOOT_DATABASE_URL should be/],
  [{ FORGEMOOT_GITHUB_API_URL: 'api.github.com' }, /^FORGEMOOT_GITHUB_API_URL should be/],
  [{ FORGEMOOT_GITHUB_API_URL: 'https://' }, /^FORGEMOOT_GITHUB_API_URL should be/],
  [{ FORGEMOOT_METRICS_TOKEN: 'short' }, /^FORGEMOOT_METRICS_TOKEN should be/],
  [{ FORGEMOOT_LIMIT_PERSON: 'many' }, /^FORGEMOOT_LIMIT_PERSON should be how many/],
  [{ FORGEMOOT_PROXIES: '-1' }, /^FORGEMOOT_PROXIES should be how many/],
  [{ FORGEMOOT_LOG: 'xml' }, /^FORGEMOOT_LOG should be json or text/],
  [{ FORGEMOOT_LOG_REQUESTS: 'some' }, /^FORGEMOOT_LOG_REQUESTS should be/],
  [{ FORGEMOOT_GITHUB_URL: 'github.com' }, /^FORGEMOOT_GITHUB_URL should be/],
])('%o is refused with a sentence', (environment, said) => {
  expect(() => configFrom(environment)).toThrow(said)
})

test('the key of an app may be one line', () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
  const FORGEMOOT_GITHUB_APP_KEY = pem.replaceAll('\n', String.raw`\n`)
  const { githubApp } = configFrom({ FORGEMOOT_GITHUB_APP_ID: '7', FORGEMOOT_GITHUB_APP_KEY })
  expect(githubApp).toEqual({ appId: 7, privateKey: pem })
})

const CLIENT = { FORGEMOOT_GITHUB_CLIENT_ID: 'Iv1.a', FORGEMOOT_GITHUB_CLIENT_SECRET: 's' }

test.each([
  [{}, undefined],
  [{ FORGEMOOT_AUTH: 'local' }, 'local'],
  [{ FORGEMOOT_AUTH: 'github' }, 'github'],
  [{ FORGEMOOT_AUTH: 'github', HOST: '0.0.0.0' }, 'github'],
  [CLIENT, 'github'],
  [{ ...CLIENT, HOST: '0.0.0.0' }, 'github'],
  [{ ...CLIENT, FORGEMOOT_AUTH: 'local' }, 'local'],
])('%o signs people in by %s', (environment, auth) => {
  expect(configFrom(environment).auth).toBe(auth)
})
