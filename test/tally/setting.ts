/** A server with an imported repository of code, a clock that can be put forward, and people who vote. */
import { createHmac, randomUUID } from 'node:crypto'
import type { Client } from '@libsql/client'
import type { ImportReply } from '#shared/api/imports'
import type { BallotRequest, TallyReply } from '#shared/api/tallies'
import { clockOf } from '../../server/clock.ts'
import { feedCache } from '../../server/feed-cache.ts'
import { pullsOf } from '../../server/forges/github/pulls.ts'
import { sendTo } from '../../server/forges/github/send.ts'
import { lookAtPull } from '../../server/services/look-at-pull.ts'
import { temporaryFolder } from '../../server/testing-database.ts'
import { type Answered, startTestServer, type TestServer } from '../../server/testing.ts'
import type { Subject } from '../forge/world/world.ts'
import { type MergingForge, startMergingForge } from '../forge/code/merging-rest.ts'
import { PLOT, type PlotOptions } from '../forge/code/plot.ts'

export const REPO = `github.com/${PLOT}`

/** Decided at once when nobody left can change it, and merged. */
export const QUICK = `version: 1
vote: { threshold: '> 1/2', inFavour: 2, minPeriod: 0 minutes, maxPeriod: 2 days }
pass: { action: merge, method: merge }
`

/** What deliveries are signed with. */
export const SECRET = 'a secret of the tests'
const TOKEN = 'forge-token-forgemoot'

export interface Setting {
  forge: MergingForge
  server: TestServer
  /** Puts the clock forward, in seconds; back when they are negative. */
  pass(seconds: number): void
  /** What the server takes for now, epoch milliseconds. */
  now(): number
  seconds: { minute: number; hour: number; day: number }
  tokenOf(login: string): Promise<string>
  open(login: string, number?: number): Promise<Answered>
  cancel(login: string, reason: string, number?: number): Promise<Answered>
  vote(
    login: string,
    choice: BallotRequest['choice'],
    over?: Partial<BallotRequest> & { number?: number },
  ): Promise<Answered>
  read(number?: number, login?: string): Promise<TallyReply>
  /** Waits until a tally is as it is wanted. */
  until(is: (tally: TallyReply) => boolean, number?: number): Promise<TallyReply>
  /** Looks at a pull request as the server does by itself, here and now. */
  look(number?: number): Promise<void>
  deliver(number: number, action: string, secret?: string, over?: object): Promise<Answered>
  /** Sends a delivery once more as it was, by its place among all of them. */
  replay(place: number): Promise<Answered>
  headOf(number?: number): string
  subjectOf(number?: number): Subject
  importAgain(): Promise<void>
  db(): Client
  restart(): Promise<void>
  close(): Promise<void>
}

export async function startSetting(options: Partial<PlotOptions> = {}): Promise<Setting> {
  const folder = temporaryFolder()
  const forge = await startMergingForge({
    contributors: ['ada', 'bob', 'cat', 'dan', 'eve'],
    others: ['mallory', 'forgemoot'],
    constitution: QUICK,
    ...options,
  })
  const ahead = new SharedArrayBuffer(8)
  const start = () =>
    startTestServer(
      `${folder.path}/votes.db`,
      {
        FORGEMOOT_GITHUB_API_URL: forge.url,
        FORGEMOOT_GITHUB_TOKEN: TOKEN,
        FORGEMOOT_GITHUB_WEBHOOK_SECRET: SECRET,
      },
      undefined,
      clockOf(ahead),
    )
  let server = await start()
  const deliveries: { body: string; headers: Record<string, string> }[] = []
  let tokens = new Map<string, Promise<string>>()
  const subjectNamed = (number = 1) => `${REPO}#${number}`

  function subjectOf(number = 1): Subject {
    const subject = forge.repository.subjects.get(number)
    if (!subject) throw new Error(`no pull request ${number}`)
    return subject
  }

  const setting: Setting = {
    forge,
    get server() {
      return server
    },
    seconds: { minute: 60, hour: 3600, day: 86_400 },
    pass(seconds) {
      Atomics.add(new BigInt64Array(ahead), 0, BigInt(seconds * 1000))
    },
    now: clockOf(ahead).now,
    tokenOf(login) {
      const known = tokens.get(login) ?? server.signIn(login)
      tokens.set(login, known)
      return known
    },
    async open(login, number) {
      const token = await setting.tokenOf(login)
      return server.ask('/v1/tallies', { token, body: { subject: subjectNamed(number) } })
    },
    async cancel(login, reason, number) {
      const token = await setting.tokenOf(login)
      const body = { subject: subjectNamed(number), reason }
      return server.ask('/v1/tallies/cancel', { token, body })
    },
    async vote(login, choice, { number, ...over } = {}) {
      const token = await setting.tokenOf(login)
      const body = {
        id: randomUUID(),
        subject: subjectNamed(number),
        head: subjectOf(number).headSha,
        choice,
        reason: '',
        ...over,
      }
      return server.ask('/v1/ballots', { token, body })
    },
    async read(number, login) {
      const address = `/v1/tallies?subject=${encodeURIComponent(subjectNamed(number))}`
      const token = login === undefined ? undefined : await setting.tokenOf(login)
      const { status, body } = await server.ask(address, { token })
      if (status !== 200) throw new Error(`${status}: ${JSON.stringify(body)}`)
      return body as TallyReply
    },
    async until(is, number) {
      for (let tries = 0; ; tries++) {
        const tally = await setting.read(number).catch((error: unknown) => {
          // It may only be about to be opened.
          if (tries < 400 && String(error).includes('/problems/no-tally')) return undefined
          throw error
        })
        if (tally && is(tally)) return tally
        if (tries > 400) throw new Error(`it stays at ${JSON.stringify(tally)}`)
        await new Promise((done) => setTimeout(done, 25))
      }
    },
    async look(number = 1) {
      const db = server.open()
      const { rows } = await db.execute({
        sql: 'SELECT id FROM repositories WHERE forge_id = ?',
        args: [forge.repository.id],
      })
      const { now } = clockOf(ahead)
      const send = sendTo({ api: forge.url, fetch, now })
      const pulls = pullsOf(send, () => Promise.resolve(TOKEN))
      try {
        const context = { db, writer: server.writer, pulls, feeds: feedCache(0), now }
        await lookAtPull(context, Number(rows[0]?.id), number)
      } finally {
        db.close()
      }
    },
    deliver(number, action, secret = SECRET, over = {}) {
      const subject = subjectOf(number)
      const { name, id } = forge.repository
      const [owner = '', short = ''] = name.split('/')
      const body = JSON.stringify({
        action,
        number,
        delivery: randomUUID(),
        repository: {
          id,
          name: short,
          owner: { login: owner, id: 77, type: 'Organization' },
          private: false,
          default_branch: 'main',
        },
        pull_request: {
          number,
          title: subject.title,
          state: subject.state,
          user: { ...subject.author, type: 'User' },
          labels: [],
          created_at: subject.createdAt,
          updated_at: subject.updatedAt,
          closed_at: subject.closedAt,
          merged_at: subject.merged ? subject.closedAt : null,
          draft: subject.draft,
          body: subject.body,
          base: { ref: forge.code.of(number).baseRef },
          head: { sha: subject.headSha },
        },
        ...over,
      })
      const signature = createHmac('sha256', secret).update(body).digest('hex')
      const headers = {
        'x-github-event': 'pull_request',
        'x-hub-signature-256': `sha256=${signature}`,
      }
      deliveries.push({ body, headers })
      return server.ask('/webhooks/github', { body, headers })
    },
    replay: (place) => server.ask('/webhooks/github', deliveries[place]),
    headOf: (number) => subjectOf(number).headSha,
    subjectOf,
    async importAgain() {
      const token = await setting.tokenOf('ada')
      const { body } = await server.ask('/v1/imports', { token, body: { repo: REPO } })
      for (;;) {
        const reply = (await server.ask(`/v1/imports/${(body as ImportReply).id}`, { token }))
          .body as ImportReply
        if (reply.status === 'done') return
        if (reply.status === 'failed') throw new Error(String(reply.problem))
        await new Promise((done) => setTimeout(done, 20))
      }
    },
    db: () => server.open(),
    async restart() {
      await server.stop()
      server = await start()
    },
    async close() {
      await server.stop()
      await forge.close()
      folder.remove()
    },
  }
  await setting.importAgain()
  tokens = new Map()
  return setting
}
