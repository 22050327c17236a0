/**
 * Three servers on one remote database, under load, while one after another is killed, and now and then the
 * database too if it is to be. Votes on merging fall due and an import is asked for meanwhile: whoever votes is
 * to be told to come again and nothing worse, and what is done by the clock is to be done once.
 */
import { setTimeout as wait } from 'node:timers/promises'
import type { ImportReply } from '#shared/api/imports'
import type { SessionReply } from '#shared/api/sign-in'
import type { TallyReply } from '#shared/api/tallies'
import type { VotesReply } from '#shared/api/votes'
import { openDatabase } from '../../server/db/open.ts'
import { temporaryFolder } from '../../server/testing-database.ts'
import { killed, spawnServer } from '../../server/testing-process.ts'
import { startSqld } from '../../server/testing-sqld.ts'
import { aVote } from '../../server/testing.ts'
import { startMergingForge } from '../forge/code/merging-rest.ts'
import { REPO } from '../tally/setting.ts'
import { counted } from './killing.ts'

export interface KillingSeveral {
  /** Of servers. */
  times: number
  /** How long to wait before each, in milliseconds. */
  pause(): number
  writers: number
  /** Also the database, after every second kill. */
  killsDatabase?: boolean
  told?(kill: number): void
}

export interface KilledSeveral {
  acknowledged: number
  lost: number
  doubled: number
  wrong: number
  /** How many votes were sent; each was, until it had its receipt. */
  sent: number
  /** How often an answer was a refusal, by status, and how often there was none. */
  refusals: Record<number, number>
  unanswered: number
  /** What became of each pull request whose time was over: the steps in its record, in order. */
  steps: string[][]
  /** Numbers of the pull requests that the forge was told to merge, as often as it did. */
  merges: number[]
  /** Check runs at the forge: one for each vote on merging. */
  checks: number
  seconds: number
}

/** The steps of a vote on merging of which everything was done once. */
export const STEPS = ['opened', 'ballot', 'ballot', 'decided', 'merging', 'merged']

const SERVERS = 3

const CONSTITUTION = `version: 1
vote: { threshold: '> 1/2', inFavour: 2, minPeriod: 1 day, maxPeriod: 2 days }
pass: { action: merge, method: merge }
`

const below = (end: number) => Math.floor(Math.random() * end)

type Server = Awaited<ReturnType<typeof spawnServer>>

/** Kills, and counts. There is a vote on merging for each kill, which falls due shortly before it. */
export async function killSeveral({
  times,
  pause,
  writers,
  killsDatabase = false,
  told,
}: KillingSeveral): Promise<KilledSeveral> {
  const folder = temporaryFolder()
  const forge = await startMergingForge({
    contributors: ['ada', 'bob', 'cat', 'dan'],
    others: ['ashdibble'],
    constitution: CONSTITUTION,
    pulls: times,
  })
  let sqld = await startSqld(`${folder.path}/sqld`)
  const serve = () =>
    spawnServer({
      FORGEMOOT_DATABASE_URL: sqld.url,
      FORGEMOOT_GITHUB_API_URL: forge.url,
      FORGEMOOT_GITHUB_TOKEN: 'forge-token-ashdibble',
    })
  const servers: Server[] = await Promise.all(Array.from({ length: SERVERS }, serve))
  const refusals: Record<number, number> = {}
  let unanswered = 0

  /** Asks any of the servers until one does as it is asked; what was said. */
  async function asked(path: string, request: Parameters<Server['ask']>[1]) {
    for (;;) {
      const answer = await servers[below(SERVERS)]?.ask(path, request).catch(() => undefined)
      if (answer && answer.status < 300) return answer.body
      // What another server would not answer either.
      if (answer && answer.status < 500)
        throw new Error(`${path} was refused: ${JSON.stringify(answer.body)}`)
      if (answer) refusals[answer.status] = (refusals[answer.status] ?? 0) + 1
      else unanswered++
      await wait(50)
    }
  }

  const signedIn = async (login: string) =>
    ((await asked('/auth/local', { body: { login } })) as SessionReply).token

  const tallyOf = async (number: number) =>
    (await asked(
      `/v1/tallies?subject=${encodeURIComponent(`${REPO}#${number}`)}`,
      {},
    )) as TallyReply

  async function imported(token: string) {
    const { id } = (await asked('/v1/imports', { token, body: { repo: REPO } })) as ImportReply
    for (;;) {
      const reply = (await asked(`/v1/imports/${id}`, { token })) as ImportReply
      if (reply.status === 'done') return
      if (reply.status === 'failed') throw new Error(`the import failed: ${reply.problem}`)
      await wait(100)
    }
  }

  /** Puts a vote on merging to where its least time was over a moment ago. */
  async function makeDue(number: number) {
    const db = await openDatabase({ url: sqld.url })
    const sql = `UPDATE tallies SET opened_at = opened_at - 90000, settle_at = settle_at - 90000
      WHERE number = ?`
    await db.execute({ sql, args: [number] })
    db.close()
  }

  const receipts = new Map<string, number>()
  const sent = new Set<string>()
  async function write(token: string, end: AbortSignal) {
    while (!end.aborted) {
      const votes = Array.from({ length: 1 + below(3) }, () =>
        aVote({ subject: `github.com/a/r${below(3)}#${1 + below(60)}`, value: below(3) - 1 }),
      )
      for (const { id } of votes) sent.add(id)
      const { results } = (await asked('/v1/votes', { token, body: { votes } })) as VotesReply
      for (const { id, receipt } of results) receipts.set(id, Number(receipt))
    }
  }

  const end = new AbortController()
  try {
    const [ada, bob, cat] = [await signedIn('ada'), await signedIn('bob'), await signedIn('cat')]
    await imported(ada)
    const numbers = Array.from({ length: times }, (_, index) => index + 1)
    for (const number of numbers) {
      const subject = `${REPO}#${number}`
      await asked('/v1/tallies', { token: bob, body: { subject } })
      const head = forge.repository.subjects.get(number)?.headSha
      for (const token of [bob, cat]) {
        const body = { id: crypto.randomUUID(), subject, head, choice: 'for', reason: '' }
        await asked('/v1/ballots', { token, body })
      }
    }
    const began = performance.now()
    const writing = Promise.all(Array.from({ length: writers }, () => write(ada, end.signal)))
    const importing = imported(ada)
    for (const number of numbers) {
      await wait(pause())
      await makeDue(number)
      await wait(below(1000))
      await killed((servers[number % SERVERS] as Server).child, 'SIGKILL')
      if (killsDatabase && number % 2 === 0) {
        const { port } = new URL(sqld.url)
        await sqld.kill()
        sqld = await startSqld(`${folder.path}/sqld`, Number(port))
      }
      servers[number % SERVERS] = await serve()
      told?.(number)
    }
    end.abort()
    await writing
    await importing
    const seconds = (performance.now() - began) / 1000
    // Merges follow one another, and may be left to whoever is next.
    for (let tries = 0; tries < 300; tries++) {
      const states = await Promise.all(
        numbers.map(async (each) => (await tallyOf(each)).merge.state),
      )
      if (states.every((state) => state === 'done')) break
      await wait(300)
    }
    const tallies = await Promise.all(numbers.map(tallyOf))
    return {
      ...(await counted(sqld.url, receipts, sent)),
      sent: sent.size,
      refusals,
      unanswered,
      steps: tallies.map(({ history }) => history.map(({ kind }) => kind).toReversed()),
      merges: forge.code.merges.map(({ number }) => number),
      checks: new Set(forge.code.checks.map(({ id }) => id)).size,
      seconds,
    }
  } finally {
    end.abort()
    await Promise.all(servers.map(({ child }) => killed(child, 'SIGKILL')))
    await sqld.kill()
    await forge.close()
    folder.remove()
  }
}
