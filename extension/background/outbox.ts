/**
 * Votes on their way. They are sent in the order of casting, by one sender at a time, and a row leaves
 * only when the server gave it a receipt. Whatever breaks between two lines, the next try sends the same
 * ids again, and the server counts an id once.
 *
 * A vote cast while signed in travels as that person and nobody else; one cast while signed out becomes
 * that of whoever is signed in first, for good, before it is sent for the first time.
 */
import { LIMITS } from '#shared/api/limits'
import type { SubjectId } from '#shared/subject'
import { bareVote, type Vote } from '#shared/vote'
import type { Context } from './context.ts'
import { loseSession } from './lose-session.ts'
import { readSettings } from './own-settings.ts'
import { knownAbout, noteReply, refreshAbout, serverTrouble } from './refresh-about.ts'
import { tellScores } from './seen-scores.ts'
import { type Reply, sendVotes } from './server.ts'
import { serverAt, sessionAt } from './session.ts'
import { type Answered, setBack, settleRows } from './settle-rows.ts'
import {
  type Backoff,
  type Identity,
  type OutboxRow,
  readFact,
  type Store,
  writeFact,
} from './store.ts'
import { afterNow } from './turns.ts'

const SECOND = 1000
const LONGEST_WAIT = 15 * 60 * SECOND
/** When to look again after votes whose answer was never taken; longer than a server may take. */
const RESCUE = 60 * SECOND
/** However long a server asks for, the outbox looks again after this. */
const LONGEST_OBEDIENCE = 60 * 60 * SECOND

/** Sends what can be sent. Rows that were cast after this call are sent by the next one at the latest. */
export function sendOutbox(context: Context): Promise<void> {
  return afterNow(context, 'outbox', () => sendRows(context))
}

/** Sends at once, whatever the outbox was waiting for, and tries what was refused once more. */
export async function sendOutboxNow(context: Context): Promise<void> {
  const { store, now } = context
  const latest = now()
  await store.transaction('rw', store.outbox, store.votes, async () => {
    const refused = await store.outbox.filter((row) => row.refused !== undefined).toArray()
    for (const row of refused) {
      await store.outbox.update(row.seq, { refused: undefined, clamped: false })
      if (row.castAt > latest) await setBack(store, row, latest)
    }
  })
  await forgetBackoff(store)
  await sendOutbox(context)
}

/** Sends what can be sent, and at once when it only waited for a server that has answered since. */
export async function hurryOutbox(context: Context): Promise<void> {
  const { store } = context
  const backoff = await readFact(store, 'backoff')
  if (backoff?.unreached && !(await readFact(store, 'serverProblem'))) await forgetBackoff(store)
  await sendOutbox(context)
}

/** Lets the next try happen at once. */
export function forgetBackoff(store: Store): Promise<void> {
  return writeFact(store, 'backoff', undefined)
}

/** The backoff of the present server. */
export async function backoffAt(
  store: Store,
  server: string | undefined,
): Promise<Backoff | undefined> {
  const backoff = await readFact(store, 'backoff')
  return backoff?.server === server ? backoff : undefined
}

/** Longer than the longest wait only who set the clock of this computer back would wait. */
const isStillOn = ({ until }: Backoff, now: number) =>
  until > now && until - now <= LONGEST_OBEDIENCE

async function sendRows(context: Context): Promise<void> {
  const { store, now } = context
  let size: number = LIMITS.votes
  for (;;) {
    const { server } = await readSettings(context)
    const session = await sessionAt(store, server, now())
    if (server === undefined || !session) return context.wake(undefined)
    const backoff = await backoffAt(store, server)
    if (backoff && isStillOn(backoff, now())) return context.wake(backoff.until)
    const person = { server, login: session.login }
    const rows = await nextRows(store, person, size)
    if (rows.length === 0) return context.wake(undefined)
    // Should the worker die before the answer is taken, this brings it back.
    await context.wake(now() + RESCUE)
    const votes = await votesFor(context, server, rows)
    if (!votes) return backOff(context, server, await silenceOf(context, server))
    const reply = await sendVotes(serverAt(context, server, session), votes)
    await noteReply(context, server, reply)
    const isRefused = 'problem' in reply && reply.status === 401
    // With another session there is somebody to send as again.
    if (isRefused && !(await loseSession(context, server, session.token))) continue
    const next = isRefused ? 'stop' : await takeReply(context, person, rows, reply)
    if (next === 'smaller') size = Math.max(1, Math.floor(rows.length / 2))
    if (next === 'more') size = Math.min(LIMITS.votes, size * 2)
    if (next === 'stop') return
  }
}

/** The next rows to send as a person. Rows of nobody become theirs first. */
async function nextRows(store: Store, person: Identity, size: number): Promise<OutboxRow[]> {
  return store.transaction('rw', store.outbox, async () => {
    await store.outbox
      .filter((row) => row.person === undefined)
      .modify((row) => {
        row.person = person
      })
    return store.outbox
      .orderBy('seq')
      .filter((row) => row.refused === undefined && isSame(row.person, person))
      .limit(size)
      .toArray()
  })
}

function isSame(one: Identity | undefined, other: Identity): boolean {
  return one?.server === other.server && one.login === other.login
}

/**
 * These votes as this server can take them. One that knows no reasons would refuse a vote that has one, so it
 * gets the vote alone; for good, since an id stands for one content. Undefined when it does not say whether it
 * does: the vote may have arrived with its reason before, and only the answer got lost.
 */
async function votesFor(
  context: Context,
  server: string,
  rows: OutboxRow[],
): Promise<Vote[] | undefined> {
  if (rows.some(({ reason }) => reason)) {
    await refreshAbout(context, server)
    const about = await knownAbout(context, server)
    if (!about) return undefined
    if (!about.reasons) return dropReasons(context.store, rows)
  }
  return rows.map(bareVote)
}

/** Why to wait for a server that did not say what it can do. */
async function silenceOf(context: Context, server: string) {
  const trouble = await serverTrouble(context, server)
  return { why: trouble?.text ?? `${server} did not say what it can do.`, unreached: true }
}

function dropReasons(store: Store, rows: OutboxRow[]): Promise<Vote[]> {
  return store.transaction('rw', store.outbox, store.votes, async () => {
    const bare = rows.map((row) => bareVote({ ...row, reason: undefined }))
    const ids = bare.map(({ id }) => id)
    await store.outbox.where('id').anyOf(ids).modify({ reason: undefined })
    await store.votes.where('id').anyOf(ids).modify({ reason: undefined })
    return bare
  })
}

type Next = 'more' | 'smaller' | 'stop'

async function takeReply(
  context: Context,
  person: Identity,
  rows: OutboxRow[],
  reply: Reply<Answered>,
): Promise<Next> {
  if (!('problem' in reply)) return takeResults(context, person, rows, reply.value, reply.date)
  const { problem, status } = reply
  const isRefusal = status === 400 || status === 422
  if (isRefusal && (await parkRows(context, rows, reply))) return 'more'
  if ((isRefusal || status === 413) && rows.length > 1) return 'smaller'
  await backOff(context, person.server, {
    why: problem.message,
    retryAfter: reply.retryAfter,
    unreached: status === undefined,
  })
  return 'stop'
}

async function takeResults(
  context: Context,
  person: Identity,
  rows: OutboxRow[],
  answered: Answered,
  date: number | undefined,
): Promise<Next> {
  const settled = await settleRows(context, person, rows, answered, date)
  if (settled.length === 0) {
    const why = `${person.server} answered without saying what became of the votes. They are kept here, and try again by themselves.`
    await backOff(context, person.server, { why, retryAfter: undefined, unreached: false })
    return 'stop'
  }
  await forgetBackoff(context.store)
  await tellChanges(context, settled)
  return 'more'
}

/** Sets aside the rows that a refusal of the whole request points at. False when it points at none. */
async function parkRows(
  context: Context,
  rows: OutboxRow[],
  { problem }: Extract<Reply<unknown>, { problem: unknown }>,
): Promise<boolean> {
  const reasons = new Map<OutboxRow, string>()
  for (const { pointer, detail } of problem.errors ?? []) {
    const row = rows[Number(/^\/votes\/(\d+)(?:\/|$)/.exec(pointer)?.[1] ?? Number.NaN)]
    if (row) reasons.set(row, detail)
  }
  // Alone in its request, it is the one that was meant.
  if (reasons.size === 0 && rows.length === 1 && rows[0]) reasons.set(rows[0], problem.message)
  for (const [row, refused] of reasons) await context.store.outbox.update(row.seq, { refused })
  await tellChanges(
    context,
    [...reasons.keys()].map(({ subject }) => subject),
  )
  return reasons.size > 0
}

async function tellChanges(context: Context, subjects: SubjectId[]): Promise<void> {
  await tellScores(context, subjects)
  await context.tell('statusChanged', undefined)
}

async function backOff(
  context: Context,
  server: string,
  {
    why,
    retryAfter,
    unreached,
  }: Pick<Backoff, 'why' | 'unreached'> & { retryAfter?: number | undefined },
): Promise<void> {
  const { store, now, random } = context
  const failures = ((await backoffAt(store, server))?.failures ?? 0) + 1
  // Full waits would bring all clients of a server back in the same second.
  const wait = Math.min(SECOND * 2 ** (failures - 1), LONGEST_WAIT) * (0.5 + random() / 2)
  const asked = Math.min(retryAfter ?? 0, LONGEST_OBEDIENCE)
  const until = now() + Math.max(wait, asked)
  await writeFact(store, 'backoff', { server, failures, until, why, unreached })
  await context.wake(until)
  await context.tell('statusChanged', undefined)
}
