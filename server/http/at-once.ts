/**
 * Scores that were asked for in the same words before, and are still the same, leave without anything between
 * Node and their bytes: whoever opens a list page asks for them, and nothing is asked more often. Who asks with
 * a session, for something else or in any unusual way goes by the application's doors as ever, with the body
 * that was read meanwhile, and is refused there if they have to be.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { LIMITS } from '#shared/api/limits'
import type { Context } from '../context.ts'
import { cameTo, type Door } from '../operations/watch-requests.ts'
import { isLetIn } from './let-in.ts'
import { sendJson } from './replies.ts'
import { networkOfSender } from './sender.ts'
import { keepBody } from './take.ts'

export const SCORES = { method: 'POST', path: '/v1/scores' } as const satisfies Door

/** Answers a request at once, or hands it on to `otherwise`. */
export type AtOnce = (
  request: IncomingMessage,
  response: ServerResponse,
  otherwise: () => void,
) => void

export function answersAtOnce(context: Context): AtOnce {
  return (request, response, otherwise) => {
    if (!isPlain(request, context)) return otherwise()
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const [first] = parts
      const body = first && parts.length === 1 ? first : Buffer.concat(parts)
      // What is remembered is ASCII through and through, which is the same in both encodings; this one is quicker.
      const known = context.answers.get(body.toString('latin1'))
      if (known && context.limits.takes(networkOfSender(request, context.proxies))) {
        cameTo(SCORES, response)
        return sendJson(response, known, request.headers.origin)
      }
      keepBody(request, body)
      otherwise()
    })
  }
}

/** Whether a request may be for scores, from somebody without a session, and has nothing unusual about it. */
function isPlain({ method, url, headers }: IncomingMessage, { auth }: Context): boolean {
  return (
    url === SCORES.path &&
    method === SCORES.method &&
    headers.authorization === undefined &&
    headers['content-type'] === 'application/json' &&
    Number(headers['content-length']) <= LIMITS.body &&
    isLetIn(headers, method, auth)
  )
}
