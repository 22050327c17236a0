/** The doors through which what the forge knows comes in. */
import { StartImportSchema } from '#shared/api/imports'
import { Problem } from '#shared/problem'
import { callerNeeded } from './authorization.ts'
import type { Context } from '../context.ts'
import { json } from './replies.ts'
import type { Route } from './route.ts'
import { checkForges } from '../services/check-forges.ts'
import { readImportReply } from '../services/read-import.ts'
import { startImport } from '../services/start-import.ts'
import { shaped, takeJson } from './take.ts'
import { answerDelivery } from './webhook.ts'

export function importRoutes(context: Context): Route[] {
  return [
    {
      method: 'POST',
      path: '/v1/imports',
      async answer(call) {
        await callerNeeded(call, context)
        const { repo } = shaped(StartImportSchema, await takeJson(call))
        checkForges(context, [repo], () => '/repo')
        const started = await startImport(context, repo)
        context.imports.wake()
        return json(call, started, 202)
      },
    },
    {
      method: 'GET',
      path: '/v1/imports/:id',
      async answer(call) {
        await callerNeeded(call, context)
        return json(call, await readImportReply(context, importIdOf(call.req.param('id'))))
      },
    },
    {
      method: 'POST',
      path: '/webhooks/github',
      answer: (call) => answerDelivery(call, context),
    },
  ]
}

function importIdOf(text: string | undefined): number {
  if (text !== undefined && /^\d{1,15}$/.test(text)) return Number(text)
  throw new Problem('not-found', 'An import is named by its number.')
}
