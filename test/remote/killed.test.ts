/**
 * Three servers on one remote database, under load, while now one of them and now the database is killed:
 * whoever votes is told to come again and nothing worse, whatever has a receipt is there, once, and what is
 * done by the clock and what is imported is done once.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { ImportReply, SessionReply, TallyReply, VotesReply } from '#shared/api/schema'
import { openDatabase } from '../../server/db/open.ts'
import { temporaryFolder } from '../../server/testing-database.ts'
import { killed, spawnServer } from '../../server/testing-process.ts'
import { type Sqld, startSqld } from '../../server/testing-sqld.ts'
import { aVote } from '../../server/testing.ts'
import { type MergingForge, startMergingForge } from '../forge/code/merging-rest.ts'
import { counted } from '../load/killing.ts'
import { REPO } from '../tally/setting.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 })

type Server = Awaited<ReturnType<typeof spawnServer>>

const SERVERS = 3
const WRITERS = 24
/** Of servers; the database is killed after every second one. */
const KILLS = 6

const CONSTITUTION = `version: 1
vote: { threshold: '> 1/2', inFavour: 2, minPeriod: 1 day, maxPeriod: 2 days }
pass: { action: merge, method: merge }
`

const folder = temporaryFolder()
let forge: MergingForge
let sqld: Sqld
let servers: Server[]

beforeAll(async () => {
  forge = await startMergingForge({
    contributors: ['ada', 'bob', 'cat', 'dan'],
    others: ['ashdibble'],
    constitution: CONSTITUTION,
  })
  sqld = await startSqld(`${folder.path}/sqld`)
  servers = await Promise.all(Array.from({ length: SERVERS }, serve))
})

afterAll(async () => {
  await Promise.all(servers.map(({ child }) => killed(child, 'SIGKILL')))
  await sqld.kill()
  await forge.close()
  folder.remove()
})

const serve = () =>
  spawnServer({
    FORGEMOOT_DATABASE_URL: sqld.url,
    FORGEMOOT_GITHUB_API_URL: forge.url,
    FORGEMOOT_GITHUB_TOKEN: 'forge-token-ashdibble',
  })

const below = (end: number) => Math.floor(Math.random() * end)

/** Asks any of the servers until one answers with something else than that it is busy; what was said. */
async function asked(path: string, request: Parameters<Server['ask']>[1], refusals: number[] = []) {
  for (;;) {
    const answer = await servers[below(SERVERS)]?.ask(path, request).catch(() => undefined)
    if (answer && answer.status < 300) return answer.body
    if (answer) refusals.push(answer.status)
    await wait(50)
  }
}

async function signedIn(login: string) {
  return ((await asked('/auth/local', { body: { login } })) as SessionReply).token
}

const tallyOf = async () =>
  (await asked(`/v1/tallies?subject=${encodeURIComponent(`${REPO}#1`)}`, {})) as TallyReply

async function imported(token: string) {
  const { id } = (await asked('/v1/imports', { token, body: { repo: REPO } })) as ImportReply
  for (;;) {
    const reply = (await asked(`/v1/imports/${id}`, { token })) as ImportReply
    if (reply.status === 'done') return
    expect(reply.status).not.toBe('failed')
    await wait(100)
  }
}

test('three servers, one killed again and again, and their database too: only retries, and everything once', async () => {
  const [ada, bob, cat] = [await signedIn('ada'), await signedIn('bob'), await signedIn('cat')]
  await imported(ada)
  const subject = `${REPO}#1`
  await asked('/v1/tallies', { token: bob, body: { subject } })
  const head = forge.repository.subjects.get(1)?.headSha
  for (const token of [bob, cat]) {
    const body = { id: crypto.randomUUID(), subject, head, choice: 'for', reason: '' }
    await asked('/v1/ballots', { token, body })
  }
  expect(await tallyOf()).toMatchObject({ outcome: { status: 'open' }, counts: { for: 2 } })

  const refusals: number[] = []
  const receipts = new Map<string, number>()
  const sent = new Set<string>()
  const end = new AbortController()
  const writers = Array.from({ length: WRITERS }, async () => {
    while (!end.signal.aborted) {
      const votes = Array.from({ length: 1 + below(3) }, () =>
        aVote({ subject: `github.com/a/r${below(3)}#${1 + below(60)}`, value: below(3) - 1 }),
      )
      for (const { id } of votes) sent.add(id)
      const { results } = (await asked(
        '/v1/votes',
        { token: ada, body: { votes } },
        refusals,
      )) as VotesReply
      for (const { id, receipt } of results) receipts.set(id, Number(receipt))
    }
  })

  // What the clock decides is due in the midst of it.
  const db = await openDatabase({ url: sqld.url })
  await db.execute(
    'UPDATE tallies SET opened_at = opened_at - 90000, settle_at = settle_at - 90000',
  )
  db.close()
  const importing = imported(ada)
  for (let kill = 0; kill < KILLS; kill++) {
    await wait(1000 + below(1000))
    const dying = servers[kill % SERVERS] as Server
    await killed(dying.child, 'SIGKILL')
    if (kill % 2) {
      const { port } = new URL(sqld.url)
      await sqld.kill()
      sqld = await startSqld(`${folder.path}/sqld`, Number(port))
    }
    servers[kill % SERVERS] = await serve()
  }
  end.abort()
  await Promise.all(writers)
  await importing

  expect(refusals.filter((status) => status !== 503)).toEqual([])
  expect(receipts.size).toBeGreaterThan(100)
  expect(receipts.size).toBe(sent.size)
  expect(await counted(sqld.url, receipts, sent)).toEqual({
    acknowledged: receipts.size,
    lost: 0,
    doubled: 0,
    wrong: 0,
  })

  await vi.waitFor(async () => expect((await tallyOf()).merge.state).toBe('done'), {
    timeout: 60_000,
    interval: 300,
  })
  const { history } = await tallyOf()
  expect(history.map(({ kind }) => kind).toReversed()).toEqual([
    'opened',
    'ballot',
    'ballot',
    'decided',
    'merging',
    'merged',
  ])
  expect(forge.code.merges).toMatchObject([{ number: 1, head }])
  expect(new Set(forge.code.checks.map(({ id }) => id)).size).toBe(1)
})
