/** An import from a GitHub that others wrote, behind a front that says no to unknown tokens as GitHub does. */
import { createEmulator, type Emulator } from 'emulate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { gitHub } from '../../server/forges/github/github.ts'
import { sleep } from '../../server/sleep.ts'
import { freePort } from '../e2e/free-port.ts'
import { openReferee, type Referee } from '../forge/referee.ts'

const TOKEN = 'a-token-of-ada'
const HEADERS = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' }
const NAME = { owner: 'ada', name: 'plot' }
/** Where two pull requests were merged: the first into the default branch, the second not. */
const MERGED = { owner: 'ada', name: 'bed' }
const ITEMS = 5
let github: Emulator
let referee: Referee

beforeAll(async () => {
  referee = openReferee()
  github = await createEmulator({
    service: 'github',
    port: await freePort(),
    seed: {
      tokens: { [TOKEN]: { login: 'ada', scopes: ['repo'] } },
      github: {
        users: [{ login: 'ada', name: 'Ada' }],
        repos: [NAME, MERGED].map((name) => ({
          ...name,
          default_branch: 'main',
          auto_init: true,
        })),
      },
    },
  })
  for (let number = 1; number <= ITEMS; number++) {
    await send('POST', '/repos/ada/plot/issues', { title: `Issue ${number}`, body: 'Closes #1' })
  }
  await mergeInto('main', 'next')
}, 60_000)

afterAll(() => github?.close())

const send = (method: 'POST' | 'PUT', path: string, body: unknown) =>
  fetch(github.url + path, { method, headers: HEADERS, body: JSON.stringify(body) })

async function mergeInto(...bases: string[]) {
  const at = '/repos/ada/bed'
  const main = await fetch(`${github.url}${at}/git/ref/heads/main`, { headers: HEADERS })
  const { sha } = ((await main.json()) as { object: { sha: string } }).object
  for (const name of ['next', 'change'])
    await send('POST', `${at}/git/refs`, { ref: `refs/heads/${name}`, sha })
  const file = { message: 'A change', content: 'YQ==', branch: 'change' }
  await send('PUT', `${at}/contents/a.txt`, file)
  for (const base of bases) {
    const made = await send('POST', `${at}/pulls`, { title: `To ${base}`, head: 'change', base })
    const { number } = (await made.json()) as { number: number }
    await send('PUT', `${at}/pulls/${number}/merge`, {})
  }
}

const strict: typeof fetch = async (input, init) => {
  const token = new Headers(init?.headers).get('authorization')
  if (token !== null && token !== `Bearer ${TOKEN}`) {
    return Response.json({ message: 'Bad credentials', status: '401' }, { status: 401 })
  }
  return fetch(input, init)
}

const forgeWith = (token: string | undefined) =>
  gitHub({ host: 'github.com', api: github.url, token, fetch: strict, now: Date.now, sleep })

const reading = {
  signal: new AbortController().signal,
  onWait: () => Promise.resolve(),
}

test('what it answers is what GitHub describes, but for what is known to be missing', async () => {
  const missing: Record<string, string[]> = {}
  for (const [path, asked] of [
    ['/repos/{owner}/{repo}', '/repos/ada/plot'],
    ['/repos/{owner}/{repo}/issues', '/repos/ada/plot/issues?state=all'],
    ['/repos/{owner}/{repo}/issues/{issue_number}', '/repos/ada/plot/issues/1'],
    ['/repos/{owner}/{repo}/pulls', '/repos/ada/bed/pulls?state=closed'],
    ['/repos/{owner}/{repo}/commits', '/repos/ada/plot/commits'],
  ] as const) {
    const body: unknown = await (await fetch(github.url + asked, { headers: HEADERS })).json()
    missing[path] = referee.misfits(path, 200, body)
  }
  expect(missing).toEqual({
    '/repos/{owner}/{repo}': [
      " must have required property 'network_count'",
      " must have required property 'subscribers_count'",
    ],
    '/repos/{owner}/{repo}/issues': [],
    '/repos/{owner}/{repo}/issues/{issue_number}': [],
    '/repos/{owner}/{repo}/pulls': [],
    '/repos/{owner}/{repo}/commits': [],
  })
})

test('its repository, items and commits are read, page by page', async () => {
  const forge = forgeWith(TOKEN)
  const { facts, isPrivate } = await forge.repository(NAME, reading)
  expect({ facts, isPrivate }).toMatchObject({
    facts: { host: 'github.com', ...NAME, defaultBranch: 'main' },
    isPrivate: false,
  })
  const seen = new Set<number>()
  let pages = 0
  const first = forge.changedItems(facts, null).replace('per_page=100', 'per_page=2')
  for (let address: string | null = first; address !== null && pages < 20; pages++) {
    const page = await forge.itemPage(facts, address, null, reading)
    for (const item of page?.facts ?? []) {
      expect(item).toMatchObject({ kind: 'issue', state: 'open', closes: [], reactions: {} })
      expect(item.author?.login).toBe('ada')
      seen.add(item.number)
    }
    expect(page?.skipped).toBe(0)
    address = page?.next ?? null
  }
  expect([...seen].toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5])
  expect(pages).toBeGreaterThan(2)
  expect(await forge.item(facts, 3, reading)).toMatchObject({ number: 3, title: 'Issue 3' })
  expect(await forge.item(facts, 99, reading)).toBeUndefined()
  const commits = await forge.commitPage(forge.commits(facts, 0), null, reading)
  expect(commits?.skipped).toBe(0)
})

test('of its pull requests those are work that were merged into the default branch', async () => {
  const forge = forgeWith(TOKEN)
  const { facts } = await forge.repository(MERGED, reading)
  const page = await forge.mergePage(facts, forge.merges(facts), 0, null, reading)
  expect(page).toMatchObject({
    facts: [{ kind: 'pull', ref: '1', account: { login: 'ada' } }],
    skipped: 0,
    next: null,
  })
})

test('a token that is not known is said to be so', async () => {
  await expect(forgeWith('another').repository(NAME, reading)).rejects.toThrow('the token')
  await expect(
    forgeWith(TOKEN).repository({ owner: 'ada', name: 'nowhere' }, reading),
  ).rejects.toThrow('no such repository')
})
