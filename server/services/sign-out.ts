import type { Context } from '../context.ts'
import { callerOf } from './caller-of.ts'
import { tokenHashOf } from './token-hash.ts'

/** Ends a session for good. Once this resolves its token opens nothing, after a restart neither. */
export async function signOut(context: Context, token: string): Promise<void> {
  const { sessionId } = await callerOf(context, token)
  await context.writer.run([
    {
      sql: 'UPDATE sessions SET withdrawn_at = ? WHERE id = ? AND withdrawn_at IS NULL',
      args: [context.now(), sessionId],
    },
  ])
  context.sessions.delete(tokenHashOf(token))
}
