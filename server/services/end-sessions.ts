import { Problem } from '#shared/problem'
import type { Caller, Context } from '../context.ts'
import type { Statement } from '../writer/writer.ts'

/** Ends one of the caller's own sessions. Its token opens nothing from now on. */
export async function endSession(context: Context, caller: Caller, id: number): Promise<void> {
  const ended = await forgetSessions(context, {
    sql: `UPDATE sessions SET withdrawn_at = ? WHERE id = ? AND person_id = ? AND withdrawn_at IS NULL
      RETURNING token_hash`,
    args: [context.now(), id, caller.personId],
  })
  if (ended === 0)
    throw new Problem('not-found', 'You have no such session, or it is over already.')
}

/** Ends all sessions of the caller, this one included. */
export async function endAllSessions(context: Context, { personId }: Caller): Promise<void> {
  await forgetSessions(context, {
    sql: `UPDATE sessions SET withdrawn_at = ? WHERE person_id = ? AND withdrawn_at IS NULL
      RETURNING token_hash`,
    args: [context.now(), personId],
  })
}

/**
 * Runs a statement whose rows are hashes of tokens, and has the next use of each look into the database
 * again. Returns how many there were.
 */
export async function forgetSessions(
  { writer, sessions }: Context,
  statement: Statement,
): Promise<number> {
  const rows = await writer.run([statement])
  for (const [hash] of rows) sessions.delete(String(hash))
  return rows.length
}
