/**
 * What GitHub really answered, read by both of our readers of its API and judged by GitHub's description.
 * The recordings have no pull requests and no commits; deliveries that GitHub published have the former.
 */
import { createRequire } from 'node:module'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { askGitHub } from '../../extension/forges/github/api.ts'
import type { ItemFacts } from '../../server/forge-facts.ts'
import { ForgeRefusal, type Reading } from '../../server/forges/forge.ts'
import { itemFacts, repositoryFacts } from '../../server/forges/github/facts.ts'
import { gitHub } from '../../server/forges/github/github.ts'
import { ItemSchema, RepositorySchema } from '../../server/forges/github/schemas.ts'
import { bodiesWith, isGet, type Recorded, recordings, replay } from './recorded.ts'
import { openReferee } from './referee.ts'

const API = 'https://api.github.com'
const all = recordings()
const everything = [...all.values()].flat()

const repository = { host: 'github.com', forgeId: 1, owner: 'o', name: 'r', defaultBranch: 'main' }
const reading: Reading = { signal: new AbortController().signal, onWait: async () => undefined }

/** Ours, answered with a recording, and without patience. */
const forgeOf = (recorded: readonly Recorded[]) =>
  gitHub({
    host: 'github.com',
    api: API,
    token: undefined,
    fetch: replay(recorded),
    now: () => 0,
    sleep: () => Promise.reject(new Error('asked to wait')),
  })

const scenario = (name: string) => {
  const recorded = all.get(name)
  if (!recorded) throw new Error(`no recording ${name}`)
  return recorded
}

test('every issue and every repository that was recorded is understood, and no other', () => {
  const issues = everything.flatMap(({ response }) =>
    bodiesWith(response, 'number', 'title', 'html_url', 'user'),
  )
  for (const body of issues) {
    const facts = itemFacts(v.parse(ItemSchema, body), repository)
    expect(facts).toMatchObject({ number: body['number'], title: body['title'], kind: 'issue' })
    expect(facts.openedAt).toBe(Date.parse(String(body['created_at'])))
    expect(facts.labels).toHaveLength((body['labels'] as unknown[]).length)
  }
  const repositories = everything.flatMap(({ response }) =>
    bodiesWith(response, 'full_name', 'owner', 'default_branch'),
  )
  for (const body of repositories) {
    const { owner, name } = repositoryFacts('github.com', v.parse(RepositorySchema, body))
    expect(`${owner}/${name}`).toBe(body['full_name'])
  }
  const errors = everything.flatMap(({ response }) =>
    bodiesWith(response, 'message', 'documentation_url'),
  )
  for (const body of errors) {
    expect(v.is(ItemSchema, body)).toBe(false)
    expect(v.is(RepositorySchema, body)).toBe(false)
  }
  console.log(
    `recorded: ${issues.length} issues, ${repositories.length} repositories, ${errors.length} errors`,
  )
  expect(issues.length).toBeGreaterThanOrEqual(48)
  expect(repositories.length).toBeGreaterThanOrEqual(24)
  expect(errors.length).toBeGreaterThanOrEqual(10)
})

/** What GitHub has added to its answers since they were recorded. */
const SINCE = new Set([
  " must have required property 'has_discussions'",
  " must have required property 'search_type'",
])

const DESCRIBED: [path: RegExp, described: string][] = [
  [/^\/(?:repos\/[^/]+\/[^/]+|repositories\/\d+)$/, '/repos/{owner}/{repo}'],
  [/^\/(?:repos\/[^/]+\/[^/]+|repositories\/\d+)\/issues$/, '/repos/{owner}/{repo}/issues'],
  [/^\/search\/issues$/, '/search/issues'],
]

test('what was recorded of what we ask has the shape that GitHub describes', () => {
  const referee = openReferee()
  let judged = 0
  for (const { path, status, response } of everything.filter(isGet)) {
    const asked = path.split('?')[0] ?? ''
    const described = DESCRIBED.find(([pattern]) => pattern.test(asked))?.[1]
    if (described === undefined) continue
    const wrong = referee.misfits(described, status, response).filter((each) => !SINCE.has(each))
    expect(wrong, path).toEqual([])
    judged++
  }
  console.log(`recorded: ${judged} answers judged`)
  expect(judged).toBeGreaterThanOrEqual(18)
})

test.each(['raw', 'normalized'])(
  'a list is read from its first page to its last: %s',
  async (kind) => {
    const recorded = scenario(`paginate-issues, ${kind}`).filter(isGet)
    const forge = forgeOf(recorded)
    const found: ItemFacts[] = []
    let left: (number | null)[] = []
    for (
      let at: string | null =
        API + (recorded.find(({ path }) => path.includes('/issues'))?.path ?? '');
      at !== null;
    ) {
      const page = await forge.itemPage(repository, at, null, reading)
      expect(page).toMatchObject({ skipped: 0, etag: expect.stringMatching(/"\w+"/) })
      found.push(...(page?.facts ?? []))
      left = [...left, page?.left ?? null]
      at = page?.next ?? null
    }
    expect(left).toHaveLength(5)
    expect(found.map(({ number }) => number)).toEqual(Array.from({ length: 13 }, (_, i) => 13 - i))
  },
)

test.each(['raw', 'normalized'])('a renamed repository is followed: %s', async (kind) => {
  const recorded = scenario(`rename-repository, ${kind}`)
  const old = recorded.find(({ status }) => status === 301)?.path.split('/') ?? []
  const { facts } = await forgeOf(recorded).repository(
    { owner: old[2] ?? '', name: old[3] ?? '' },
    reading,
  )
  expect(facts.name).not.toBe(old[3])
})

test('errors that were recorded end in refusals with words', async () => {
  const errors = everything.filter(({ status }) => status >= 400)
  expect(errors.length).toBeGreaterThanOrEqual(6)
  for (const error of errors) {
    const forge = forgeOf([{ ...error, method: 'get', path: '/repos/o/r/issues' }])
    const asked = forge.itemPage(repository, `${API}/repos/o/r/issues`, null, reading)
    await expect(asked, error.path).rejects.toThrow(ForgeRefusal)
    const answer = await asker({ ...error, method: 'get' })
    expect(answer).toMatchObject({ status: error.status, trouble: expect.stringMatching(/GitHub/) })
  }
})

/** The extension's reader. */
const asker = (recorded: Recorded) =>
  askGitHub(
    { url: API + recorded.path, resource: 'core' },
    { fetch: replay([recorded]), now: () => 0, token: undefined, etag: undefined },
  )

test('the extension finds every issue of a recorded list, search or issue, and its limits', async () => {
  let read = 0
  for (const recorded of everything) {
    const asked = recorded.path.split('?')[0] ?? ''
    if (!asked.endsWith('/issues') || recorded.status >= 300) continue
    const links = bodiesWith(recorded.response, 'html_url', 'number', 'title').map((body) =>
      String(body['html_url']).replace('https://', '').replace('/issues/', '#').toLowerCase(),
    )
    const answer = await asker({ ...recorded, method: 'get' })
    // Made-up times of the limit's end have too many digits to be any.
    if (recorded.rawHeaders)
      expect(answer.spending).toMatchObject({ remaining: expect.any(Number) })
    expect('items' in answer && answer.items.map(({ subject }) => subject)).toEqual(links)
    read += links.length
  }
  console.log(`recorded: ${read} issues of lists read by the extension`)
  expect(read).toBeGreaterThanOrEqual(34)
})

const deliveries = createRequire(import.meta.url)('@octokit/webhooks-examples') as {
  name: string
  examples: Record<string, unknown>[]
}[]

test('every delivery about issues, pull requests, pushes and repositories says what it says', () => {
  const forge = forgeOf([])
  const items: number[] = []
  const ignored = new Set<string>()
  for (const { name, examples } of deliveries) {
    if (!['issues', 'issue_comment', 'pull_request', 'push', 'repository'].includes(name)) continue
    for (const example of examples) {
      const news = forge.news({ event: name, body: JSON.stringify(example) })
      const about = (example['pull_request'] ?? example['issue']) as { number: number } | undefined
      if (news.kind === 'ignored')
        ignored.add(`${name} ${String(example['action'] ?? example['ref'])}`)
      if (news.kind === 'item') items.push(news.item.number - (about?.number ?? 0))
    }
  }
  console.log(`deliveries: ${items.length} issues and pull requests`)
  expect(items.length).toBeGreaterThanOrEqual(63)
  expect(items.every((difference) => difference === 0)).toBe(true)
  // A pinned issue comes without its state; the rest is none of our business.
  expect([...ignored].toSorted()).toEqual([
    'issues pinned',
    'issues unpinned',
    'push refs/tags/simple-tag',
    'repository created',
  ])
})
