/** What a person may see, take along and end of their own. */
import { Problem } from '#shared/problem'
import { callerNeeded } from './authorization.ts'
import type { Context } from '../context.ts'
import { json, noContent } from './replies.ts'
import type { Route } from './route.ts'
import { endAllSessions, endSession } from '../services/end-sessions.ts'
import { exportPerson } from '../services/export-person.ts'
import { forgetPerson } from '../services/forget-person.ts'
import { listSessions } from '../services/list-sessions.ts'

export function personRoutes(context: Context): Route[] {
  return [
    {
      method: 'GET',
      path: '/v1/sessions',
      answer: async (call) =>
        json(call, await listSessions(context, await callerNeeded(call, context))),
    },
    {
      method: 'DELETE',
      path: '/v1/sessions',
      async answer(call) {
        await endAllSessions(context, await callerNeeded(call, context))
        return noContent(call)
      },
    },
    {
      method: 'DELETE',
      path: '/v1/sessions/:id',
      async answer(call) {
        const caller = await callerNeeded(call, context)
        await endSession(context, caller, sessionIdOf(call.req.param('id')))
        return noContent(call)
      },
    },
    {
      method: 'GET',
      path: '/v1/me/export',
      answer: async (call) =>
        json(call, await exportPerson(context, await callerNeeded(call, context))),
    },
    {
      method: 'DELETE',
      path: '/v1/me',
      async answer(call) {
        await forgetPerson(context, await callerNeeded(call, context))
        return noContent(call)
      },
    },
  ]
}

function sessionIdOf(text: string | undefined): number {
  if (text !== undefined && /^\d{1,15}$/.test(text)) return Number(text)
  throw new Problem('not-found', 'A session is named by its number.')
}
