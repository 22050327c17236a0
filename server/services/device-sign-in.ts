/**
 * Signing in with a code that a person enters on the forge's own page (RFC 8628). The code that is worth
 * something stays here; whoever asks holds a handle, of which only the hash is kept. Kept in the database,
 * since of several servers any may be asked next.
 */
import type { DeviceReply, SessionReply } from '#shared/api/sign-in'
import { Problem } from '#shared/problem'
import type { Context } from '../context.ts'
import { clientNeeded } from '../sign-in.ts'
import { signInByToken } from './sign-in-with-github.ts'
import { newToken, tokenHashOf } from './token-hash.ts'

/** People who have a code at the same time; each is a question to the forge that anybody can cause. */
const MOST = 500

const DROP_EXPIRED = 'DELETE FROM devices WHERE expires_at <= ?'

const COUNT = 'SELECT count(*) FROM devices'

const KEEP = `INSERT INTO devices (handle_hash, device_code, interval, next_at, expires_at)
  VALUES (?, ?, ?, ?, ?)`

/** Whoever gets a row is the one who asks the forge now. */
const TAKE_TURN = `UPDATE devices SET next_at = ?2 + interval
  WHERE handle_hash = ?1 AND expires_at > ?2 AND next_at <= ?2
  RETURNING device_code, interval`

const NEXT = 'SELECT next_at FROM devices WHERE handle_hash = ? AND expires_at > ?'

const SLOW_DOWN = 'UPDATE devices SET interval = ?2, next_at = ?3 + ?2 WHERE handle_hash = ?1'

const DROP = 'DELETE FROM devices WHERE handle_hash = ?'

/** Asks the forge for a code for somebody to enter. */
export async function startDevice(context: Context): Promise<DeviceReply> {
  const { signIn, writer, now } = context
  const client = clientNeeded(context)
  const [count] = await writer.run([
    { sql: DROP_EXPIRED, args: [now()] },
    { sql: COUNT, args: [] },
  ])
  if (Number(count?.[0]) >= MOST)
    throw new Problem(
      'busy',
      'Too many people are signing in with a code. Try again in a few minutes.',
    )
  const { deviceCode, userCode, verificationUri, lasts, interval } =
    await signIn.forge.startDevice(client)
  const handle = newToken()
  const expiresAt = now() + lasts * 1000
  const wait = interval * 1000
  const args = [tokenHashOf(handle), deviceCode, wait, now() + wait, expiresAt]
  await writer.run([{ sql: KEEP, args }])
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
  const { signIn, writer, now } = context
  const client = clientNeeded(context)
  const key = tokenHashOf(handle)
  const drop = () => writer.run([{ sql: DROP, args: [key] }])
  const [turn] = await writer.run([{ sql: TAKE_TURN, args: [key, now()] }])
  if (!turn) return { interval: await waitOf(context, key) }
  const [deviceCode, interval] = [String(turn[0]), Number(turn[1])]
  const answer = await signIn.forge.askDevice(client, deviceCode).catch(async (error: unknown) => {
    // A forge that is down for a moment is no reason to begin again.
    if (!(error instanceof Problem && error.type === 'forge-failed')) await drop()
    throw error
  })
  if ('interval' in answer) {
    const longer = Math.max(interval, (answer.interval ?? 0) * 1000)
    await writer.run([{ sql: SLOW_DOWN, args: [key, longer, now()] }])
    return { interval: longer }
  }
  await drop()
  return signInByToken(context, client, answer.token)
}

/** Milliseconds until the forge may be asked again. */
async function waitOf({ db, now }: Context, key: string): Promise<number> {
  const at = now()
  const row = (await db.execute({ sql: NEXT, args: [key, at] })).rows[0]
  if (row) return Math.max(1, Number(row.next_at) - at)
  throw new Problem(
    'sign-in-over',
    'The code was not entered in time, or was used. Ask for a new one.',
  )
}
