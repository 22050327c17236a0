import type { SessionReply } from '#shared/api/sign-in'
import { Problem } from '#shared/problem'
import type { Context } from '../context.ts'
import { openSession } from './open-session.ts'

/**
 * Signs in as whoever one says one is; the same login, in whatever case, is the same person. Only for a
 * server that nobody but this machine reaches, which `config` sees to.
 */
export async function signInLocally(context: Context, login: string): Promise<SessionReply> {
  if (context.auth !== 'local')
    throw new Problem('forbidden', 'This server does not believe a login: sign in with GitHub.')
  const [host] = context.forges
  return openSession(context, {
    ensure: {
      sql: `INSERT INTO persons (host, login, created_at) VALUES (?, ?, ?)
        ON CONFLICT DO NOTHING`,
      args: [host, login, context.now()],
    },
    find: {
      sql: `SELECT id, login FROM persons
        WHERE host = ? AND lower(login) = lower(?) AND forge_id IS NULL AND forgotten_at IS NULL`,
      args: [host, login],
    },
  })
}
