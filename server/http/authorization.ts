/** Which session a request is made with. */
import type { Context as Call } from 'hono'
import { Problem } from '#shared/problem'
import type { Caller, Context } from '../context.ts'
import { headersOf } from './headers.ts'
import { callerOf } from '../services/caller-of.ts'

/** The token that a request carries; undefined when it carries none. */
export function tokenOf(call: Call): string | undefined {
  const { authorization } = headersOf(call)
  if (authorization === undefined) return undefined
  const token = /^bearer +([\w~+/.=-]{1,200})$/i.exec(authorization)?.[1]
  if (token !== undefined) return token
  throw new Problem(
    'unauthenticated',
    'The Authorization header should read: Bearer, then the token.',
  )
}

export function tokenNeeded(call: Call): string {
  const token = tokenOf(call)
  if (token !== undefined) return token
  throw new Problem('unauthenticated', 'This needs a session. Sign in first.')
}

export const callerNeeded = (call: Call, context: Context): Promise<Caller> =>
  callerOf(context, tokenNeeded(call))
