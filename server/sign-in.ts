/** How people sign in at this server, and what is under way: it changes when an operator sets it up. */
import { randomBytes } from 'node:crypto'
import { Problem } from '#shared/problem'
import type { Context } from './context.ts'
import type { AppClient, ForgeSignIn, RegisteredApp } from './forges/forge-sign-in.ts'

export interface SignIn {
  forge: ForgeSignIn
  /** Who this server is to the forge; undefined until it is set up. */
  client(): AppClient | undefined
  /** The app whose keys the database holds; undefined when there is none. */
  app(): RegisteredApp | undefined
  useApp(app: RegisteredApp): void
  /** Resolves once somebody has set the server up. */
  setUpDone: Promise<void>
  /** Set-ups that went to the forge, by their state. In memory: a restart costs the operator a new page. */
  setUps: Map<string, PendingSetUp>
  /** What opens the set-up to somebody who is not at this machine. Worth nothing once it is done. */
  setUpToken: string
}

export interface PendingSetUp {
  organization: string | undefined
  expiresAt: number
}

export interface SignInOptions {
  forge: ForgeSignIn
  /** From the environment; goes before what is stored. */
  client: AppClient | undefined
  app: RegisteredApp | undefined
}

export function signInBy({ forge, client, app: stored }: SignInOptions): SignIn {
  let app = stored
  let done: (() => void) | undefined
  const setUpDone = new Promise<void>((resolve) => (done = resolve))
  return {
    forge,
    client: () => client ?? app?.client,
    app: () => app,
    useApp(next) {
      app = next
      done?.()
    },
    setUpDone,
    setUps: new Map(),
    setUpToken: randomBytes(24).toString('base64url'),
  }
}

/** The ways to sign in that a server offers now. */
export function waysOf({ auth, signIn }: Pick<Context, 'auth' | 'signIn'>): string[] {
  if (auth === 'local') return ['local']
  return signIn.client() ? ['github', 'github-device'] : []
}

/** Who this server is to the forge, for a sign-in; a Problem when it has none. */
export function clientNeeded({ auth, signIn }: Pick<Context, 'auth' | 'signIn'>): AppClient {
  if (auth === 'local')
    throw new Problem('forbidden', 'This server does not sign in with GitHub: it believes a login.')
  const known = signIn.client()
  if (known) return known
  throw new Problem(
    'not-configured',
    'Whoever runs this server has not set up signing in with GitHub yet. Its page /setup does that.',
  )
}

/** Forgets what is over by then. */
export function dropExpired(pending: Map<string, { expiresAt: number }>, now: number): void {
  for (const [key, { expiresAt }] of pending) if (expiresAt <= now) pending.delete(key)
}
