/** Where the forge tells what happened. Whoever cannot sign what they say is not heard. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Context as Call } from 'hono'
import { Problem } from '#shared/problem'
import type { Context } from '../context.ts'
import { headersOf } from './headers.ts'
import { json } from './replies.ts'
import { takeNews } from '../services/take-news.ts'
import { checkJson, takeBytes } from './take.ts'

/** Bytes. GitHub sends up to 25 MB; what has to do with issues is a hundredth of this. */
const LONGEST = 2 * 1024 * 1024

export async function answerDelivery(call: Call, context: Context): Promise<Response> {
  checkJson(call)
  const body = await takeBytes(call, LONGEST)
  const signature = checkedSignature(call, body, context.webhookSecret())
  // Which event it is, is not under the signature, but decides only which shape the body has to have.
  const event = String(headersOf(call)['x-github-event'] ?? '')
  const news = context.forge.news({ event, body: body.toString() })
  const taken = await takeNews(context, signature, news)
  return json(call, { taken }, 202)
}

/** The signature, if it is the body's. Compared in a time that does not tell how much of it is right. */
function checkedSignature(call: Call, body: Buffer, secret: string | undefined): string {
  const given = /^sha256=([\da-f]{64})$/.exec(
    String(headersOf(call)['x-hub-signature-256'] ?? ''),
  )?.[1]
  const due = createHmac('sha256', secret ?? '')
    .update(body)
    .digest()
  const isRight =
    secret !== undefined && given !== undefined && timingSafeEqual(Buffer.from(given, 'hex'), due)
  if (isRight) return given
  throw new Problem(
    'unauthenticated',
    secret === undefined
      ? 'This server has no secret to know GitHub by. Its operator can set FORGEMOOT_GITHUB_WEBHOOK_SECRET.'
      : 'X-Hub-Signature-256 is not the signature of this body under our secret.',
  )
}
