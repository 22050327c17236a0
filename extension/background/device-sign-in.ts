/** Signing in with a code that the reader enters on the forge's page. All of it is in the database. */
import { Problem, type ProblemType } from '#shared/problem'
import { isSafe } from '../server-address.ts'
import type { Context } from './context.ts'
import { noteSignIn } from './refresh-about.ts'
import { askDevice, startDevice, valueOfReply } from './server.ts'
import { serverAt } from './session.ts'
import { takeSession } from './sign-in.ts'
import { serverNeeded } from './sign-in-with-github.ts'
import { changeFact, readFact, writeFact } from './store.ts'
import { shared } from './turns.ts'

/** After these the code is worth nothing; after any other the same question may be asked again. */
const FINAL: ReadonlySet<ProblemType> = new Set([
  'sign-in-over',
  'sign-in-refused',
  'not-a-person',
  'not-configured',
  'forbidden',
  'not-found',
  'invalid',
])

/** Gets a code for the reader to enter, in place of any before. */
export async function startCode(context: Context): Promise<void> {
  const { store, now } = context
  const server = await serverNeeded(context)
  const reply = await startDevice(serverAt(context, server, undefined))
  await noteSignIn(context, server, reply)
  const { handle, userCode, verificationUri, expiresAt, interval } = valueOfReply(reply)
  if (!isSafe(verificationUri))
    throw new Problem('invalid', 'The server names a page for the code that is not encrypted.')
  const nextAt = now() + interval
  await writeFact(store, 'device', {
    server,
    handle,
    userCode,
    verificationUri,
    expiresAt,
    interval,
    nextAt,
    trouble: undefined,
  })
}

/** Asks whether the code was entered, when it is time to. Rejects when that is decided, and not for us. */
export function askCode(context: Context): Promise<void> {
  return shared(context, 'code', async () => {
    const { store, now } = context
    const device = await pendingCode(context)
    if (!device && (await readFact(store, 'device'))) {
      await giveUpCode(context)
      throw new Problem('sign-in-over', 'The code was not entered in time. Ask for a new one.')
    }
    if (!device || now() < device.nextAt) return
    const { server, handle } = device
    const reply = await askDevice(serverAt(context, server, undefined), handle)
    await noteSignIn(context, server, reply)
    if ('value' in reply && 'token' in reply.value) {
      await writeFact(store, 'device', undefined)
      await takeSession(context, server, reply.value)
      return
    }
    if ('problem' in reply && FINAL.has(reply.problem.type)) {
      await writeFact(store, 'device', undefined)
      throw reply.problem
    }
    const told = 'value' in reply && 'interval' in reply.value ? reply.value.interval : 0
    const wait = Math.max(device.interval, told)
    const trouble = 'problem' in reply ? reply.problem.message : undefined
    // Unless the reader has given it up meanwhile, or has another one.
    await changeFact(store, 'device', (still) =>
      still?.handle === handle ? { ...still, nextAt: now() + wait, trouble } : still,
    )
  })
}

/** Forgets the code. */
export const giveUpCode = ({ store }: Context): Promise<void> =>
  writeFact(store, 'device', undefined)

/** The code that is to be entered for the present server; undefined when there is none, or it ran out. */
export async function pendingCode(context: Context) {
  const device = await readFact(context.store, 'device')
  const server = await serverNeeded(context).catch(() => undefined)
  return device && device.server === server && device.expiresAt > context.now() ? device : undefined
}
