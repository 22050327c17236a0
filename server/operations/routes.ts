/** The doors for whoever runs the server. */
import type { Context as Call } from 'hono'
import { Problem } from '#shared/problem'
import { tokenOf } from '../http/authorization.ts'
import type { Context } from '../context.ts'
import { isDirectlyFromHere } from '../http/directly-from-here.ts'
import { json, plainText } from '../http/replies.ts'
import type { Route } from '../http/route.ts'
import { isSameSecret } from '../http/same-secret.ts'
import { readiness } from '../services/readiness.ts'
import { log } from './log.ts'

export function operationsRoutes(context: Context): Route[] {
  const ready = readyOnce(context)
  return [
    { method: 'GET', path: '/healthz', answer: (call) => plainText(call, 'ok\n') },
    {
      method: 'GET',
      path: '/readyz',
      async answer(call) {
        const parts = await ready()
        return json(call, parts, parts.ready ? 200 : 503)
      },
    },
    {
      method: 'GET',
      path: '/metrics',
      async answer(call) {
        checkLooker(call, context)
        return plainText(call, await context.metrics.text(), 'text/plain; version=0.0.4')
      },
    },
  ]
}

/** How long an answer about readiness holds, in milliseconds: finding out takes a wait for the disk. */
const HOLDS = 500

function readyOnce(context: Context) {
  let last: { at: number; parts: ReturnType<typeof look> } | undefined
  let wasReady = true

  async function look() {
    const parts = await readiness(context)
    const ready = Object.values(parts).every(Boolean)
    if (!ready && wasReady)
      log('warn', 'not-ready', 'A part of the server does not answer.', { ...parts })
    wasReady = ready
    return { ready, ...parts }
  }

  return () => {
    if (!last || Math.abs(context.now() - last.at) >= HOLDS)
      last = { at: context.now(), parts: look() }
    return last.parts
  }
}

/** Numbers tell how much is going on: they are for this machine, or for who has the token. */
function checkLooker(call: Call, { metricsToken }: Context): void {
  const isAllowed =
    metricsToken === undefined
      ? isDirectlyFromHere(call)
      : isSameSecret(tokenOf(call) ?? '', metricsToken)
  if (isAllowed) return
  throw new Problem(
    'forbidden',
    metricsToken === undefined
      ? 'The numbers are for this machine. FORGEMOOT_METRICS_TOKEN lets others have them.'
      : 'The numbers need FORGEMOOT_METRICS_TOKEN, as Authorization: Bearer.',
  )
}
