/** The import of twenty thousand items by a real server, which is killed, limited and lied to meanwhile. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { temporaryFolder } from '../../server/testing-database.ts'
import { startRestForge, type RestForge } from '../forge/rest.ts'
import { spawnServer } from './server-process.ts'
import { tablesOf } from './tables.ts'

vi.setConfig({ testTimeout: 180_000 })

const REPO = 'github.com/moot/meadow'
const folder = temporaryFolder()
let forge: RestForge

beforeAll(async () => {
  forge = await startRestForge()
}, 60_000)

afterAll(async () => {
  await forge.close()
  folder.remove()
})

/** Imports without being disturbed; how many requests that took. */
async function importWhole(file: string): Promise<number> {
  forge.requests.length = 0
  const server = await spawnServer(file, forge.url)
  const { id } = await server.start(REPO)
  const done = await server.until(id, 'done', 'failed', 'paused')
  expect(done).toMatchObject({ status: 'done', percent: 100, problem: null, skipped: 0 })
  await server.end('SIGTERM')
  return forge.requests.length
}

/** Waits until the forge was asked so often. */
async function asked(times: number) {
  while (forge.requests.length < times) await new Promise((done) => setTimeout(done, 1))
}

test('an import that is killed three times, limited and lied to ends as one that is not', async () => {
  const whole = `${folder.path}/whole.db`
  const requests = await importWhole(whole)
  expect(requests).toBeLessThan(215)

  const killed = `${folder.path}/killed.db`
  forge.requests.length = 0
  forge.faults({
    9: 'error',
    23: 'truncated',
    37: 'garbled',
    41: 'cut',
    55: 'limited',
    70: 'secondary',
  })
  let at = 0
  for (let kill = 0; kill < 3; kill++) {
    const server = await spawnServer(killed, forge.url)
    const { status, until } = await server.start(REPO)
    // Where servers share a database this one waits for its turn, and a limit that the last one met is still told.
    if (status === 'paused') expect(until).not.toBeNull()
    else expect(['waiting', 'running']).toContain(status)
    at += 5 + Math.floor(Math.random() * 55)
    await asked(at)
    await new Promise((done) => setTimeout(done, Math.random() * 20))
    await server.end('SIGKILL')
    at = forge.requests.length
  }
  // What was not finished goes on by itself.
  const server = await spawnServer(killed, forge.url)
  const done = await server.until(1, 'done', 'failed', 'paused')
  expect(done).toMatchObject({ status: 'done', repo: REPO, skipped: 0 })
  // Six faults, and for each kill the repository and the page that was under way.
  expect(forge.requests.length).toBeLessThanOrEqual(requests + 6 + 3 * 3)
  await server.end('SIGTERM')

  const [one, other] = [await tablesOf(whole), await tablesOf(killed)]
  expect(one['items']).toHaveLength(20_000)
  expect(one['work']?.length).toBeGreaterThan(100)
  expect(one['contributors']?.length).toBeGreaterThan(30)
  expect(one['closes']?.length).toBeGreaterThan(1000)
  for (const name of Object.keys(one)) expect(other[name], name).toEqual(one[name])
})
