/**
 * The API alone, over plain HTTP and from a large repository: what a server's import reads. Answers, limits
 * and entity tags are those of `forge.ts`; addresses in them are this server's.
 */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { apiReply } from './api/api-reply.ts'
import { limitsOf } from './api/limits.ts'
import type { Reply } from './reply.ts'
import { defaultSettings } from './settings.ts'
import { seedMeadow } from './world/meadow.ts'
import { stamp } from './world/stamp.ts'
import type { Repository, Subject, World } from './world/world.ts'

/** What may become of a request. `limited` is the primary limit, for a second; the rest is what it says. */
export type Fault = 'error' | 'truncated' | 'garbled' | 'cut' | 'limited' | 'secondary' | 'silent'

export interface RestRequest {
  path: string
  status: number
  headers: Record<string, string | string[] | undefined>
}

export interface RestForge {
  /** As `http://127.0.0.1:4000`. */
  url: string
  world: World
  /** Every request since the start or since this was emptied. */
  requests: RestRequest[]
  /** What becomes of the n-th request from now, counted from 1. */
  faults(at: Record<number, Fault>): void
  /** Changes an item, whose last change is then later than that of all others. */
  edit(number: number, changes: Partial<Subject>): void
  /** Gives the repository another name; the old one leads to it until somebody takes it. */
  rename(to: string): void
  /** Puts another repository, without items, where there was one before. */
  squat(name: string): void
  close(): Promise<void>
}

export interface RestOptions {
  /** Items of the repository. */
  size?: number
  commits?: number
  port?: number
  /** Answers what is not the API's; undefined for what is. */
  before?: (
    world: World,
  ) => (request: RestQuestion) => Reply | undefined | Promise<Reply | undefined>
  /** Another world than the large repository. */
  world?: World
}

export interface RestQuestion {
  method: string
  url: URL
  headers: IncomingHttpHeaders
  body: string
}

const API = 'https://api.github.com'

export async function startRestForge(options: RestOptions = {}): Promise<RestForge> {
  const world = options.world ?? seedMeadow(options.size ?? 20_000, options.commits)
  const settings = defaultSettings()
  const limits = limitsOf(settings.api)
  const requests: RestRequest[] = []
  let faults = new Map<number, Fault>()
  let asked = 0
  let lastEdit = Math.max(
    ...[...repository().subjects.values()].map(({ updatedAt }) => Date.parse(updatedAt)),
  )

  function repository(): Repository {
    const [first] = world.repositories.values()
    if (!first) throw new Error('there is no repository')
    return first
  }

  const before = options.before?.(world)
  const server = createServer(async (request, response) => {
    const { method = 'GET', headers } = request
    const url = new URL(request.url ?? '/', API)
    let body = ''
    for await (const part of request) body += String(part)
    const other = await before?.({ method, url, headers, body })
    if (other) return void answer(response, ownAddresses(other), undefined)
    const fault = faults.get(++asked)
    const reply = apiReply({ world, limits, failing: fault === 'error', method, url, headers })
    const status = answer(response, ownAddresses(reply), fault)
    requests.push({ path: url.pathname + url.search, status, headers })
  })
  await new Promise<void>((resolve) => {
    server.listen(options.port ?? 0, '127.0.0.1', () => resolve())
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  /** Pages of the forge keep their addresses; what is to be asked next is here. */
  function ownAddresses({ status, headers, body }: Reply): Reply {
    const own = Object.entries(headers).map(([name, value]) => [name, value.replaceAll(API, url)])
    return { status, headers: Object.fromEntries(own), body: body.replaceAll(API, url) }
  }

  return {
    url,
    world,
    requests,
    faults(at) {
      asked = 0
      faults = new Map(Object.entries(at).map(([nth, fault]) => [Number(nth), fault]))
    },
    edit(number, changes) {
      const subject = repository().subjects.get(number)
      if (!subject) throw new Error(`no item ${number}`)
      lastEdit += 1000
      Object.assign(subject, { updatedAt: stamp(lastEdit) }, changes)
    },
    rename(to) {
      const { name, id, subjects } = repository()
      world.moved?.set(name, id)
      world.repositories.set(to, Object.assign(repository(), { name: to }))
      world.repositories.delete(name)
      for (const subject of subjects.values()) subject.repo = to
    },
    squat(name) {
      world.moved?.delete(name)
      const id = 990_001 + world.repositories.size
      const empty = { labels: [], milestones: [], subjects: new Map<number, Subject>() }
      world.repositories.set(name, { name, id, ...empty })
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Answers, as the fault has it; the status that was seen, 0 for none. */
function answer(response: ServerResponse, reply: Reply, fault: Fault | undefined): number {
  switch (fault) {
    case 'silent':
      return 0
    case 'cut':
      response.destroy()
      return 0
    case 'truncated': {
      const length = String(Buffer.byteLength(reply.body))
      response.writeHead(reply.status, { ...reply.headers, 'content-length': length })
      response.write(reply.body.slice(0, reply.body.length / 2), () => response.destroy())
      return reply.status
    }
    case 'garbled':
      response.writeHead(200, reply.headers).end(reply.body.slice(0, reply.body.length / 2))
      return 200
    case 'limited':
    case 'secondary': {
      const body = {
        message: 'API rate limit exceeded',
        documentation_url: 'https://docs.github.com',
      }
      const reset = String(Math.floor(Date.now() / 1000) + 1)
      const headers =
        fault === 'limited'
          ? { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset }
          : { 'retry-after': '1' }
      response.writeHead(403, { 'content-type': 'application/json', ...headers })
      response.end(JSON.stringify(body))
      return 403
    }
    default:
      if (reply.status === 0) return cut(response)
      response.writeHead(reply.status, reply.headers).end(reply.body)
      return reply.status
  }
}

function cut(response: ServerResponse): 0 {
  response.destroy()
  return 0
}
