import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { HttpBindings } from '@hono/node-server'
import type { Context as Call } from 'hono'

/** A request's headers by lower-case name, as Node has them anyway: asking Hono for each costs more. */
export function headersOf(call: Call): IncomingHttpHeaders {
  const incoming = incomingOf(call)
  return incoming ? incoming.headers : Object.fromEntries(call.req.raw.headers)
}

/** The path and query that are asked for, as they came. */
export function addressOf(call: Call): string {
  return incomingOf(call)?.url ?? call.req.url
}

/** Node's own request and response; undefined in a program that calls the application without a server. */
export const incomingOf = (call: Call): IncomingMessage | undefined => bindingsOf(call).incoming
export const outgoingOf = (call: Call): ServerResponse | undefined => bindingsOf(call).outgoing

// node-server speaks HTTP/2 too, which is not served here.
const bindingsOf = (call: Call) => (call.env ?? {}) as Partial<HttpBindings>
