import type { IncomingHttpHeaders } from 'node:http'
import type { HttpBindings } from '@hono/node-server'
import type { Context as Call } from 'hono'

/** A request's headers by lower-case name, as Node has them anyway: asking Hono for each costs more. */
export function headersOf(call: Call): IncomingHttpHeaders {
  const incoming = (call.env as Partial<HttpBindings> | undefined)?.incoming
  return incoming ? incoming.headers : Object.fromEntries(call.req.raw.headers)
}

/** The path and query that are asked for, as they came. */
export function addressOf(call: Call): string {
  const { incoming } = (call.env ?? {}) as Partial<HttpBindings>
  return incoming?.url ?? call.req.url
}
