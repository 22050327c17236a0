/**
 * Bodies that were read before it was known who would answer, at most as long as any may be. Their requests are
 * counted and admitted.
 */
import type { IncomingMessage } from 'node:http'
import type { Context as Call } from 'hono'
import { incomingOf } from './headers.ts'

const bodies = new WeakMap<IncomingMessage, Buffer>()

export function keepBody(request: IncomingMessage, body: Buffer): void {
  bodies.set(request, body)
}

/** The body of a request if it was read ahead. */
export function bodyAhead(call: Call): Buffer | undefined {
  const incoming = incomingOf(call)
  return incoming && bodies.get(incoming)
}
