/** Deliveries of GitHub's: real ones, altered ones, old ones and ones that come twice. */
import { createHmac } from 'node:crypto'
import { createRequire } from 'node:module'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FeedReply } from '#shared/api/schema'
import { startTestServer, temporaryFolder, type TestServer } from './testing.ts'

const SECRET = 'it is a secret'
const folder = temporaryFolder()
let server: TestServer

beforeAll(async () => {
  server = await startTestServer(`${folder.path}/votes.db`, {
    FORGEMOOT_GITHUB_WEBHOOK_SECRET: SECRET,
  })
})

afterAll(async () => {
  await server.stop()
  folder.remove()
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
