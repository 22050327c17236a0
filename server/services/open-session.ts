import type { SessionReply } from '#shared/api/sign-in'
import type { Context } from '../context.ts'
import type { Statement } from '../writer/writer.ts'
import { newToken, tokenHashOf } from './token-hash.ts'

/** How long a session lasts, in milliseconds. */
export const SESSION_LASTS = 90 * 86_400_000

/** Which person a session is for: what makes sure of their row, and what finds it. */
export interface SignedIn {
  ensure: Statement
  /** A query for `id` and `login` of one person. */
  find: Statement
}

/** Opens a session for a person, whichever way they proved who they are. */
export async function openSession(
  { writer, now }: Context,
  { ensure, find }: SignedIn,
): Promise<SessionReply> {
  const token = newToken()
  const at = now()
  const expiresAt = at + SESSION_LASTS
  const [person] = await writer.run([
    ensure,
    {
      sql: `INSERT INTO sessions (person_id, token_hash, created_at, expires_at)
        SELECT id, ?, ?, ? FROM (${find.sql})`,
      args: [tokenHashOf(token), at, expiresAt, ...find.args],
    },
    find,
  ])
  return { token, person: { id: Number(person?.[0]), login: String(person?.[1]) }, expiresAt }
}
