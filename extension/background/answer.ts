import * as v from 'valibot'
import { Problem } from '#shared/problem'
import type { AnswerMessage, OwnCalls, PageCalls } from '../messages.ts'
import type { Call, Calls } from './calls.ts'
import type { Context } from './context.ts'
import { storageProblemOf } from './store.ts'

/** Who sent a message, as far as the browser vouches for it. */
export interface Sender {
  id?: string | undefined
  url?: string | undefined
  origin?: string | undefined
  tab?: { id?: number | undefined } | undefined
}

/** What is answered to whom. */
export interface Desk {
  /** The extension's id and the address of its own pages. */
  id: string
  home: string
  /** Origins whose content scripts are ours. */
  forges: readonly string[]
  pageCalls: Calls<PageCalls>
  ownCalls: Calls<OwnCalls>
}

const EnvelopeSchema = v.object({ call: v.string(), payload: v.optional(v.unknown()) })

/**
 * The answer to a message, or undefined for one that is not for us: what the background itself tells,
 * and anything from another extension. Never rejects.
 */
export function answer(
  desk: Desk,
  context: Context,
  message: unknown,
  sender: Sender,
): Promise<AnswerMessage> | undefined {
  if (sender.id !== desk.id) return undefined
  const envelope = v.safeParse(EnvelopeSchema, message)
  if (!envelope.success) return undefined
  const { call, payload } = envelope.output
  return answerCall(desk, context, sender, call, payload).then(
    // An undefined answer would be dropped on the way.
    (value) => ({ answer: value ?? null }),
    (error: unknown) => ({ problem: problemOf(error, call).document }),
  )
}

async function answerCall(
  desk: Desk,
  context: Context,
  sender: Sender,
  name: string,
  payload: unknown,
): Promise<unknown> {
  const { answer, payload: schema } = callOf(desk, sender, name)
  const parsed = v.safeParse(schema, payload)
  if (parsed.success) return answer(parsed.output, context, sender.tab?.id)
  const [issue] = parsed.issues
  const path = v.getDotPath(issue)
  throw new Problem('bad-request', `${name}${path ? `, ${path}` : ''}: ${issue.message}`)
}

/** The call of that name, if the sender may make it. */
function callOf({ pageCalls, ownCalls, ...desk }: Desk, sender: Sender, name: string): AnyCall {
  const isOwn = sender.url?.startsWith(desk.home) ?? false
  if (!isOwn && !isForgePage(desk.forges, sender))
    throw new Problem('forbidden', 'This page may not ask anything.')
  if (isCallOf(pageCalls, name)) return pageCalls[name] as AnyCall
  if (!isCallOf(ownCalls, name)) throw new Problem('not-found', `There is no call ${name}.`)
  if (!isOwn) throw new Problem('forbidden', `Only Forgemoot’s own pages may ask for ${name}.`)
  return ownCalls[name] as AnyCall
}

/** A call of any name. Its answer is only ever given what its own schema let through. */
type AnyCall = Call<unknown, unknown>

function isCallOf<T extends object>(calls: T, name: PropertyKey): name is keyof T {
  return Object.hasOwn(calls, name)
}

function isForgePage(forges: readonly string[], { url, origin, tab }: Sender): boolean {
  if (!tab || url === undefined || !URL.canParse(url)) return false
  // A sandboxed frame has the page's address but not its origin. Firefox does not tell the origin.
  return forges.includes(new URL(url).origin) && (origin === undefined || forges.includes(origin))
}

function problemOf(error: unknown, call: string): Problem {
  if (error instanceof Problem) return error
  const storage = storageProblemOf(error)
  if (storage) return storage
  console.error(`Forgemoot: ${call} failed`, error)
  return new Problem(
    'internal',
    'Something went wrong in Forgemoot. Reload the page and try again.',
  )
}
