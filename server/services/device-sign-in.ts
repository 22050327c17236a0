/**
 * Signing in with a code that a person enters on the forge's own page (RFC 8628). The code that is worth
 * something stays here; whoever asks holds a handle, of which only the hash is kept.
 */
import type { DeviceReply, SessionReply } from '#shared/api/schema'
import { Problem } from '#shared/problem'
import type { Context } from '../context.ts'
import { clientNeeded, dropExpired } from '../sign-in.ts'
import { signInByToken } from './sign-in-with-github.ts'
import { newToken, tokenHashOf } from './token-hash.ts'

/** People who have a code at the same time; each is a question to the forge that anybody can cause. */
const MOST = 500

/** Asks the forge for a code for somebody to enter. */
export async function startDevice(context: Context): Promise<DeviceReply> {
  const { signIn, now } = context
  const client = clientNeeded(context)
  dropExpired(signIn.devices, now())
  if (signIn.devices.size >= MOST)
    throw new Problem(
      'busy',
      'Too many people are signing in with a code. Try again in a few minutes.',
    )
  const { deviceCode, userCode, verificationUri, lasts, interval } =
    await signIn.forge.startDevice(client)
  const handle = newToken()
  const expiresAt = now() + lasts * 1000
  const wait = interval * 1000
  signIn.devices.set(tokenHashOf(handle), {
    deviceCode,
    interval: wait,
    nextAt: now() + wait,
    expiresAt,
  })
  return { handle, userCode, verificationUri, expiresAt, interval: wait }
}

/**
 * Asks whether the code was entered: the session, or in how many milliseconds to ask again. Who asks
 * sooner than the forge allows is told so without the forge being asked.
 */
export async function askDevice(
  context: Context,
  handle: string,
): Promise<SessionReply | { interval: number }> {
  const { signIn, now } = context
  const client = clientNeeded(context)
  const key = tokenHashOf(handle)
  const pending = signIn.devices.get(key)
  if (!pending || pending.expiresAt <= now()) {
    signIn.devices.delete(key)
    throw new Problem(
      'sign-in-over',
      'The code was not entered in time, or was used. Ask for a new one.',
    )
  }
  if (now() < pending.nextAt) return { interval: pending.nextAt - now() }
  pending.nextAt = now() + pending.interval
  const answer = await signIn.forge
    .askDevice(client, pending.deviceCode)
    .catch((error: unknown) => {
      // A forge that is down for a moment is no reason to begin again.
      if (!(error instanceof Problem && error.type === 'forge-failed')) signIn.devices.delete(key)
      throw error
    })
  if ('interval' in answer) {
    pending.interval = Math.max(pending.interval, (answer.interval ?? 0) * 1000)
    pending.nextAt = now() + pending.interval
    return { interval: pending.interval }
  }
  signIn.devices.delete(key)
  return signInByToken(context, client, answer.token)
}
