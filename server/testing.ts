/** A real server for tests: a database of its own, a port of its own. */
import { createClient, type Client } from '@libsql/client'
import type { SessionReply } from '#shared/api/sign-in'
import type { VotesReply } from '#shared/api/votes'
import type { Clock } from './clock.ts'
import { configFrom } from './config.ts'
import type { Context } from './context.ts'
import { isFile } from './db/open.ts'
import type { ItemFacts } from './forge-facts.ts'
import { startServer } from './start.ts'
import { databaseAt } from './testing-database.ts'

export interface Asked {
  method?: string
  token?: string | undefined
  /** Sent as JSON, or as it is when it is a string. */
  body?: unknown
  headers?: Record<string, string>
}

export interface Answered {
  status: number
  headers: Headers
  body: unknown
}

export interface TestServer {
  address: string
  /** The path that its database goes by, and where that is. */
  file: string
  url: string
  ask(path: string, asked?: Asked): Promise<Answered>
  /** A session for a login; its token. */
  signIn(login: string): Promise<string>
  cast(token: string, votes: unknown[]): Promise<VotesReply['results']>
  /** The server's own writer, for what an import would tell it. */
  writer: Context['writer']
  setUp: string | undefined
  /** A connection of its own, for looking and for meddling. */
  open(): Client
  stop(): Promise<void>
}

/** Starts a server on the database that goes by `file`. */
export async function startTestServer(
  file: string,
  environment: Record<string, string> = {},
  reach?: typeof fetch,
  clock?: Clock,
): Promise<TestServer> {
  const url = await databaseAt(file)
  const config = configFrom({
    PORT: '0',
    FORGEMOOT_DATABASE_URL: url,
    ...environment,
  })
  const server = await startServer(config, '0.0.0', reach, clock)
  const ask = askerOf(server.address)
  return {
    address: server.address,
    file,
    url,
    ask,
    async signIn(login) {
      const { body } = await ask('/auth/local', { body: { login } })
      return (body as SessionReply).token
    },
    async cast(token, votes) {
      const { body } = await ask('/v1/votes', { token, body: { votes } })
      return (body as VotesReply).results
    },
    writer: server.writer,
    setUp: server.setUp,
    open: () => createClient({ url, ...(isFile(url) && { concurrency: 1, timeout: 5000 }) }),
    stop: () => server.stop(),
  }
}

/** Asks a server and reads JSON where there is some. */
export function askerOf(address: string) {
  return async (path: string, { method, token, body, headers }: Asked = {}): Promise<Answered> => {
    const response = await fetch(address + path, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = /json/.test(response.headers.get('content-type') ?? '')
    return {
      status: response.status,
      headers: response.headers,
      body: isJson ? JSON.parse(text) : text,
    }
  }
}

/** A vote that can be accepted, but for what `over` says. */
export function aVote(over: Record<string, unknown> = {}) {
  return {
    id: crypto.randomUUID(),
    subject: 'github.com/numpy/numpy#45',
    value: 1,
    castAt: Date.now(),
    ...over,
  }
}

/** What a forge says about an issue, but for what `over` says. */
export const anItem = (over: Partial<ItemFacts> = {}): ItemFacts => ({
  number: 1,
  kind: 'issue',
  state: 'open',
  title: 'Plant trees',
  author: null,
  labels: [],
  comments: 0,
  openedAt: 1000,
  updatedAt: 2000,
  closedAt: null,
  mergedAt: null,
  isHome: null,
  isDraft: false,
  reactions: {},
  closes: [],
  ...over,
})
