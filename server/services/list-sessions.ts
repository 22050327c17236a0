import type { SessionsReply } from '#shared/api/sign-in'
import type { Caller, Context } from '../context.ts'

/** The caller's open sessions, newest first. */
export async function listSessions({ db, now }: Context, caller: Caller): Promise<SessionsReply> {
  const { rows } = await db.execute({
    sql: `SELECT id, created_at, expires_at FROM sessions
      WHERE person_id = ? AND withdrawn_at IS NULL AND expires_at > ? ORDER BY id DESC`,
    args: [caller.personId, now()],
  })
  return {
    sessions: rows.map((row) => ({
      id: Number(row.id),
      createdAt: Number(row.created_at),
      expiresAt: Number(row.expires_at),
      current: Number(row.id) === caller.sessionId,
    })),
  }
}
