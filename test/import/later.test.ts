/** What later imports find: what changed, what deliveries lost, and what the repository is called by now. */
import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { FeedReply } from '#shared/api/feed'
import type { ImportReply } from '#shared/api/imports'
import { askForImport } from '../../server/db/import-store.ts'
import { askNightlyImports } from '../../server/services/ask-nightly-imports.ts'
import { temporaryFolder } from '../../server/testing-database.ts'
import { aVote, startTestServer, type TestServer } from '../../server/testing.ts'
import { startRestForge, type RestForge } from '../forge/rest.ts'

const REPO = 'github.com/moot/meadow'
const DAY = 86_400_000
const SECRET = 'it is a secret'
let folder: ReturnType<typeof temporaryFolder>
let forge: RestForge
let server: TestServer
let token: string

beforeEach(async () => {
  folder = temporaryFolder()
  forge = await startRestForge({ size: 450, commits: 150 })
  server = await startTestServer(`${folder.path}/votes.db`, {
    FORGEMOOT_GITHUB_API_URL: forge.url,
    FORGEMOOT_GITHUB_TOKEN: 'forge-token-ashdibble',
    FORGEMOOT_GITHUB_WEBHOOK_SECRET: SECRET,
  })
  token = await server.signIn('ada')
  await importAll()
  forge.requests.length = 0
})

afterEach(async () => {
  await server.stop()
  await forge.close()
  folder.remove()
})

async function importAll(repo = REPO): Promise<ImportReply> {
  const { body } = await server.ask('/v1/imports', { token, body: { repo } })
  return ended((body as ImportReply).id)
}

async function ended(id: number): Promise<ImportReply> {
  for (;;) {
    const reply = (await server.ask(`/v1/imports/${id}`, { token })).body as ImportReply
    if (['done', 'failed', 'paused'].includes(reply.status)) return reply
    await new Promise((done) => setTimeout(done, 20))
  }
}

/** Goes through everything as is done once a day, a day later; the writer is the server's own. */
async function nightly(): Promise<ImportReply> {
  const db = server.open()
  const context = { db, writer: server.writer, now: () => Date.now() + DAY + 1000 }
  await askNightlyImports(context)
  const { rows } = await db.execute('SELECT max(id) AS id FROM imports')
  db.close()
  return ended(Number(rows[0]?.id))
}

const itemOf = async (number: number, repo = REPO) =>
  (await pages('&state=all&sort=new', repo)).find(({ subject }) => subject.endsWith(`#${number}`))

/** All pages of a feed. */
async function pages(query: string, repo = REPO) {
  const all: FeedReply['items'] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const more: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''
    const { body } = await server.ask(`/v1/feed?repo=${repo}&limit=100${query}${more}`, { token })
    const page = body as FeedReply
    all.push(...page.items)
    cursor = page.next
  }
  return all
}

const statuses = () => forge.requests.map(({ status }) => status)

/** Numbers of items of a kind in the forge, as it is now. */
function numbersOf(state: 'open' | 'closed') {
  const [repository] = forge.world.repositories.values()
  return [...(repository?.subjects.values() ?? [])]
    .filter((subject) => subject.state === state)
    .map(({ number }) => number)
}

test('when nothing changed, an import is five requests, of which three cost nothing', async () => {
  expect(await importAll()).toMatchObject({ status: 'done' }) // overlaps with the first
  forge.requests.length = 0
  expect(await importAll()).toMatchObject({ status: 'done', percent: 100 })
  expect(statuses()).toEqual([200, 304, 304, 304, 200])
})

test('only what changed is read, and then is as it was changed to', async () => {
  await importAll()
  forge.requests.length = 0
  forge.edit(7, { title: 'Another title', state: 'closed', closedAt: '2026-11-22T11:00:00Z' })
  const { done } = await importAll()
  expect(done).toBeLessThan(20)
  expect(forge.requests).toHaveLength(5)
  expect(await itemOf(7)).toMatchObject({ title: 'Another title', state: 'closed' })
})

/** Numbers of the pull requests that make somebody a contributor, as the database has them. */
async function mergesKnown() {
  const db = server.open()
  const { rows } = await db.execute("SELECT ref FROM work WHERE kind = 'pull'")
  db.close()
  return rows.map(({ ref }) => Number(ref)).toSorted((a, b) => a - b)
}

test('a merge counts when it went into the default branch, whether deliveries tell or not', async () => {
  const [repository] = forge.world.repositories.values()
  const year = new Date(Date.now() - 365 * DAY).toISOString()
  const merged = [...(repository?.subjects.values() ?? [])].filter((item) => item.merged)
  const recent = merged.filter(({ updatedAt }) => updatedAt >= year)
  const home = recent.filter(({ base }) => base === 'main').map(({ number }) => number)
  const known = await mergesKnown()
  expect(known).toEqual(expect.arrayContaining(home))
  expect(known.filter((number) => number % 35 === 0)).toEqual([])
  const [first = 0, second = 0] = numbersOf('open').filter((number) => number % 5 === 0)
  const now = { state: 'closed', merged: true, closedAt: new Date().toISOString() } as const
  forge.edit(first, { ...now, base: 'main' })
  forge.edit(second, { ...now, base: 'next' })
  await importAll()
  const later = await mergesKnown()
  expect(later.includes(first)).toBe(true)
  expect(later.includes(second)).toBe(false)
})

test('of deliveries of one second that change places on their way, what the forge says stands', async () => {
  const [number = 0] = numbersOf('open').filter((one) => one % 5)
  forge.edit(number, { state: 'open', title: 'Opened, closed and opened again' })
  const { json: issue, repository } = await asTold(number)
  const closed = { ...issue, state: 'closed', closed_at: issue['updated_at'] }
  for (const told of [issue, closed]) {
    const body = JSON.stringify({ action: 'edited', issue: told, repository })
    const signature = `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`
    const headers = { 'x-github-event': 'issues', 'x-hub-signature-256': signature }
    expect((await server.ask('/webhooks/github', { body, headers })).status).toBe(202)
  }
  await vi.waitFor(async () => expect((await itemOf(number))?.state).toBe('open'), 10_000)
})

/** An item and its repository as the forge tells them. */
async function asTold(number: number) {
  const at = `${forge.url}/repos/moot/meadow`
  const read = async (address: string) =>
    (await (await fetch(address)).json()) as Record<string, unknown>
  return { json: await read(`${at}/issues/${number}`), repository: await read(at) }
}

test('a night finds reactions, and what was deleted or transferred, of which no list of changes tells', async () => {
  const [first = 0, second = 0, third = 0] = numbersOf('open')
  const [repository] = forge.world.repositories.values()
  Object.assign(repository?.subjects.get(first)?.reactions ?? {}, { rocket: 77 })
  repository?.subjects.delete(second)
  forge.squat('moot/marsh')
  const marsh = forge.world.repositories.get('moot/marsh')
  const moved = repository?.subjects.get(third)
  if (moved) marsh?.subjects.set(1, { ...moved, repo: 'moot/marsh', number: 1 })
  repository?.subjects.delete(third)
  forge.world.transferred?.set(`moot/meadow#${third}`, 'moot/marsh#1')
  expect(await nightly()).toMatchObject({ status: 'done' })
  const open = await pages('&state=open')
  expect(
    open.map(({ subject }) => Number(subject.split('#')[1])).toSorted((a, b) => a - b),
  ).toEqual(numbersOf('open'))
  const reacted = open.find(({ subject }) => subject.endsWith(`#${first}`))
  expect(reacted?.score.reactions).toMatchObject({ rocket: 77 })
  expect((await itemOf(second))?.state).toBe('closed')
})

test('a night finds reactions of what is closed', async () => {
  const [closed = 0] = numbersOf('closed')
  const [repository] = forge.world.repositories.values()
  Object.assign(repository?.subjects.get(closed)?.reactions ?? {}, { heart: 55 })
  await importAll()
  expect((await itemOf(closed))?.score.reactions).not.toMatchObject({ heart: 55 })
  await nightly()
  expect((await itemOf(closed))?.score.reactions).toMatchObject({ heart: 55 })
})

test('a night that finds nothing costs the repository twice and nothing else', async () => {
  await nightly()
  forge.requests.length = 0
  const db = server.open()
  await db.execute("UPDATE imports SET asked_at = 0 WHERE kind = 'nightly'")
  db.close()
  expect(await nightly()).toMatchObject({ status: 'done' })
  const paid = forge.requests.filter(({ status }) => status !== 304)
  expect(paid.map(({ path }) => path)).toEqual(['/repositories/880003', '/repos/moot/meadow'])
})

test('a renamed repository keeps its votes, and both names lead to them', async () => {
  await server.cast(token, [aVote({ subject: `${REPO}#1` })])
  forge.rename('moot/prairie')
  expect(await importAll()).toMatchObject({ status: 'done' })
  await server.cast(await server.signIn('grace'), [aVote({ subject: 'github.com/moot/prairie#1' })])
  for (const repo of [REPO, 'github.com/moot/prairie']) {
    const { score } = (await itemOf(1, repo)) ?? {}
    expect((score?.others.up ?? 0) + (score?.contributors.up ?? 0)).toBe(2)
  }
})

test('whoever takes an old name inherits nothing', async () => {
  await server.cast(token, [aVote({ subject: `${REPO}#1` })])
  forge.rename('moot/prairie')
  expect(await nightly()).toMatchObject({ status: 'done' })
  forge.squat('moot/meadow')
  expect(await importAll()).toMatchObject({ status: 'done' })
  expect(await pages('&state=all&sort=new')).toEqual([])
  const kept = await itemOf(1, 'github.com/moot/prairie')
  expect((kept?.score.others.up ?? 0) + (kept?.score.contributors.up ?? 0)).toBe(1)
})

test('what is private now, or gone, is not shown any more, and comes back when it does', async () => {
  const [repository] = forge.world.repositories.values()
  if (!repository) throw new Error('there is no repository')
  repository.private = true
  expect(await nightly()).toMatchObject({
    status: 'failed',
    problem: expect.stringContaining('private'),
  })
  const hidden = await server.ask(`/v1/feed?repo=${REPO}&state=all`, { token })
  expect(hidden).toMatchObject({ status: 404, body: { type: '/problems/not-imported' } })
  repository.private = false
  expect(await importAll()).toMatchObject({ status: 'done' })
  expect(await pages('&state=all&sort=new')).toHaveLength(450)
})

/** An import that was asked for at night, before the repository was renamed. */
async function nightlyByOldName(): Promise<ImportReply> {
  const db = server.open()
  const id = Number((await db.execute('SELECT id FROM repositories')).rows[0]?.id)
  db.close()
  const [host = '', owner = '', name = ''] = REPO.split('/')
  const asked = await server.writer.run(
    askForImport({ host, owner, name }, 'nightly', id, Date.now()),
  )
  return ended(Number(asked[0]?.[0]))
}

test.each([
  ['by somebody', () => importAll(REPO)],
  ['every night', nightlyByOldName],
])(
  'what is private after it was renamed is not shown from memory either, when it is asked for %s by its old name',
  async (_, ask) => {
    const [repository] = forge.world.repositories.values()
    if (!repository) throw new Error('there is no repository')
    forge.rename('moot/prairie')
    expect(await importAll()).toMatchObject({ status: 'done' })
    // Without a session, as pages are remembered.
    const feed = async () =>
      (await server.ask('/v1/feed?repo=github.com/moot/prairie&state=all')).status
    expect(await feed()).toBe(200)
    repository.private = true
    expect(await ask()).toMatchObject({
      status: 'failed',
      problem: expect.stringContaining('private'),
    })
    expect(await feed()).toBe(404)
  },
)

test('a repository that is not there, and one that is asked for twice', async () => {
  expect(await importAll('github.com/moot/nowhere')).toMatchObject({
    status: 'failed',
    problem: expect.stringContaining('no such repository'),
  })
  const asked = await Promise.all(
    Array.from({ length: 3 }, () => server.ask('/v1/imports', { token, body: { repo: REPO } })),
  )
  const ids = new Set(asked.map(({ body }) => (body as ImportReply).id))
  expect(ids.size).toBe(1)
  await ended([...ids][0] ?? 0)
  expect((await server.ask('/v1/imports/999', { token })).status).toBe(404)
  expect((await server.ask('/v1/imports', { body: { repo: REPO } })).status).toBe(401)
})

test('an import that paused goes on when it is asked for again', async () => {
  const db = server.open()
  await db.execute("UPDATE imports SET status = 'paused', problem = 'silence', finished_at = NULL")
  const paused = (await db.execute('SELECT max(id) AS id FROM imports')).rows[0]?.id
  db.close()
  expect(await importAll()).toMatchObject({ id: Number(paused), status: 'done', problem: null })
})

test('whoever takes the name in the middle of an import is found out at its end', async () => {
  forge.edit(3, { title: 'changed' })
  const { requests } = forge
  forge.requests.push = (...seen) => {
    const length = Array.prototype.push.apply(requests, seen)
    if (seen.some(({ path }) => path.includes('/commits'))) {
      forge.rename('moot/prairie')
      forge.squat('moot/meadow')
    }
    return length
  }
  expect(await importAll()).toMatchObject({
    status: 'failed',
    problem: expect.stringContaining('Another repository took the name'),
  })
})
