/**
 * What the size of everything else costs: a vote, and a page of scores for somebody signed in, which is read
 * from the database each time. In processor time of the whole server, since that is what there is less of
 * when a table grows; clients and other programs on the machine take none of it.
 */
import type { ChildProcess } from 'node:child_process'
import { type BenchResult, figureOf } from '../result.ts'
import type { Load } from './load.ts'
import { ROUNDS, type Send, startOurs } from './processes.ts'
import { NUMBERS, seededCopy, tokenOf } from './seed.ts'

/** Repositories; subjects are a thousand times as many. The first is what the others are compared with. */
const SIZES = [10, 1000, 10_000]

const LOADS = {
  vote: { kind: 'votes', connections: 64, requests: 2000 },
  'page of 100 scores': { kind: 'scores', connections: 8, requests: 150, token: tokenOf(1) },
} as const satisfies Record<string, Omit<Load, 'port'>>

/** Runs all of it; most of the time goes into databases of ten million that are not there yet. */
export async function benchGrowth(send: Send, children: ChildProcess[]): Promise<BenchResult[]> {
  const copies: { remove(): void }[] = []
  const costs = new Map<string, number[]>()
  try {
    const servers: { size: number; port: number }[] = []
    for (const size of SIZES) {
      const copy = await seededCopy(size)
      copies.push(copy)
      servers.push({ size, port: await startOurs(copy.file, children) })
    }
    for (let round = 0; round <= ROUNDS; round++) {
      for (const { size, port } of servers) {
        for (const [name, load] of Object.entries(LOADS)) {
          const cost = await costOf(send, { ...load, port, repositories: size })
          const key = `${name} ${size}`
          // The first round is for the compiler.
          if (round) costs.set(key, [...(costs.get(key) ?? []), cost])
        }
      }
    }
  } finally {
    for (const { remove } of copies) remove()
  }
  const of = (name: string, size: number) => costs.get(`${name} ${size}`) ?? []
  return Object.keys(LOADS).flatMap((name) =>
    SIZES.slice(1).map((size) =>
      figureOf({
        name: `a ${name}, of ${(size * NUMBERS).toLocaleString('en')} subjects (limit: of 10,000)`,
        unit: 'µs of processor',
        ours: of(name, size),
        limits: of(name, SIZES[0] ?? 0),
        better: 'lower',
        aim: { of: 'ratio', is: 1.5 },
      }),
    ),
  )
}

/** Microseconds of processor time that one request takes the server. */
async function costOf(send: Send, load: Load): Promise<number> {
  const before = await processorTimeOf(load.port)
  const { requests } = await send(load)
  return ((await processorTimeOf(load.port)) - before) / requests
}

/** What a server has spent, in microseconds. */
async function processorTimeOf(port: number): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  const seconds = /^process_cpu_seconds_total(?:{.*})? (\S+)$/m.exec(text)?.[1]
  if (seconds === undefined) throw new Error('the server does not say what it has spent')
  return Number(seconds) * 1e6
}
