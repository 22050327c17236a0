/**
 * How answers leave. Headers are given with the body, as a plain object: node-server then writes both at
 * once, where touching a finished response costs it several times as much. That is also why CORS and the
 * security headers are here and not in a middleware.
 */
import type { ServerResponse } from 'node:http'
import type { Context as Call } from 'hono'
import { type ProblemDocument, PROBLEMS, Problem, problemDocument } from '#shared/problem'
import { headersOf, outgoingOf } from './headers.ts'
import { isExtension } from './admit.ts'
import { fieldsOf, log } from '../operations/log.ts'
import { requestIdOf } from '../operations/watch-requests.ts'
import { readFailure } from '../writer/write-failure.ts'

const EVERYWHERE = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  vary: 'origin',
}

const JSON_HEADERS = { 'content-type': 'application/json', ...EVERYWHERE }

/** What lets an extension read the answer; nothing for anybody else. */
const corsOf = (call: Call) => corsFor(headersOf(call).origin)

function corsFor(origin: string | undefined): Record<string, string> | undefined {
  if (origin === undefined || !isExtension(origin)) return undefined
  return {
    'access-control-allow-origin': origin,
    'access-control-expose-headers': 'date, retry-after, www-authenticate, x-request-id',
  }
}

/** JSON text, as it is. */
export function jsonText(
  call: Call,
  text: string | Uint8Array<ArrayBuffer>,
  status = 200,
): Response {
  const cors = corsOf(call)
  return new Response(text, { status, headers: cors ? { ...JSON_HEADERS, ...cors } : JSON_HEADERS })
}

/** JSON by Node's own means. All headers at once: those that were set before would each be gathered again. */
export function sendJson(
  response: ServerResponse,
  bytes: Uint8Array,
  origin: string | undefined,
): void {
  response.writeHead(200, {
    ...JSON_HEADERS,
    ...corsFor(origin),
    'x-request-id': requestIdOf(response) ?? '',
    'content-length': bytes.length,
  })
  response.end(bytes)
}

/** Room for one answer; the largest that is worth writing this way. */
const ROOM = 128 * 1024
const spare: Buffer<ArrayBuffer>[] = []

/**
 * JSON that `write` puts into memory that was used for an answer before, and so is in the processor's
 * cache; it says where it ends, or undefined to leave it. The memory is free again when the answer is out.
 */
export function jsonBytes(
  call: Call,
  write: (into: Buffer) => number | undefined,
): Response | undefined {
  const room = spare.pop() ?? Buffer.allocUnsafeSlow(ROOM)
  const end = write(room)
  const outgoing = outgoingOf(call)
  if (end !== undefined && outgoing) outgoing.once('close', () => spare.push(room))
  else if (end === undefined) spare.push(room)
  return end === undefined ? undefined : jsonText(call, room.subarray(0, end))
}

export const json = (call: Call, body: unknown, status = 200) =>
  jsonText(call, JSON.stringify(body), status)

export function plainText(call: Call, text: string, type = 'text/plain'): Response {
  const headers = { ...EVERYWHERE, ...corsOf(call), 'content-type': `${type}; charset=utf-8` }
  return new Response(text, { headers })
}

/** A page for a person, under a policy of its own. */
export function htmlPage(html: string, policy: string, status = 200): Response {
  const headers = {
    ...EVERYWHERE,
    'content-security-policy': policy,
    'content-type': 'text/html; charset=utf-8',
    // Its address may hold what opens it.
    'referrer-policy': 'no-referrer',
  }
  return new Response(html, { status, headers })
}

export function noContent(call: Call, more?: Record<string, string>): Response {
  return new Response(null, { status: 204, headers: { ...EVERYWHERE, ...corsOf(call), ...more } })
}

/** Headers that a problem's status asks for. */
const WITH: Partial<Record<string, Record<string, string>>> = {
  401: { 'www-authenticate': 'Bearer' },
  503: { 'retry-after': '1' },
}

/** A problem; `extra` members travel beside the standard ones. */
export function refusal(
  call: Call | undefined,
  document: ProblemDocument,
  { extra = '', headers = {} }: { extra?: string; headers?: Record<string, string> } = {},
): Response {
  const text = JSON.stringify(document)
  return new Response(extra ? `${text.slice(0, -1)},${extra}}` : text, {
    status: document.status,
    headers: {
      ...EVERYWHERE,
      ...(call && corsOf(call)),
      ...WITH[document.status],
      ...headers,
      'content-type': 'application/problem+json',
    },
  })
}

/** The document for whatever was thrown. What is no problem is a bug: told to the log, not to the client. */
export function documentOf(error: unknown, call?: Call): ProblemDocument {
  const request = requestIdOf(call && outgoingOf(call))
  const known = error instanceof Problem ? error : readFailure(error)
  if (known) {
    if (known.cause !== undefined) {
      const event = known.type === 'busy' ? 'write-failed' : 'forge-failed'
      log('warn', event, known.message, { request, cause: String(known.cause) })
    }
    return known.document
  }
  log('error', 'bug', 'A request met what nobody foresaw.', { request, ...fieldsOf(error) })
  return problemDocument('internal', `${PROBLEMS.internal.title}. It was not your request's fault.`)
}
