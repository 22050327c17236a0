/**
 * Scores that were asked for in the same words before, and are still the same, leave without anything between
 * Node and their bytes: whoever opens a list page asks for them, and nothing is asked more often. Who asks for
 * others goes by the application's doors as ever, with the body that was read meanwhile; who asks with a session,
 * in any unusual way, or too much, goes there unread.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { LIMITS } from '#shared/api/limits'
import type { Context } from '../context.ts'
import { cameTo, type Door } from '../operations/watch-requests.ts'
import { isAdmitted } from './admit.ts'
import { keepBody } from './read-ahead.ts'
import { sendJson } from './replies.ts'
import { networkOfSender } from './sender.ts'

export const SCORES = { method: 'POST', path: '/v1/scores' } as const satisfies Door

/** Answers a request at once, or hands it on to `next`. */
export type AtOnce = (request: IncomingMessage, response: ServerResponse, next: () => void) => void

export function answersAtOnce(context: Context): AtOnce {
  const { answers, limits, proxies } = context
  if (!answers.remembers) return (_request, _response, next) => next()
  return (request, response, next) => {
    // Counted before anything of it is read, as everywhere.
    if (!isPlain(request, context) || !limits.tryTake(networkOfSender(request, proxies)))
      return next()
    cameTo(SCORES, response)
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const [first] = parts
      const body = first && parts.length === 1 ? first : Buffer.concat(parts)
      // What is remembered is ASCII through and through, which is the same in both encodings; this one is quicker.
      const known = answers.get(body.toString('latin1'))
      if (known) return sendJson(response, known, request.headers.origin)
      keepBody(request, body)
      next()
    })
  }
}

/** A name and a port that no parser of addresses refuses. */
const HOST = /^[a-z\d](?:[a-z\d.-]*[a-z\d])?(?::[1-5]?\d{1,4})?$/i

/** Whether a request may be for scores, from somebody without a session, and has nothing unusual about it. */
function isPlain({ method, url, headers }: IncomingMessage, { auth }: Context): boolean {
  return (
    url === SCORES.path &&
    method === SCORES.method &&
    headers.authorization === undefined &&
    headers['content-type'] === 'application/json' &&
    Number(headers['content-length']) <= LIMITS.body &&
    HOST.test(headers.host ?? '') &&
    isAdmitted(headers, method, auth)
  )
}
