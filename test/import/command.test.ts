/** `npm run import`, as an operator runs it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../../server/db/open.ts'
import { databaseAt, temporaryFolder } from '../../server/testing-database.ts'
import { startRestForge, type RestForge } from '../forge/rest.ts'
import { spawnServer } from './server-process.ts'

const COMMAND = fileURLToPath(new URL('../commands/import.ts', import.meta.url))
const REPO = 'github.com/moot/meadow'
const folder = temporaryFolder()
let forge: RestForge
const children: ChildProcess[] = []

beforeAll(async () => {
  forge = await startRestForge({ size: 3000 })
}, 60_000)

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await forge.close()
  folder.remove()
})

async function start(file: string, ...words: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', COMMAND, ...words], {
    env: {
      ...process.env,
      FORGEMOOT_DATABASE_URL: await databaseAt(file),
      FORGEMOOT_GITHUB_API_URL: forge.url,
      FORGEMOOT_GITHUB_TOKEN: 'forge-token-ashdibble',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (part: Buffer) => (said += String(part)))
  }
  children.push(child)
  return { child, said: () => said, ended: once(child, 'exit').then(([code]) => code as number) }
}

async function itemsIn(file: string): Promise<number> {
  const db = await openDatabase({ url: await databaseAt(file) })
  const { rows } = await db.execute('SELECT count(*) AS items FROM items')
  db.close()
  return Number(rows[0]?.items)
}

test('says how far it is, and ends when everything is there', async () => {
  const file = `${folder.path}/a/new/folder/alone.db`
  const { said, ended } = await start(file, REPO)
  expect(await ended, said()).toBe(0)
  expect(said()).toMatch(/█+░+ \d+\.\d %/)
  expect(said()).toMatch(/100\.0 % +done/)
  expect(await itemsIn(file)).toBe(3000)
}, 60_000)

test('ended in between, it goes on where it was left', async () => {
  const file = `${folder.path}/ended.db`
  const first = await start(file, REPO)
  await expect.poll(() => itemsIn(file).catch(() => 0), { timeout: 20_000 }).toBeGreaterThan(100)
  first.child.kill('SIGINT')
  expect(await first.ended, first.said()).toBe(130)
  expect(first.said()).toContain('goes on from this page')
  const had = await itemsIn(file)
  expect(had).toBeLessThan(3000)
  forge.requests.length = 0
  const second = await start(file, REPO)
  expect(await second.ended, second.said()).toBe(0)
  expect(await itemsIn(file)).toBe(3000)
  // No more pages than were left, the repository, its commits, and one page read twice.
  expect(forge.requests.length).toBeLessThanOrEqual((3000 - had) / 100 + 12)
}, 60_000)

test('leaves the reading to a server that runs', async () => {
  const file = `${folder.path}/served.db`
  const server = await spawnServer(file, forge.url)
  try {
    const { said, ended } = await start(file, REPO)
    expect(await ended, said()).toBe(0)
    expect(said()).toContain('A server runs on this database')
    expect(await itemsIn(file)).toBe(3000)
  } finally {
    await server.end('SIGTERM')
  }
}, 60_000)

test.for<[words: string[], reason: RegExp]>([
  [[], /Name one repository/],
  [['nonsense'], /Name one repository/],
  [['gitlab.com/a/b'], /keeps github\.com, not gitlab\.com/],
  [['github.com/moot/nowhere'], /no such|not there|cannot|private/i],
])('refuses %j with words', { timeout: 30_000 }, async ([words, reason]) => {
  const { said, ended } = await start(`${folder.path}/refused.db`, ...words)
  expect(await ended).toBeGreaterThan(0)
  expect(said()).toMatch(reason)
})
