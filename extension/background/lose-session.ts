import { changeReader } from './change-reader.ts'
import type { Context } from './context.ts'
import { doubtAbout } from './refresh-about.ts'
import { forgetSession } from './session.ts'

/** A session that the server does not know any more. */
const ENDED = 'The server ended the session. Sign in again.'

/**
 * Forgets the session that a server refused, and tells. Nothing happens when the reader has another one
 * by now: the refusal was on its way while they signed in. Returns whether it was forgotten.
 */
export async function loseSession(
  context: Context,
  server: string,
  token: string,
): Promise<boolean> {
  let isLost = false
  await changeReader(context, async () => {
    isLost = await forgetSession(context.store, server, token, ENDED)
    // It may be over because people sign in another way now.
    if (isLost) await doubtAbout(context)
  })
  if (isLost) await context.tell('statusChanged', undefined)
  return isLost
}
