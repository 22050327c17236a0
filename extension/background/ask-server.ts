import { Problem } from '#shared/problem'
import type { Context } from './context.ts'
import { loseSession } from './lose-session.ts'
import { readSettings } from './own-settings.ts'
import { noteReply } from './refresh-about.ts'
import type { Reply, Server } from './server.ts'
import { serverAt, sessionAt } from './session.ts'
import type { Session } from './store.ts'

/** What a server answered to a reader, and where and as whom they asked. */
export interface Asked<T> {
  value: T
  origin: string
  session: Session | undefined
  /** When it was asked, epoch milliseconds. */
  at: number
}

/** Asks the present server as its reader; throws its problem. A session that it refuses is over. */
export async function askServer<T>(
  context: Context,
  without: string,
  question: (server: Server) => Promise<Reply<T>>,
): Promise<Asked<T>> {
  const { store, now } = context
  const { server: origin } = await readSettings(context)
  if (origin === undefined) throw new Problem('not-found', without)
  const session = await sessionAt(store, origin, now())
  const at = now()
  const server = serverAt(context, origin, session)
  const reply = await question(server)
  await noteReply(context, origin, reply)
  if (!('problem' in reply)) return { value: reply.value, origin, session, at }
  if (reply.status === 401 && server.token !== undefined) {
    await loseSession(context, origin, server.token)
  }
  throw reply.problem
}
