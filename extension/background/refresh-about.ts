import type { About } from '#shared/api/about'
import type { Problem, ProblemType } from '#shared/problem'
import type { Context } from './context.ts'
import { isFresh } from './is-fresh.ts'
import { serverAt } from './session.ts'
import { askAbout, type Reply } from './server.ts'
import { changeFact, type Facts, readFact, writeFact } from './store.ts'
import { shared } from './turns.ts'

/** How long what a server says of itself holds, in milliseconds. */
const HOLDS = 60 * 60_000
/** How long a server that failed is left alone by what can wait. */
const PAUSE = 30_000

/** What the server said of itself last; undefined when it never answered. */
export async function knownAbout({ store }: Context, origin: string | undefined) {
  const about = await readFact(store, 'about')
  return about?.server === origin ? about : undefined
}

/** Asks the server for itself when it is time to. Returns whether anything changed. */
export function refreshAbout(context: Context, origin: string): Promise<boolean> {
  return shared(context, `about ${origin}`, async () => {
    const before = await knownAbout(context, origin)
    // While nobody can sign in, somebody may be setting that up.
    const holds = before?.auth.length === 0 ? PAUSE : HOLDS
    if (before && isFresh(before.at, holds, context.now())) return false
    const reply = await askAbout(serverAt(context, origin, undefined))
    // Any problem is trouble here, or whoever is told of it would have it asked again at once.
    await noteTrouble(context, origin, 'problem' in reply ? reply.problem : undefined)
    if ('problem' in reply) return true
    await keepAbout(context, origin, reply.value)
    return true
  })
}

/** Remembers what a server said of itself just now. */
export async function keepAbout({ store, now }: Context, server: string, about: About) {
  const { version, auth, orders, forges, feeds = false, tallies = false, reasons = false } = about
  const known = { server, at: now(), version, auth, orders, forges, feeds, tallies, reasons }
  await writeFact(store, 'about', known)
}

/** Has the server asked for itself again by whoever looks next: it did not do what it said it can. */
export const doubtAbout = ({ store }: Pick<Context, 'store'>): Promise<void> =>
  changeFact(store, 'about', (before) => before && { ...before, at: 0 })

/** Refusals that say that another way to sign in is offered by now. */
const OTHER_WAYS: ReadonlySet<ProblemType> = new Set(['forbidden', 'not-configured', 'not-found'])

/** Notes the reply to an attempt to sign in. */
export async function noteSignIn(
  context: Context,
  server: string,
  reply: Reply<unknown>,
): Promise<void> {
  await noteReply(context, server, reply)
  if ('problem' in reply && OTHER_WAYS.has(reply.problem.type)) await doubtAbout(context)
}

/** Refusals that are about the server, not about what it was asked. */
const TROUBLES: ReadonlySet<ProblemType> = new Set(['unreachable', 'busy', 'internal', 'not-found'])

/** Remembers what is wrong with the server, or that nothing is any more. */
export async function noteReply(
  context: Context,
  server: string,
  reply: Reply<unknown>,
): Promise<void> {
  const problem = 'problem' in reply && TROUBLES.has(reply.problem.type) ? reply.problem : undefined
  await noteTrouble(context, server, problem)
}

async function noteTrouble(
  { store, now }: Context,
  server: string,
  problem: Problem | undefined,
): Promise<void> {
  const trouble = problem && { server, text: problem.message, at: now() }
  await writeFact(store, 'serverProblem', trouble)
}

/** The server's trouble, if it is in any. */
export async function serverTrouble(
  { store }: Context,
  server: string | undefined,
): Promise<Facts['serverProblem'] | undefined> {
  const problem = await readFact(store, 'serverProblem')
  return problem?.server === server ? problem : undefined
}

/** Whether the server failed a moment ago, so that reading can wait. */
export async function isPaused(context: Context, server: string): Promise<boolean> {
  const trouble = await serverTrouble(context, server)
  return trouble !== undefined && isFresh(trouble.at, PAUSE, context.now())
}
