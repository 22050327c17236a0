/** Deliveries of GitHub's: real ones, altered ones, old ones and ones that come twice. */
import { createHmac } from 'node:crypto'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import type { FeedReply } from '#shared/api/feed'
import { sharedServer } from './testing-server.ts'

const SECRET = 'it is a secret'
const { server } = sharedServer({
  FORGEMOOT_GITHUB_WEBHOOK_SECRET: SECRET,
  // Nobody answers there: what is asked for afterwards waits.
  FORGEMOOT_GITHUB_API_URL: 'http://127.0.0.1:9',
})

const examples = createRequire(import.meta.url)('@octokit/webhooks-examples') as {
  name: string
  examples: object[]
}[]

const signed = (body: string) => `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`

function deliver(event: string, body: string, signature = signed(body)) {
  return server.ask('/webhooks/github', {
    body,
    headers: { 'x-github-event': event, 'x-hub-signature-256': signature },
  })
}

test('every kind of delivery that GitHub has published is taken when signed, and refused when altered', async () => {
  let taken = 0
  for (const { name, examples: bodies } of examples) {
    for (const example of bodies) {
      const body = JSON.stringify(example)
      const right = await deliver(name, body)
      expect(right.status, `${name}: ${JSON.stringify(right.body)}`).toBe(202)
      expect((await deliver(name, `${body} `, signed(body))).status).toBe(401)
      taken++
    }
  }
  expect(taken).toBeGreaterThan(50)
  expect((await deliver('issues', '{}', 'sha256=00')).status).toBe(401)
  expect((await server.ask('/webhooks/github', { body: '{}' })).status).toBe(401)
}, 60_000)

const repository = {
  id: 42,
  name: 'plot',
  full_name: 'moot/plot',
  owner: { login: 'moot', id: 7, type: 'Organization' },
  private: false,
  default_branch: 'main',
}

const issue = (title: string, updatedAt: string) => ({
  id: 1,
  number: 5,
  html_url: 'https://github.com/moot/plot/issues/5',
  title,
  state: 'open',
  user: { login: 'ada', id: 9, type: 'User' },
  labels: [],
  comments: 2,
  created_at: '2026-01-01T00:00:00Z',
  updated_at: updatedAt,
  closed_at: null,
  reactions: { '+1': 3, '-1': 0, laugh: 0, hooray: 0, confused: 0, heart: 0, rocket: 0, eyes: 0 },
  body: '',
})

test('news of an item are taken in any order and any number of times, with the same end', async () => {
  const id = await server.writer.nameRepository({
    host: 'github.com',
    forgeId: 42,
    owner: 'moot',
    name: 'plot',
    defaultBranch: 'main',
  })
  const db = server.open()
  await db.execute({ sql: 'UPDATE repositories SET imported_at = 1 WHERE id = ?', args: [id] })
  const bodies = [
    ['second', '2026-01-03T00:00:00Z'],
    ['first', '2026-01-02T00:00:00Z'],
    ['third', '2026-01-04T00:00:00Z'],
    ['second', '2026-01-03T00:00:00Z'],
  ].map(([title = '', at = '']) =>
    JSON.stringify({ action: 'edited', issue: issue(title, at), repository, sender: { id: 9 } }),
  )
  for (const body of [...bodies, ...bodies])
    expect((await deliver('issues', body)).status).toBe(202)
  const { body } = await server.ask('/v1/feed?repo=github.com/moot/plot')
  expect((body as FeedReply).items).toMatchObject([
    {
      subject: 'github.com/moot/plot#5',
      title: 'third',
      author: 'ada',
      comments: 2,
      score: { reactions: { '+1': 3 } },
    },
  ])
  db.close()
})

test('of two deliveries of one second the forge is asked, and not of one that comes twice', async () => {
  const asked = () => rowsOf("SELECT count(*) AS runs FROM imports WHERE status <> 'done'")
  const at = '2026-01-05T00:00:00Z'
  const edited = (over: object) =>
    deliverAbout('issues', 'edited', { issue: { ...issue('fourth', at), ...over } })
  await edited({})
  await edited({ body: 'from another hook, and the same' })
  expect(await asked()).toEqual([{ runs: 0 }])
  await edited({ labels: [{ name: 'Bug', color: 'd73a4a' }] })
  expect(await asked()).toEqual([{ runs: 1 }])
  await edited({ state: 'closed', closed_at: at })
  expect(await asked()).toEqual([{ runs: 1 }])
  await deliverAbout('issues', 'edited', { issue: issue('fifth', '2026-01-06T00:00:00Z') })
  expect(await rowsOf("SELECT state FROM subjects WHERE number = 5 AND part = ''")).toEqual([
    { state: 'open' },
  ])
})

const pull = (over: Record<string, unknown>) => ({
  id: 2,
  number: 6,
  title: 'A change',
  state: 'open',
  user: { login: 'grace', id: 10, type: 'User' },
  labels: [],
  comments: 1,
  created_at: '2026-01-01T00:00:00Z',
  updated_at: '2026-01-02T00:00:00Z',
  closed_at: null,
  merged_at: null,
  draft: false,
  base: { ref: 'main' },
  body: 'Closes #5',
  ...over,
})

const deliverAbout = (event: string, action: string, more: object) =>
  deliver(event, JSON.stringify({ action, repository, ...more }))

/** The rows that a query has of the only repository. */
async function rowsOf(sql: string) {
  const db = server.open()
  const { rows } = await db.execute(sql)
  db.close()
  return rows.map((row) => ({ ...row }))
}

test('a merge makes a contributor at once, and says what it closed unless it went elsewhere', async () => {
  await deliverAbout('pull_request', 'opened', { pull_request: pull({}) })
  expect(await rowsOf('SELECT count(*) AS links FROM closes')).toEqual([{ links: 1 }])
  const merged_at = new Date(Date.now() - 1000).toISOString()
  const merged = { state: 'closed', merged_at, closed_at: merged_at, updated_at: merged_at }
  await deliverAbout('pull_request', 'closed', { pull_request: pull(merged) })
  expect(await rowsOf('SELECT account_id FROM contributors')).toEqual([{ account_id: 10 }])
  const elsewhere = { ...merged, updated_at: new Date().toISOString(), base: { ref: 'next' } }
  await deliverAbout('pull_request', 'edited', { pull_request: pull(elsewhere) })
  expect(await rowsOf('SELECT count(*) AS links FROM closes')).toEqual([{ links: 0 }])
})

test('a merge into another branch makes nobody a contributor', async () => {
  const merged_at = new Date(Date.now() - 1000).toISOString()
  const elsewhere = {
    number: 7,
    user: { login: 'joan', id: 11, type: 'User' },
    state: 'closed',
    merged_at,
    closed_at: merged_at,
    updated_at: merged_at,
    base: { ref: 'next' },
  }
  await deliverAbout('pull_request', 'closed', { pull_request: pull(elsewhere) })
  const all = "SELECT account_id FROM work WHERE kind = 'pull'"
  expect(await rowsOf(all)).toEqual([{ account_id: 10 }])
  expect(await rowsOf('SELECT account_id FROM contributors')).toEqual([{ account_id: 10 }])
})

test('what a delivery does not say stays', async () => {
  await deliverAbout('issue_comment', 'created', {
    issue: {
      ...issue('third', '2026-02-01T00:00:00Z'),
      number: 6,
      html_url: 'https://github.com/moot/plot/pull/6',
      pull_request: {},
      updated_at: new Date(Date.now() + 1000).toISOString(),
    },
  })
  const reacted = "SELECT reactions FROM subjects WHERE number = 6 AND part = ''"
  expect(await rowsOf(reacted)).toEqual([{ reactions: '{"+1":3}' }])
  const later = { updated_at: new Date(Date.now() + 2000).toISOString() }
  await deliverAbout('pull_request', 'labeled', { pull_request: pull(later) })
  expect(await rowsOf(reacted)).toEqual([{ reactions: '{"+1":3}' }])
})

test('an issue that is gone leaves what is open, and a repository that is private everything', async () => {
  const at = { updated_at: '2026-02-01T00:00:00Z' }
  await deliverAbout('issues', 'deleted', { issue: { ...issue('third', ''), ...at } })
  const states = "SELECT state FROM subjects WHERE number = 5 AND part = ''"
  expect(await rowsOf(states)).toEqual([{ state: 'closed' }])
  await deliverAbout('repository', 'privatized', {})
  expect(await rowsOf('SELECT * FROM items')).toEqual([])
  const { status } = await server.ask('/v1/feed?repo=github.com/moot/plot')
  expect(status).toBe(404)
})
