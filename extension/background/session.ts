import type { Context } from './context.ts'
import { readSettings } from './own-settings.ts'
import type { Reader } from './seen-score-of.ts'
import type { Server } from './server.ts'
import { changeFact, type Identity, readFact, type Session, type Store } from './store.ts'

/** The session at a server; undefined when there is none or its time is over. */
export async function sessionAt(
  store: Store,
  server: string | undefined,
  now: number,
): Promise<Session | undefined> {
  if (server === undefined) return undefined
  const session = (await readFact(store, 'sessions'))?.[server]
  return session && session.expiresAt > now ? session : undefined
}

/** Keeps the session at a server. */
export async function keepSession(store: Store, server: string, session: Session): Promise<void> {
  await store.transaction('rw', store.facts, async () => {
    await changeFact(store, 'sessions', (before) => withKey(before, server, session))
    await changeFact(store, 'ended', (before) => withKey(before, server, undefined))
  })
}

/**
 * Forgets the session with that token, and no other that was kept since; `why` when the reader did not end
 * it themselves. Returns whether it was the one kept.
 */
export function forgetSession(
  store: Store,
  server: string,
  token: string,
  why?: string,
): Promise<boolean> {
  return store.transaction('rw', store.facts, async () => {
    const isKept = (await readFact(store, 'sessions'))?.[server]?.token === token
    if (!isKept) return false
    await changeFact(store, 'sessions', (before) => withKey(before, server, undefined))
    await changeFact(store, 'ended', (before) => withKey(before, server, why))
    return true
  })
}

function withKey<T>(before: Record<string, T> | undefined, key: string, value: T | undefined) {
  const { [key]: _, ...rest } = before ?? {}
  return value === undefined ? rest : { ...rest, [key]: value }
}

/** The present server, and who is signed in there. */
export async function readerOf(context: Context): Promise<Reader> {
  const { server } = await readSettings(context)
  const session = await sessionAt(context.store, server, context.now())
  return { server, login: session?.login }
}

/** Whom a vote cast now is cast as; undefined while nobody is signed in. */
export function identityOf({ server, login }: Reader): Identity | undefined {
  return server === undefined || login === undefined ? undefined : { server, login }
}

/** The client for a server, with its session where there is one. */
export function serverAt(context: Context, origin: string, session: Session | undefined): Server {
  const { fetch, now } = context
  return { origin, token: session?.token, fetch, now }
}
