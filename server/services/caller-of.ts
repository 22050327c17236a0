import { Problem } from '#shared/problem'
import type { Caller, Context } from '../context.ts'
import { tokenHashOf } from './token-hash.ts'

const SESSION = `SELECT s.id, s.expires_at, s.withdrawn_at, p.id AS person_id, p.login, p.forge_id
  FROM sessions s JOIN persons p ON p.id = s.person_id WHERE s.token_hash = ?`

/**
 * Whose session a token opens, and counts it as a request of theirs. `unauthenticated` when it is unknown,
 * withdrawn or over; `too-many` when they ask too often.
 */
export async function callerOf(context: Context, token: string): Promise<Caller> {
  const hash = tokenHashOf(token)
  const caller = context.sessions.get(hash) ?? (await readSession(context, hash))
  if (caller.expiresAt <= context.now()) {
    throw new Problem('unauthenticated', 'Your session is over. Sign in again.')
  }
  context.limits.person(caller.personId)
  return caller
}

async function readSession({ db, sessions, auth }: Context, hash: string): Promise<Caller> {
  const row = (await db.execute({ sql: SESSION, args: [hash] })).rows[0]
  if (!row || row.withdrawn_at !== null) {
    throw new Problem('unauthenticated', 'This session is not known, or was ended. Sign in again.')
  }
  if (row.forge_id === null && auth === 'github') {
    throw new Problem(
      'unauthenticated',
      'This server signs in with GitHub now, and a login alone proves nothing. Sign in again.',
    )
  }
  const caller: Caller = {
    personId: Number(row.person_id),
    login: String(row.login),
    sessionId: Number(row.id),
    expiresAt: Number(row.expires_at),
  }
  sessions.set(hash, caller)
  return caller
}
