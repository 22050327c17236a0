/**
 * Pages of a feed: what the size of everything else costs, and how far a page is from the least that an
 * answer of the same bytes takes.
 */
import type { ChildProcess } from 'node:child_process'
import type { FeedReply } from '#shared/api/feed'
import type { SessionReply } from '#shared/api/sign-in'
import { type BenchResult, medianOf, resultOf } from './result.ts'
import { feedPath, feedSeed } from './server/feed-seed.ts'
import type { Limit } from './server/limit.ts'
import { ask, forked, ROUNDS, type Send, startClient, startOurs } from './server/processes.ts'

const SIZES = [10_000, 1_000_000, 10_000_000]

/** Items on the pages that are counted off to a depth. */
const SMALL = 10

/** A page of many subjects takes at most half as long again as one of few. */
const GROWTH = { of: 'ratio', is: 1 / 1.5 } as const

/** Seconds of one turn. */
const TURN = 1

/** Runs all of it; some minutes when the databases are there, some more when they have to be made. */
export async function runFeedBench(): Promise<BenchResult[]> {
  const children: ChildProcess[] = []
  try {
    const send = await startClient(children)
    const servers: { size: number; port: number; token: string; paths: Paths }[] = []
    for (const size of SIZES) {
      const port = await startOurs(await feedSeed(size), children)
      servers.push({ size, port, token: await signIn(port), paths: await pathsOf(port) })
    }
    const rates = new Map<string, number[]>()
    for (let round = 0; round < ROUNDS; round++) {
      for (const { size, port, token, paths } of servers) {
        for (const [name, path] of Object.entries(paths)) {
          const key = `${name} ${size}`
          rates.set(key, [...(rates.get(key) ?? []), await rateOf(send, port, path, token)])
        }
      }
    }
    const ofSize = (name: string, size: number) => rates.get(`${name} ${size}`) ?? []
    const growth = SIZES.slice(1).flatMap((size) => [
      resultOf(
        `first page, of ${size.toLocaleString('en')} (limit: of 10,000)`,
        'pages/s',
        ofSize('first', size),
        ofSize('first', SIZES[0] ?? 0),
        GROWTH,
      ),
      resultOf(
        `page 1,000, of ${size.toLocaleString('en')} (limit: of 10,000)`,
        'pages/s',
        ofSize('deep', size),
        ofSize('deep', SIZES[0] ?? 0),
        GROWTH,
      ),
    ])
    const last = servers.at(-1)
    return [...growth, ...(last ? await againstBare(send, children, last) : [])]
  } finally {
    for (const child of children) child.kill()
  }
}

/** With a session a page is read from the disk each time; without one it may be remembered. */
async function rateOf(send: Send, port: number, path: string, token?: string): Promise<number> {
  const { requests, seconds } = await send({
    kind: 'feed',
    path,
    port,
    ...(token !== undefined && { token }),
    connections: 8,
    seconds: TURN,
  })
  return requests / seconds
}

async function signIn(port: number): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/auth/local`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login: 'bench' }),
  })
  return ((await response.json()) as SessionReply).token
}

interface Paths {
  first: string
  deep: string
}

/** The first page, and the thousandth. */
async function pathsOf(port: number): Promise<Paths> {
  const first = feedPath({ limit: String(SMALL) })
  let deep = first
  for (let page = 1; page < 1000; page++) {
    const { next } = (await (await fetch(`http://127.0.0.1:${port}${deep}`)).json()) as FeedReply
    if (next === null) throw new Error(`the feed ends at page ${page}`)
    deep = feedPath({ limit: String(SMALL), cursor: next })
  }
  return { first, deep }
}

/** A page of 25 as the page in a browser asks for it, against a handler that has the bytes at hand. */
async function againstBare(
  send: Send,
  children: ChildProcess[],
  { port, token }: { port: number; token: string },
): Promise<BenchResult[]> {
  const path = feedPath({ limit: '25' })
  const answer = await (await fetch(`http://127.0.0.1:${port}${path}`)).text()
  const limit = await forked('limit.ts', children)
  const bare = await ask<number>(limit, { kind: 'feed', answer } satisfies Limit)
  const [ours, read, limits]: [number[], number[], number[]] = [[], [], []]
  for (let round = 0; round < ROUNDS; round++) {
    limits.push(await rateOf(send, bare, path))
    ours.push(await rateOf(send, port, path))
    read.push(await rateOf(send, port, path, token))
  }
  console.log(
    `a page of 25 has ${answer.length.toLocaleString('en')} bytes, ${medianOf(ours).toFixed(0)} a second`,
  )
  return [
    resultOf('a page of 25 (limit: a bare handler of the same bytes)', 'pages/s', ours, limits, {
      of: 'ratio',
      is: 0.6,
    }),
    resultOf('the same for somebody signed in, from the disk', 'pages/s', read, limits),
  ]
}
