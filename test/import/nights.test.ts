/** What a night reads of a repository that is too large to be read every night. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ImportReply } from '#shared/api/imports'
import type { ScoresReply } from '#shared/api/scores'
import { askNightlyImports } from '../../server/services/ask-nightly-imports.ts'
import { temporaryFolder } from '../../server/testing-database.ts'
import { startTestServer, type TestServer } from '../../server/testing.ts'
import { startRestForge, type RestForge } from '../forge/rest.ts'

const REPO = 'github.com/moot/meadow'
const DAY = 86_400_000
const SIZE = 11_000
const folder = temporaryFolder()
let forge: RestForge
let server: TestServer
let token: string

beforeAll(async () => {
  forge = await startRestForge({ size: SIZE, commits: 10 })
  server = await startTestServer(`${folder.path}/votes.db`, {
    FORGEMOOT_GITHUB_API_URL: forge.url,
    FORGEMOOT_GITHUB_TOKEN: 'forge-token-ashdibble',
  })
  token = await server.signIn('ada')
  const { body } = await server.ask('/v1/imports', { token, body: { repo: REPO } })
  await ended((body as ImportReply).id)
}, 60_000)

afterAll(async () => {
  await server.stop()
  await forge.close()
  folder.remove()
})

async function ended(id: number): Promise<ImportReply> {
  for (;;) {
    const reply = (await server.ask(`/v1/imports/${id}`, { token })).body as ImportReply
    if (['done', 'failed', 'paused'].includes(reply.status)) return reply
    await new Promise((done) => setTimeout(done, 50))
  }
}

async function night(nth: number) {
  const db = server.open()
  const now = () => Date.now() + nth * (DAY + 1000)
  await askNightlyImports({ db, writer: server.writer, now })
  const { rows } = await db.execute('SELECT max(id) AS id FROM imports')
  await db.execute('UPDATE repositories SET imported_at = 1')
  db.close()
  forge.requests.length = 0
  expect(await ended(Number(rows[0]?.id))).toMatchObject({ status: 'done' })
  // Of the list that goes through items in the order of their changes.
  return forge.requests.filter(({ path }) => path.includes('state=all') && path.includes('asc'))
}

test('reads a bounded number of items, others the next night, and in the end has all reactions', async () => {
  const [repository] = forge.world.repositories.values()
  const closed = [...(repository?.subjects.values() ?? [])].filter(
    ({ state }) => state === 'closed',
  )
  const some = closed.filter((_, place) => place % 97 === 0)
  for (const subject of some) Object.assign(subject.reactions, { eyes: 1000 + subject.number })
  const subjects = some.map(({ number }) => `${REPO}#${number}`)
  const known = async () => {
    const { body } = await server.ask('/v1/scores', { body: { subjects } })
    return Object.values((body as ScoresReply).scores).filter(
      ({ reactions }) => (reactions['eyes'] ?? 0) > 1000,
    ).length
  }
  const found: number[] = []
  for (const nth of [1, 2, 3]) {
    const asked = await night(nth)
    // Fifty pages, those where a second overlaps, and what the list of changes takes.
    expect(asked.length).toBeLessThan(60)
    found.push(await known())
  }
  expect(found[0]).toBeGreaterThan(0)
  expect(found[0]).toBeLessThan(found[1] ?? 0)
  expect(found[1]).toBeLessThan(found[2] ?? 0)
  expect(found[2]).toBe(some.length)
}, 60_000)
