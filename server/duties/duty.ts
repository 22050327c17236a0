/**
 * What one server does for all that share a database: the timers of votes on merging, imports, the nightly
 * look. A row of the database says whose it is and until when, by the database's own clock, whatever theirs
 * say. Its owner renews that in time, and stops well before it is over when it cannot; then somebody else
 * takes over, and begins with whatever the former left. So a server that died delays, and doubles nothing.
 * Should two believe all the same that it is theirs (one was asleep for long), they do the same work twice
 * to the same effect: every step finds out first whether it was done, since it might have been a crash.
 */
import { randomUUID } from 'node:crypto'
import type { Reader } from '../db/ledger.ts'

/** Something that is done until it is stopped. */
export interface Work {
  stop(): Promise<void>
}

/** How long it is somebody's without a word from them, in milliseconds. */
const LASTS = 10_000

/** How long before that its owner stops: as long as a step may take. */
const MARGIN = 4000

/** How often the row is looked at, and, by its owner, renewed. */
const LOOK = 1000

const NOW = "CAST(unixepoch('subsec') * 1000 AS INTEGER)"

const TAKE = `INSERT INTO leases (name, owner, until) VALUES ('duty', ?1, ${NOW} + ${LASTS})
  ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, until = excluded.until
    WHERE owner = excluded.owner OR until <= ${NOW}
  RETURNING owner`

const GIVE_BACK = 'DELETE FROM leases WHERE owner = ?'

/** Finds a row where a server does its duty, or did until a moment ago. */
export const ON_DUTY = `SELECT 1 FROM leases WHERE name = 'duty' AND until > ${NOW}`

/**
 * Begins the work whenever it becomes this server's, and stops it when it is not any more. Not by the writer:
 * where many votes wait for it, this must not.
 */
export function onDuty(db: Reader, begin: () => Work): Work {
  const owner = randomUUID()
  let work: Work | undefined
  let ending: Promise<void> | undefined
  let asking: Promise<void> | undefined
  let heldUntil = -Infinity
  let isStopping = false

  async function ask() {
    // Before it is asked: the database counts from later on.
    const at = performance.now()
    // Who hears nothing, or no, holds it no longer than it was told before.
    const taken = await db.execute({ sql: TAKE, args: [owner] }).catch(() => undefined)
    if (taken?.rows.length) heldUntil = at + LASTS
    asking = undefined
    follow()
  }

  function follow() {
    const isHeld = performance.now() < heldUntil - MARGIN
    if (isHeld && !isStopping && !ending) work ??= begin()
    if ((isHeld && !isStopping) || !work) return
    ending = work.stop().finally(() => (ending = undefined))
    work = undefined
  }

  function look() {
    follow()
    asking ??= ask()
  }

  const timer = setInterval(look, LOOK)
  timer.unref()
  look()

  return {
    async stop() {
      isStopping = true
      clearInterval(timer)
      await asking
      follow()
      await ending
      await db.execute({ sql: GIVE_BACK, args: [owner] }).catch(() => undefined)
    },
  }
}
