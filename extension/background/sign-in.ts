import { changeReader } from './change-reader.ts'
import type { Context } from './context.ts'
import { followRename } from './follow-rename.ts'
import { forgetBackoff } from './outbox.ts'
import { readSettings } from './own-settings.ts'
import { noteSignIn } from './refresh-about.ts'
import { askSession, endSession, valueOfReply } from './server.ts'
import { forgetSession, keepSession, serverAt, sessionAt } from './session.ts'
import type { SessionReply } from '#shared/api/sign-in'
import { Problem } from '#shared/problem'

/** Signs in at the present server. */
export async function signInLocally(context: Context, login: string): Promise<void> {
  const { server } = await readSettings(context)
  if (server === undefined) throw new Problem('invalid', 'Set a server first.')
  const reply = await askSession(serverAt(context, server, undefined), login)
  await noteSignIn(context, server, reply)
  await takeSession(context, server, valueOfReply(reply))
}

/** Makes somebody the reader who proved to a server who they are. */
export async function takeSession(
  context: Context,
  server: string,
  { token, person, expiresAt }: SessionReply,
): Promise<void> {
  await changeReader(context, async () => {
    if (person.id !== undefined)
      await followRename(context.store, server, { id: person.id, login: person.login })
    await keepSession(context.store, server, { token, login: person.login, expiresAt })
  })
  await forgetBackoff(context.store)
}

/** Forgets the session at the present server, which is told. Votes that wait for it go on waiting. */
export async function signOut(context: Context): Promise<void> {
  const { store, now } = context
  const { server } = await readSettings(context)
  const session = await sessionAt(store, server, now())
  if (server === undefined || !session) return
  await changeReader(context, () => forgetSession(store, server, session.token))
  // The reader is signed out here even if the server cannot be told.
  context.later(endSession(serverAt(context, server, session)))
}
