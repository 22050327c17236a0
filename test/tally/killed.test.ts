/**
 * Gate 13: the server is killed at every step of an end and a merge, which is before and after everything
 * that it asks GitHub; started again, it merges once or not at all, and its record says the same as GitHub.
 */
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { TallyReply } from '#shared/api/tallies'
import { temporaryFolder } from '../../server/testing-database.ts'
import { type MergingForge, startMergingForge } from '../forge/code/merging-rest.ts'
import { type ServerProcess, spawnServer } from '../import/server-process.ts'
import { QUICK, REPO } from './setting.ts'

let folder: ReturnType<typeof temporaryFolder>
let forge: MergingForge
let server: ServerProcess
const subject = `${REPO}#1`

beforeEach(async () => {
  folder = temporaryFolder()
  forge = await startMergingForge({
    contributors: ['ada', 'bob', 'cat', 'dan'],
    others: ['ashdibble'],
    constitution: QUICK,
  })
  server = await begin()
  const { id } = await server.start(REPO)
  await server.until(id, 'done')
})

afterEach(async () => {
  await server.end('SIGKILL').catch(() => {})
  await forge.close()
  folder.remove()
})

const begin = () => spawnServer(`${folder.path}/votes.db`, forge.url)

async function as(login: string, path: string, body: object) {
  const signedIn = await server.ask('/auth/local', { body: { login } })
  const { token } = signedIn.body as { token: string }
  return server.ask(path, { token, body })
}

const read = async () =>
  (await server.ask(`/v1/tallies?subject=${encodeURIComponent(subject)}`)).body as TallyReply

async function until(is: (tally: TallyReply) => boolean): Promise<TallyReply> {
  for (let tries = 0; ; tries++) {
    const tally = await read()
    if (is(tally)) return tally
    if (tries > 1600) throw new Error(`it stays at ${JSON.stringify(tally)}`)
    await new Promise((done) => setTimeout(done, 25))
  }
}

/** Of every kind of step one; where GitHub merges in its own time, what it is asked then. */
const STEPS: [request: RegExp, at: 'before' | 'after', mergeAsync?: number][] = [
  [/^GET \/pulls\/1$/, 'before'],
  [/^GET \/git\/commits\//, 'before'],
  [/^PATCH \/check-runs\/7000001$/, 'before'],
  [/^PATCH \/check-runs\/7000001$/, 'after'],
  [/^PUT \/pulls\/1\/merge-async$/, 'before'],
  [/^PUT \/pulls\/1\/merge$/, 'before'],
  [/^PUT \/pulls\/1\/merge$/, 'after'],
  [/^PUT \/pulls\/1\/merge-async$/, 'after', 300],
  [/^GET \/pulls\/1\/merge-async\//, 'before', 300],
  [/^GET \/pulls\/1\/merge-async\//, 'after', 0],
]

test.each(STEPS)(
  'killed at %s, %s it took effect, merging in %s ms of its own',
  async (step, at, mergeAsync) => {
    forge.code.settings.mergeAsync = mergeAsync ?? null
    expect((await as('bob', '/v1/tallies', { subject })).status).toBe(201)
    const head = forge.repository.subjects.get(1)?.headSha
    const ballot = () => ({ id: randomUUID(), subject, head, choice: 'for', reason: '' })
    for (const login of ['bob']) await as(login, '/v1/ballots', ballot())
    await until(({ counts }) => counts?.for === 1)
    // Wait until it is quiet, so that what is asked next follows from the ballot that decides.
    await new Promise((done) => setTimeout(done, 300))
    const killed = new Promise<void>((resolve) => {
      forge.meddle = async (request, when) => {
        if (!step.test(request) || when !== at) return undefined
        forge.meddle = () => undefined
        await server.end('SIGKILL')
        resolve()
        return undefined
      }
    })
    // Its answer may never come.
    void as('cat', '/v1/ballots', ballot()).catch(() => {})
    await killed
    server = await begin()
    const tally = await until(({ merge }) => merge.state === 'done')
    expect(forge.code.merges).toMatchObject([{ number: 1, head }])
    expect(tally.merge.sha).toBe(forge.code.merges[0]?.sha)
    expect(tally.history.map(({ kind }) => kind).toReversed()).toEqual([
      'opened',
      'ballot',
      'ballot',
      'decided',
      'merging',
      'merged',
    ])
    expect(new Set(forge.code.checks.map(({ id }) => id)).size).toBe(1)
    for (let tries = 0; forge.code.checks[0]?.conclusion !== 'success'; tries++) {
      if (tries > 200) throw new Error('GitHub was not told')
      await new Promise((done) => setTimeout(done, 25))
    }
  },
  120_000,
)
