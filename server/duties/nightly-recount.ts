/**
 * Every night a server counts again what its log and its record come to, as of one moment and in a thread of
 * its own, and tells its log when anything else stands in the tables. It mends nothing: a difference is a bug
 * or somebody's hand, and what it was should be seen first.
 */
import { once } from 'node:events'
import type { WayToSignIn } from '../context.ts'
import type { DatabaseAddress } from '../db/open.ts'
import type { Work } from './duty.ts'
import { fieldsOf, log } from '../operations/log.ts'
import type { Recount } from '../services/recount.ts'
import type { TallyRecount } from '../services/recount-tallies.ts'
import { startThread } from '../thread.ts'

export interface RecountSettings {
  /** A file: a remote database lets nobody look at one moment for long. */
  database: DatabaseAddress
  auth: WayToSignIn
}

/** What came of a recount. */
export interface Recounted {
  votes: Recount
  merging: TallyRecount
}

/** The hour of the day, UTC, in which it is done, and how often the clock is looked at, in milliseconds. */
const HOUR = 3
const LOOK = 10 * 60_000

const DAY = 86_400_000

/** Recounts once in the night of each day that the server sees. */
export function recountNightly(settings: RecountSettings, now: () => number): Work {
  let last: number | undefined
  let counting: Promise<void> | undefined
  const ending = new AbortController()
  const timer = setInterval(() => {
    const day = nightOf(now())
    if (day === undefined || day === last) return
    last = day
    counting ??= recountAside(settings, ending.signal)
      .then((recounted) => void told(recounted), failed)
      .finally(() => (counting = undefined))
  }, LOOK)
  timer.unref()

  function failed(error: unknown) {
    if (ending.signal.aborted) return
    log('error', 'recount-failed', 'Tonight’s recount could not be done.', fieldsOf(error))
  }

  return {
    async stop() {
      clearInterval(timer)
      ending.abort()
      await counting
    },
  }
}

/** The day, counted from the epoch, in whose night a moment is; undefined by day. */
export function nightOf(at: number): number | undefined {
  return new Date(at).getUTCHours() === HOUR ? Math.floor(at / DAY) : undefined
}

/** What the thread is told: 1 in `stopping` from the moment on when it shall do no more. */
export interface RecountOrder extends RecountSettings {
  stopping: Int32Array<SharedArrayBuffer>
}

/**
 * Recounts a database that a server is using. The thread is asked to stop, which it does after a statement, and
 * never terminated: taken away in the middle of one, the driver ends the process.
 */
export async function recountAside(
  settings: RecountSettings,
  signal?: AbortSignal,
): Promise<Recounted> {
  const stopping = new Int32Array(new SharedArrayBuffer(4))
  const order: RecountOrder = { ...settings, stopping }
  const thread = startThread(new URL('recount-worker.ts', import.meta.url), order)
  const gone = new Promise((resolve) => thread.once('exit', resolve))
  try {
    const [recounted] = await once(thread, 'message', signal && { signal })
    return recounted as Recounted
  } finally {
    Atomics.store(stopping, 0, 1)
    // That it was stopped is how it ends then.
    thread.on('error', () => {})
    await gone
  }
}

/** Tells the log what came of it; true when everything is as it should be. */
export function told({ votes, merging }: Recounted): boolean {
  const differences = {
    subjects: votes.subjects.length,
    votes: votes.votes.length,
    missing: votes.gaps.length + merging.gaps.length,
    tallies: merging.wrong.length,
  }
  const isRight = Object.values(differences).every((count) => count === 0)
  const counted = { entries: votes.entries, record: merging.entries }
  if (isRight) log('info', 'recounted', 'Everything follows from log and record.', counted)
  else {
    log('error', 'recount-differs', 'Something does not follow from log and record.', {
      ...counted,
      ...differences,
    })
  }
  return isRight
}
