/** The server's HTTP side, put together: who may knock, which doors there are, what is said at the wrong one. */
import { Hono, type Context as Call } from 'hono'
import { Problem } from '#shared/problem'
import type { Context } from '../context.ts'
import { headersOf, outgoingOf } from './headers.ts'
import { admit, isExtension } from './admit.ts'
import { cameTo } from '../operations/watch-requests.ts'
import { bodyAhead } from './read-ahead.ts'
import { documentOf, noContent, refusal } from './replies.ts'
import { routesOf } from './routes.ts'
import { senderOf } from './sender.ts'

/**
 * The application. Every door has exactly one handler and no middleware stands before it: that keeps Hono
 * and node-server on their fast path.
 */
export function createApp(context: Context): Hono {
  const app = new Hono()
  const routes = routesOf(context)
  for (const door of routes) {
    const { method, path, answer } = door
    const cost = COSTS[`${method} ${path}`] ?? 1
    app.on(method, path, (call) => {
      cameTo(door, outgoingOf(call))
      admit(headersOf(call), call.req.method, context.auth)
      // What was read ahead was counted before that.
      if (cost && !bodyAhead(call)) context.limits.address(senderOf(call, context.proxies), cost)
      return answer(call)
    })
  }
  app.options('*', (call) => preflight(call))
  app.notFound((call) =>
    refusal(call, documentOf(nothingHere(call), call), { headers: allowed(call) }),
  )
  app.onError((error, call) => refusal(call, documentOf(error, call), { headers: retryOf(error) }))

  const patterns = routes.map(({ method, path }) => ({
    method,
    pattern: new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`),
  }))

  function methodsAt(path: string) {
    return patterns.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method)
  }

  function nothingHere(call: Call) {
    return methodsAt(call.req.path).length
      ? new Problem('method-not-allowed', 'Use one of the methods in the Allow header.')
      : new Problem('not-found', 'This address leads nowhere. /openapi.json lists those that do.')
  }

  function allowed(call: Call): Record<string, string> {
    const methods = methodsAt(call.req.path)
    return methods.length ? { allow: [...methods, 'OPTIONS'].join(', ') } : {}
  }

  return app
}

/**
 * What a request costs its address where that is not 1. What is asked by whoever watches over the server is
 * never refused; what makes the server ask GitHub, or write for somebody whom it does not know, costs more.
 */
const COSTS: Readonly<Record<string, number>> = {
  'GET /healthz': 0,
  'GET /readyz': 0,
  'GET /metrics': 0,
  'POST /auth/local': 10,
  'POST /auth/github': 10,
  'POST /auth/github/device': 10,
  'GET /setup': 10,
  'GET /setup/done': 10,
  'GET /v1/me/export': 30,
  'POST /v1/imports': 30,
}

/** When to come back, where a refusal knows. */
function retryOf(error: unknown): Record<string, string> {
  const seconds = error instanceof Problem ? error.retryAfter : undefined
  return seconds === undefined ? {} : { 'retry-after': String(seconds) }
}

const PREFLIGHT = {
  'access-control-allow-methods': 'GET, POST, DELETE',
  'access-control-allow-headers': 'authorization, content-type',
  'access-control-max-age': '7200',
}

function preflight(call: Call): Response {
  const { origin } = headersOf(call)
  return noContent(call, origin !== undefined && isExtension(origin) ? PREFLIGHT : {})
}
