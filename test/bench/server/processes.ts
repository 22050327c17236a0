/** The processes of a bench: our server, what it is measured against, and who sends the load. */
import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Load, Loaded } from './load.ts'

export const ROUNDS = 5
export const SECONDS = 2

const TSX = ['--import', import.meta.resolve('tsx')]
const pathOf = (file: string) => fileURLToPath(new URL(file, import.meta.url))

/** A process of ours that is ended with the bench. */
export async function forked(file: string, children: ChildProcess[]) {
  const child = fork(pathOf(file), { execArgv: TSX })
  children.push(child)
  return child
}

export async function ask<Reply>(child: ChildProcess, what: object): Promise<Reply> {
  const asked = new AbortController()
  const { signal } = asked
  const ended = once(child, 'exit', { signal }).then(() => {
    throw new Error('a process of the bench ended')
  })
  child.send(what)
  const [reply] = await Promise.race([once(child, 'message', { signal }), ended])
  asked.abort()
  await ended.catch(() => {})
  return reply as Reply
}

export async function startOurs(file: string, children: ChildProcess[]): Promise<number> {
  const child = spawn(process.execPath, [pathOf('../../../server/forgemoot.mjs')], {
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', FORGEMOOT_DATABASE_URL: `file:${file}` },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  const line = String((await once(child.stdout, 'data'))[0])
  return Number(/listens on \S+:(\d+)/.exec(line)?.[1])
}

export type Send = (load: Omit<Load, 'seconds'> & { seconds?: number }) => Promise<Loaded>

/** A process that sends loads. */
export async function startClient(children: ChildProcess[]): Promise<Send> {
  const client = await forked('load.ts', children)
  await once(client, 'message')
  return async (load) => {
    const loaded = await ask<Loaded>(client, load)
    if (loaded.failures) throw new Error(`${loaded.failures} requests failed`)
    return loaded
  }
}

/** Both sides in turns; requests a second of each. */
export async function inTurns(ours: () => Promise<Loaded>, limit: () => Promise<Loaded>) {
  const rates = { ours: [] as number[], limits: [] as number[], slowest: [] as number[] }
  for (let round = 0; round < ROUNDS; round++) {
    const ceiling = await limit()
    rates.limits.push(ceiling.requests / ceiling.seconds)
    const done = await ours()
    rates.ours.push(done.requests / done.seconds)
    rates.slowest.push(done.p99)
  }
  return rates
}
