/**
 * What the server is measured against, each in a process of its own:
 * `scores`, `feed`: a bare Hono handler that reads the request and answers with bytes it was given;
 * `votes`: the server's own application over a writer that does nothing;
 * `rows`: no HTTP; the rows that votes make, written in batches of a given size.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import type { Client } from '@libsql/client'
import { Hono } from 'hono'
import { voteIdOf } from '#shared/vote'
import { createApp } from '../../../server/http/app.ts'
import type { Caller } from '../../../server/context.ts'
import { openDatabase } from '../../../server/db/open.ts'
import type { PersonsVote } from '../../../server/db/vote-log.ts'
import { feedCache } from '../../../server/feed-cache.ts'
import { limitsOf } from '../../../server/http/limits.ts'
import { recent } from '../../../server/recent.ts'
import { gitHub } from '../../../server/forges/github/github.ts'
import { sleep } from '../../../server/sleep.ts'
import { githubSignIn } from '../../../server/forges/github-sign-in.ts'
import { signInBy } from '../../../server/sign-in.ts'
import { scoreAnswers } from '../../../server/scores/score-answers.ts'
import { scoreCache } from '../../../server/scores/score-cache.ts'
import { UNVOTED } from '../../../server/scores/score-text.ts'
import { NUMBERS, PEOPLE, popular, REPOSITORIES } from './seed.ts'

/** What the process is asked to be. */
export type Limit =
  | { kind: 'scores'; answers: string[] }
  | { kind: 'votes'; file: string }
  | { kind: 'feed'; answer: string }
  | { kind: 'rows'; file: string }

/** A turn of writing rows. */
export interface Turn {
  batch: number
  seconds: number
}

function listen(fetch: Hono['fetch']) {
  const server = createServer(getRequestListener(fetch))
  server.listen(0, '127.0.0.1', () => {
    process.send?.((server.address() as AddressInfo).port)
  })
}

function bareScores(answers: string[]) {
  let next = 0
  const app = new Hono()
  app.post('/v1/scores', async (call) => {
    await call.req.text()
    return call.body(answers[next++ % answers.length] ?? '', 200, {
      'content-type': 'application/json',
    })
  })
  listen(app.fetch)
}

async function votesWithoutWriter(file: string) {
  let receipt = 0
  const app = createApp({
    db: await openDatabase({ url: `file:${file}` }),
    writer: {
      castVotes: (votes: PersonsVote[]) =>
        Promise.resolve({
          outcomes: votes.map(({ value, subject }) => ({
            status: 'accepted' as const,
            receipt: receipt++,
            mine: value,
            voter: 'other' as const,
            subject,
          })),
          scores: new Map(votes.map(({ subject }) => [subject, UNVOTED])),
        }),
      run: () => Promise.resolve([]),
      nameRepository: notAsked,
      takeItems: notAsked,
      takeWork: notAsked,
      settleContributors: notAsked,
      forgetPerson: notAsked,
      nameAccounts: notAsked,
      openTally: notAsked,
      castBallot: notAsked,
      delegateVote: notAsked,
      settleTally: notAsked,
      amendTally: notAsked,
    },
    scores: scoreCache(0),
    answers: scoreAnswers(0),
    feeds: feedCache(0),
    forge: gitHub({ ...NOWHERE, fetch, now: Date.now, sleep }),
    pulls: {
      pull: notAsked,
      tip: notAsked,
      isPublic: notAsked,
      rules: notAsked,
      changes: notAsked,
      account: notAsked,
      report: notAsked,
      merge: notAsked,
    },
    imports: { wake: () => {} },
    tallies: { wake: () => {} },
    webhookSecret: () => undefined,
    sessions: recent<Caller>(10_000),
    forges: ['github.com'],
    auth: 'local',
    signIn: signInBy({
      forge: githubSignIn({ site: '', api: '', fetch }),
      client: undefined,
      app: undefined,
    }),
    version: '0.0.0',
    database: `file:${file}`,
    metrics: {
      votes: { accepted: 0, duplicate: 0, rejected: 0 },
      limited: { person: 0, address: 0 },
      text: notAsked,
      close: () => {},
    },
    metricsToken: undefined,
    limits: limitsOf({ person: 0, address: 0 }, Date.now, { person: 0, address: 0 }),
    proxies: 0,
    now: Date.now,
  })
  listen(app.fetch)
}

const NOWHERE = { host: 'github.com', api: 'https://api.github.com', token: undefined }

const notAsked = () => Promise.reject(new Error('this server has no repositories'))

const LOG = `INSERT INTO log (seq, id, person_id, subject_id, value, cast_at, accepted_at)
  SELECT value->>0, unhex(value->>1, '-'), value->>2, value->>3, value->>4, value->>5, value->>6 FROM json_each(?)`
const VOTES = `INSERT INTO votes (subject_id, person_id, value, accepted_at, seq)
  SELECT value->>3, value->>2, value->>4, value->>6, value->>0 FROM json_each(?) WHERE true
  ON CONFLICT (subject_id, person_id) DO UPDATE
  SET value = excluded.value, accepted_at = excluded.accepted_at, seq = excluded.seq`
const SCORES = `INSERT INTO subjects (id, repository_id, number, part, contributors_up, contributors_down,
    others_up, others_down, value, top, hot, rising, controversial)
  SELECT value->>0, 0, 0, '', 0, 0, 1, 0, value->>1, value->>2, value->>3, value->>4, 0
  FROM json_each(?) WHERE true
  ON CONFLICT (id) DO UPDATE SET contributors_up = excluded.contributors_up,
    contributors_down = excluded.contributors_down, others_up = excluded.others_up,
    others_down = excluded.others_down, value = excluded.value, top = excluded.top,
    hot = excluded.hot, rising = excluded.rising, controversial = excluded.controversial`

async function writeRows(file: string) {
  const db = await openDatabase({ url: `file:${file}` })
  const last = await db.execute('SELECT max(seq) AS seq FROM log')
  let seq = Number(last.rows[0]?.seq) + 1
  process.on('message', ({ batch, seconds }: Turn) => {
    void turn(db, batch, seconds).then((rate) => process.send?.(rate))
  })
  process.send?.('ready')

  /** Votes a second. */
  async function turn(db: Client, batch: number, seconds: number): Promise<number> {
    const began = performance.now()
    let written = 0
    while (performance.now() - began < seconds * 1000) {
      const at = Date.now()
      const log = Array.from({ length: batch }, () => [
        seq++,
        voteIdOf(crypto.randomUUID(), at),
        1 + Math.floor(Math.random() * PEOPLE),
        (popular(REPOSITORIES) - 1) * NUMBERS + popular(NUMBERS),
        1,
        at,
        at,
      ])
      const scores = log.map(([, , , subject]) => [subject, 321_000_000, 4, 52e9 + seq, 7e11 + seq])
      const rows = JSON.stringify(log)
      await db.batch(
        [
          { sql: LOG, args: [rows] },
          { sql: VOTES, args: [rows] },
          { sql: SCORES, args: [JSON.stringify(scores)] },
        ],
        'write',
      )
      written += batch
    }
    return written / ((performance.now() - began) / 1000)
  }
}

function bareFeed(answer: string) {
  const app = new Hono()
  app.get('*', (call) => call.body(answer, 200, { 'content-type': 'application/json' }))
  listen(app.fetch)
}

process.once('message', (limit: Limit) => {
  if (limit.kind === 'scores') bareScores(limit.answers)
  else if (limit.kind === 'feed') bareFeed(limit.answer)
  else void (limit.kind === 'votes' ? votesWithoutWriter(limit.file) : writeRows(limit.file))
})
