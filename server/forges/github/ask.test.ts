/** Limits, faults and detours of GitHub's API, with a clock that runs as fast as it is asked to. */
import { expect, test } from 'vitest'
import { ForgeRefusal, ForgeSilence, type Reading } from '../forge.ts'
import { askGitHub } from './ask.ts'

const API = 'https://api.github.com'
const AT = `${API}/repos/o/r/issues`
const NOW = Date.parse('2026-11-22T12:00:00Z')

type Reply = [status: number, headers?: Record<string, string>, body?: string] | Error

/** A client that is answered with these, one after another, and what it did. */
function clientFor(replies: Reply[], token?: string) {
  const asked: { url: string; headers: Headers }[] = []
  const slept: number[] = []
  const told: (number | null)[] = []
  let clock = NOW
  const fetch: typeof globalThis.fetch = async (input, init) => {
    asked.push({ url: String(input), headers: new Headers(init?.headers) })
    const reply = replies.shift()
    if (!reply || reply instanceof Error) throw reply ?? new Error('asked too often')
    const [status, headers = {}, body = '[]'] = reply
    return new Response(status === 304 ? null : body, { status, headers })
  }
  const ask = askGitHub({
    api: API,
    token,
    fetch,
    now: () => clock,
    sleep: async (milliseconds) => {
      slept.push(milliseconds)
      clock += milliseconds
    },
  })
  const reading: Reading = {
    signal: new AbortController().signal,
    onWait: async (until) => void told.push(until),
  }
  return {
    asked,
    slept,
    told,
    ask: (address = AT, etag: string | null = null) => ask(address, etag, reading),
  }
}

test('says who it is, what it takes and which version, and shows its token to nobody else', async () => {
  const client = clientFor([[200]], 'a-token')
  await client.ask(AT, 'W/"1"')
  expect(Object.fromEntries(client.asked[0]?.headers ?? [])).toEqual({
    accept: 'application/vnd.github+json',
    authorization: 'Bearer a-token',
    'if-none-match': 'W/"1"',
    'user-agent': 'forgemoot',
    'x-github-api-version': '2022-11-28',
  })
})

test.each([403, 429])('the primary limit (%i) is waited out, to the second', async (status) => {
  const reset = NOW / 1000 + 600
  const spent = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) }
  const client = clientFor([[status, spent], [200]])
  expect((await client.ask()).status).toBe(200)
  expect(client.slept).toEqual([601_000])
  expect(client.told).toEqual([NOW + 601_000, null])
})

test.each([-24, 24, 365 * 24])(
  'a clock that is wrong by %i hours waits no longer, nor shorter, than the clock of GitHub says',
  async (hours) => {
    const theirs = NOW + hours * 3_600_000
    const spent = {
      date: new Date(theirs).toUTCString(),
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(theirs / 1000 + 600),
    }
    const client = clientFor([[403, spent], [200]])
    expect((await client.ask()).status).toBe(200)
    expect(client.slept).toEqual([601_000])
  },
)

test('the secondary limit is waited out as it says, and when it does not, longer and longer', async () => {
  const message = '{"message":"You have exceeded a secondary rate limit."}'
  const told = clientFor([[403, { 'retry-after': '17' }], [200]])
  await told.ask()
  expect(told.slept).toEqual([17_000])
  const silent = clientFor([[403, {}, message], [429], [403, {}, message], [200]])
  await silent.ask()
  expect(silent.slept).toEqual([60_000, 120_000, 240_000])
})

test('a limit that outlasts patience, and one that lies, end with words', async () => {
  const far = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '9999999999' }
  const client = clientFor([[403, far]])
  await expect(client.ask()).rejects.toThrow(/primary limit is spent/)
  expect(client.slept).toEqual([])
  const often = clientFor(Array.from({ length: 6 }, (): Reply => [429, { 'retry-after': '1' }]))
  await expect(often.ask()).rejects.toThrow(ForgeSilence)
})

test('what may pass is asked again, ever later, and given up in the end', async () => {
  const faults: Reply[] = [[500], [502], [200, {}, '[{"number":'], new TypeError('fetch failed')]
  const client = clientFor([...faults, [200, {}, '[1]']])
  expect((await client.ask()).json).toEqual([1])
  expect(client.slept).toEqual([1000, 2000, 4000, 8000])
  expect(client.told).toEqual([])
  const dead = clientFor(Array.from({ length: 6 }, (): Reply => [503]))
  await expect(dead.ask()).rejects.toThrow('does not answer as it should')
  expect(dead.asked).toHaveLength(6)
})

test('what will not pass is said once', async () => {
  for (const [status, said] of [
    [401, /another FORGEMOOT_GITHUB_TOKEN/],
    [403, /right to/],
    [422, /status 422/],
  ] as const) {
    const client = clientFor([[status]])
    await expect(client.ask()).rejects.toThrow(said)
    expect(client.asked).toHaveLength(1)
  }
  for (const status of [304, 404, 409, 410, 451]) {
    expect((await clientFor([[status]]).ask()).status).toBe(status)
  }
})

test('a repository that moved is followed, on the API and not in circles', async () => {
  const to = (location: string): Reply => [301, { location }]
  const moved = clientFor([to('/repositories/7/issues'), [200]])
  await moved.ask()
  expect(moved.asked[1]?.url).toBe(`${API}/repositories/7/issues`)
  const circle = clientFor(Array.from({ length: 9 }, () => to(AT)))
  await expect(circle.ask()).rejects.toThrow('in circles')
  for (const away of ['http://127.0.0.1/', 'http://api.github.com/', 'https://a@api.github.com/']) {
    const client = clientFor([to(away), [200]], 'a-token')
    await expect(client.ask()).rejects.toThrow(ForgeRefusal)
    expect(client.asked).toHaveLength(1)
  }
  await expect(clientFor([[200]]).ask('https://example.org/repos/o/r')).rejects.toThrow(
    ForgeRefusal,
  )
})
