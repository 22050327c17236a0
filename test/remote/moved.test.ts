/** `npm run move`: a database goes from a file to a remote one and back, with everything that is in it. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { migrateDatabase } from '../../server/db/migrate.ts'
import { openDatabase } from '../../server/db/open.ts'
import { fillReleased, RELEASED } from '../../server/db/released.ts'
import { pagesOf, tablesOf } from '../../server/db/tables.ts'
import { temporaryFolder } from '../../server/testing-database.ts'
import { killed, refusalOf, spawnServer } from '../../server/testing-process.ts'
import { type Sqld, startSqld } from '../../server/testing-sqld.ts'
import { aVote } from '../../server/testing.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

const COMMAND = fileURLToPath(new URL('../commands/move.ts', import.meta.url))
const folder = temporaryFolder()
const before = `file:${folder.path}/before.db`
const after = `file:${folder.path}/after.db`
let sqld: Sqld

beforeAll(async () => {
  await fillReleased(`${folder.path}/before.db`, RELEASED.at(-1) ?? '')
  sqld = await startSqld(`${folder.path}/sqld`)
})

afterAll(async () => {
  await sqld.kill()
  folder.remove()
})

async function moved(from: string, to: string) {
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), COMMAND, to], {
    env: { ...process.env, FORGEMOOT_DATABASE_URL: from },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
  const [code] = await once(child, 'close')
  return { code: code as number | null, said }
}

/** Every row of every table, but what is each database's own. */
async function contentOf(url: string) {
  const db = await openDatabase({ url })
  await migrateDatabase(db)
  const content: Record<string, unknown[][]> = {}
  for (const table of await tablesOf(db)) {
    if (table.name === 'leases' || table.name.startsWith('__')) continue
    const rows: unknown[][] = []
    for await (const page of pagesOf(db, table)) rows.push(...page)
    content[table.name] = rows
  }
  db.close()
  return content
}

test('what was broken off is no database to start on, and is moved anew; then everything is there, and goes on', async () => {
  const was = await contentOf(before)
  expect(was['log']?.length).toBeGreaterThan(10)
  expect(was['sessions']?.length).toBeGreaterThan(0)
  const half = await openDatabase({ url: sqld.url })
  await migrateDatabase(half)
  await half.batch([
    "INSERT INTO leases (name, owner, until) VALUES ('moving', 'npm run move', 0)",
    "INSERT INTO persons (id, host, login, created_at) VALUES (77, 'github.com', 'half', 0)",
  ])
  half.close()
  const { text } = await refusalOf({ FORGEMOOT_DATABASE_URL: sqld.url })
  expect(text).toContain('was broken off. Run it again.')

  const there = await moved(before, sqld.url)
  expect(there.said).toContain(`subjects recounted there from ${was['log']?.length} votes`)
  expect(there.code).toBe(0)
  expect(await contentOf(sqld.url)).toEqual(was)
  expect(await contentOf(before)).toEqual(was)

  const server = await spawnServer({ FORGEMOOT_DATABASE_URL: sqld.url })
  const { body } = await server.ask('/auth/local', { body: { login: 'newcomer' } })
  const { token } = body as { token: string }
  const cast = await server.ask('/v1/votes', { token, body: { votes: [aVote()] } })
  expect(cast.body).toMatchObject({ results: [{ receipt: was['log']?.length }] })
  expect(await moved(sqld.url, after)).toEqual({
    code: 1,
    said: expect.stringContaining('Stop all servers first.'),
  })
  expect(await killed(server.child, 'SIGTERM')).toEqual([0, null])

  expect(await moved(before, sqld.url)).toEqual({
    code: 1,
    said: expect.stringContaining('There is something in the database that it should move to.'),
  })
  expect(await moved(sqld.url, after)).toMatchObject({ code: 0 })
  expect(await contentOf(after)).toEqual(await contentOf(sqld.url))
})
