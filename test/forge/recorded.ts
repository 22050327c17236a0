/** Answers of GitHub's API that others recorded, and how to be answered with them. */
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

/** A request and its answer, as nock writes them down. */
export interface Recorded {
  method: string
  /** With its query. */
  path: string
  status: number
  /** In what changes was left out of; */
  headers?: Record<string, string | number>
  /** and as they came, names and values in turns. */
  rawHeaders?: string[]
  response: unknown
}

const { resolve } = createRequire(import.meta.url)

/** Every recording, by the name of its scenario: as it was recorded, and with what changes left out. */
export function recordings(): Map<string, Recorded[]> {
  const folder = path.join(path.dirname(resolve('@octokit/fixtures')), 'scenarios/api.github.com')
  const found = new Map<string, Recorded[]>()
  for (const scenario of readdirSync(folder)) {
    for (const kind of ['raw', 'normalized']) {
      const text = readFileSync(path.join(folder, scenario, `${kind}-fixture.json`), 'utf8')
      found.set(`${scenario}, ${kind}`, JSON.parse(text) as Recorded[])
    }
  }
  return found
}

export const isGet = ({ method }: Recorded) => method.toLowerCase() === 'get'

/** Answers with what was recorded for an address, and refuses what was not. */
export function replay(recorded: readonly Recorded[]): typeof fetch {
  return async (input) => {
    const { pathname, search } = new URL(String(input))
    const known = recorded.find((one) => isGet(one) && one.path === pathname + search)
    if (!known) throw new Error(`not recorded: ${pathname}${search}`)
    const { status, response } = known
    return new Response(JSON.stringify(response), { status, headers: headersOf(known) })
  }
}

/** Those that speak of the body's bytes speak of others. */
const OF_BYTES = new Set(['content-length', 'content-encoding', 'transfer-encoding'])

function headersOf({ headers = {}, rawHeaders = [] }: Recorded): [string, string][] {
  const raw = rawHeaders.flatMap((name, at) =>
    at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? ''] as const] : [],
  )
  return [...Object.entries(headers), ...raw]
    .map(([name, value]): [string, string] => [name, String(value)])
    .filter(([name]) => !OF_BYTES.has(name.toLowerCase()))
}

type Body = Record<string, unknown>

/** Every object in a body, itself included, that has all these members. */
export function bodiesWith(body: unknown, ...members: string[]): Body[] {
  if (Array.isArray(body)) return body.flatMap((one) => bodiesWith(one, ...members))
  if (typeof body !== 'object' || body === null) return []
  const inside = Object.values(body).flatMap((one) => bodiesWith(one, ...members))
  return members.every((name) => name in body) ? [body as Body, ...inside] : inside
}
