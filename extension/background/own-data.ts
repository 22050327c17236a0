/** What the reader may see, take along and end of their own at the server. */
import type { PersonExport } from '#shared/api/person'
import type { SessionsReply } from '#shared/api/sign-in'
import { Problem } from '#shared/problem'
import { changeReader } from './change-reader.ts'
import type { Context } from './context.ts'
import { loseSession } from './lose-session.ts'
import { readSettings } from './own-settings.ts'
import { askExport, askSessions, endSessions, forgetMe, type Reply, type Server } from './server.ts'
import { forgetSession, serverAt, sessionAt } from './session.ts'

export const readSessions = async (context: Context): Promise<SessionsReply['sessions']> =>
  (await asReader(context, askSessions)).value.sessions

export const exportMe = async (context: Context): Promise<PersonExport> =>
  (await asReader(context, askExport)).value

export async function endSession(context: Context, id: number): Promise<void> {
  await asReader(context, (server) => endSessions(server, id))
}

/** Ends all sessions of the reader, on whatever device. */
export async function signOutEverywhere(context: Context): Promise<void> {
  const { origin, token } = await asReader(context, (server) => endSessions(server))
  await changeReader(context, () => forgetSession(context.store, origin, token))
}

/**
 * Has the server forget the reader. What was cast as them goes from here, too: on the server it does not
 * stand any more, and what waits would make them known again.
 */
export async function forgetReader(context: Context): Promise<void> {
  const { store } = context
  const { origin, token, login } = await asReader(context, forgetMe)
  const isTheirs = (person: { server: string; login: string } | undefined) =>
    person?.server === origin && person.login === login
  await changeReader(context, async () => {
    await store.transaction('rw', store.votes, store.outbox, store.scores, async () => {
      await store.votes
        .filter(({ person, delivered }) => isTheirs(delivered) || (!delivered && isTheirs(person)))
        .delete()
      await store.outbox.filter(({ person }) => isTheirs(person)).delete()
      await store.scores.filter((score) => score.server === origin).delete()
    })
    await forgetSession(store, origin, token)
  })
}

/** Asks the present server as the reader; what it answered and to whom. */
async function asReader<T>(context: Context, ask: (server: Server) => Promise<Reply<T>>) {
  const { server } = await readSettings(context)
  const session = await sessionAt(context.store, server, context.now())
  if (server === undefined || !session)
    throw new Problem('unauthenticated', 'You are signed out. Sign in first.')
  const { token, login } = session
  const reply = await ask(serverAt(context, server, session))
  if ('value' in reply) return { value: reply.value, origin: server, token, login }
  if (reply.problem.type === 'unauthenticated') await loseSession(context, server, token)
  throw reply.problem
}
