/**
 * The server against what this machine could do at most, measured in turns in one run: a machine that is
 * slow for a while is slow for both. Rates are medians of rounds. Only ratios are worth comparing between
 * machines.
 */
import type { ChildProcess } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { createClient } from '@libsql/client'
import { type Aim, type BenchResult, figureOf, resultOf, tableOf } from './result.ts'
import { bytesOfVote } from './server/bytes.ts'
import { benchCrowd } from './server/crowd.ts'
import { benchGrowth } from './server/growth.ts'
import type { Limit, Turn } from './server/limit.ts'
import {
  ask,
  forked,
  inTurns,
  ROUNDS,
  SECONDS,
  type Send,
  startClient,
  startOurs,
} from './server/processes.ts'
import { NUMBERS, REPOSITORIES, seededCopy, subjectOf, tokenOf } from './server/seed.ts'

const atLeast = (ratio: number): Aim => ({ of: 'ratio', is: ratio })

/** Answers of the server itself, for the handler that has none. */
async function recordAnswers(port: number): Promise<string[]> {
  const answers: string[] = []
  for (let i = 0; i < 50; i++) {
    const repository = 1 + ((i * 37) % REPOSITORIES)
    const subjects = Array.from({ length: 100 }, (_, n) =>
      subjectOf(repository, ((n * 7 + i) % NUMBERS) + 1),
    )
    const response = await fetch(`http://127.0.0.1:${port}/v1/scores`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ subjects }),
    })
    answers.push(await response.text())
  }
  return answers
}

async function benchScores(send: Send, children: ChildProcess[], port: number) {
  const limit = await forked('limit.ts', children)
  const answers = await recordAnswers(port)
  const limitPort = await ask<number>(limit, { kind: 'scores', answers } satisfies Limit)
  const load = { kind: 'scores', connections: 32 } as const
  // Every subject of the table is asked for once: what is measured below is all of it, from memory.
  const all = (REPOSITORIES * NUMBERS) / 100
  const cold = await send({ ...load, port, requests: all })
  const rates = await inTurns(
    () => send({ ...load, port, seconds: SECONDS }),
    () => send({ ...load, port: limitPort, seconds: SECONDS }),
  )
  return [
    // The same lists again and again, as people open the same pages; nothing changes meanwhile.
    resultOf('scores, 100 a request, of 1M', 'requests/s', rates.ours, rates.limits, atLeast(0.8)),
    resultOf(
      'the same, each read for the first time',
      'requests/s',
      [cold.requests / cold.seconds],
      rates.limits,
    ),
  ]
}

/**
 * The limit's writer answers on the thread that asks it. Ours has a thread of its own, so that reading goes on
 * while the disk is waited for; what it costs to go there and back is a cost of ours, and counted as one.
 */
async function benchVotes(send: Send, children: ChildProcess[], file: string, port: number) {
  const limit = await forked('limit.ts', children)
  const limitPort = await ask<number>(limit, { kind: 'votes', file } satisfies Limit)
  const results: BenchResult[] = []
  for (const [connections, aim] of [
    [64, atLeast(0.85)],
    [256, atLeast(0.95)],
  ] as const) {
    const load = { kind: 'votes', connections, seconds: SECONDS } as const
    await send({ ...load, port, seconds: 0.5 })
    await send({ ...load, port: limitPort, seconds: 0.5 })
    const rates = await inTurns(
      () => send({ ...load, port }),
      () => send({ ...load, port: limitPort }),
    )
    results.push(
      resultOf(
        `votes, 1 a request, ${connections} in flight`,
        'requests/s',
        rates.ours,
        rates.limits,
        aim,
      ),
    )
  }
  limit.kill()
  return results
}

/** Votes in one transaction: the votes cast since, by when they were accepted. */
async function batchSince(file: string, seq: number): Promise<number> {
  const db = createClient({ url: `file:${file}`, concurrency: 1, timeout: 5000 })
  const { rows } = await db.execute({
    sql: 'SELECT count(*) * 1.0 / count(DISTINCT accepted_at) AS batch FROM log WHERE seq > ?',
    args: [seq],
  })
  db.close()
  return Math.round(Number(rows[0]?.batch))
}

async function lastSeq(file: string): Promise<number> {
  const db = createClient({ url: `file:${file}`, concurrency: 1, timeout: 5000 })
  const { rows } = await db.execute('SELECT max(seq) AS seq FROM log')
  db.close()
  return Number(rows[0]?.seq)
}

async function benchTens(send: Send, children: ChildProcess[], file: string, port: number) {
  const limit = await forked('limit.ts', children)
  const copy = await seededCopy()
  await ask(limit, { kind: 'rows', file: copy.file } satisfies Limit)
  const load = { kind: 'votes', votes: 10, connections: 64, port } as const
  const from = await lastSeq(file)
  await send({ ...load, seconds: 1 })
  const batch = await batchSince(file, from)
  const [ours, limits]: [number[], number[]] = [[], []]
  for (let round = 0; round < ROUNDS; round++) {
    limits.push(await ask<number>(limit, { batch, seconds: SECONDS } satisfies Turn))
    const { requests, seconds } = await send({ ...load, seconds: SECONDS })
    ours.push((10 * requests) / seconds)
  }
  limit.kill()
  copy.remove()
  console.log(`about ${batch} votes a transaction`)
  return resultOf('votes, 10 a request, 64 in flight', 'votes/s', ours, limits, atLeast(0.75))
}

/** Pages of scores for somebody signed in, from the database, while votes arrive and while none do. */
async function benchReadsUnderWrites(
  send: Send,
  children: ChildProcess[],
  port: number,
): Promise<BenchResult> {
  const sendVotes = await startClient(children)
  const reads = {
    kind: 'scores',
    connections: 4,
    token: tokenOf(1),
    port,
    seconds: SECONDS,
  } as const
  const votes = { kind: 'votes', connections: 32, port, seconds: SECONDS + 0.5 } as const
  const rates = await inTurns(
    async () => {
      const writing = sendVotes(votes)
      const read = await send(reads)
      await writing
      return read
    },
    () => send(reads),
  )
  return resultOf(
    'scores read while 32 people vote without pause (limit: while nobody votes)',
    'requests/s',
    rates.ours,
    rates.limits,
    atLeast(0.5),
  )
}

async function benchBytes(): Promise<BenchResult> {
  const bytes = await bytesOfVote()
  return figureOf({
    name: 'a vote on the disk, all indexes included',
    unit: 'bytes',
    ours: [bytes],
    limits: [BYTES],
    better: 'lower',
    aim: { of: 'value', is: BYTES },
  })
}

/** What a vote may take. */
const BYTES = 200

/** Runs all of it; some minutes, and some more when databases have to be made. */
export async function runServerBench(): Promise<BenchResult[]> {
  const children: ChildProcess[] = []
  const { file, remove } = await seededCopy()
  try {
    const send = await startClient(children)
    const port = await startOurs(file, children)
    return [
      ...(await benchScores(send, children, port)),
      ...(await benchVotes(send, children, file, port)),
      await benchTens(send, children, file, port),
      await benchReadsUnderWrites(send, children, port),
      await benchBytes(),
      ...(await benchGrowth(send, children)),
      ...(await benchCrowd()),
    ]
  } finally {
    for (const child of children) child.kill()
    remove()
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(tableOf(await runServerBench()))
}
