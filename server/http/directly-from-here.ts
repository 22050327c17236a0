import type { Context as Call } from 'hono'
import { headersOf, incomingOf } from './headers.ts'
import { isLoopback } from '../loopback.ts'

const PASSED_ON = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via']

/**
 * Whether a request comes from a program on this machine, and not through a proxy on it. A proxy that
 * says nothing about itself cannot be told from that; README has what to do about it.
 */
export function isDirectlyFromHere(call: Call): boolean {
  const headers = headersOf(call)
  const from = incomingOf(call)?.socket.remoteAddress?.replace(/^::ffff:/, '') ?? ''
  const isPassedOn = PASSED_ON.some((name) => headers[name] !== undefined)
  return !isPassedOn && isLoopback(from) && isLoopback(headers.host ?? '')
}
