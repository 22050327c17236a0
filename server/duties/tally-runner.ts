/**
 * What tallies do by themselves. Two loops, so that a slow forge holds up no decision: one decides what the
 * clock decides, from the disk alone; the other looks at pull requests, one at a time, as the queue has it.
 * The queue is in the database, so that nothing due is forgotten, whoever ends this process when.
 */
import { ForgeRefusal, ForgeSilence } from '../forges/forge.ts'
import { fieldsOf, log } from '../operations/log.ts'
import { Problem } from '#shared/problem'
import { type LookContext, lookAtPull } from '../services/look-at-pull.ts'
import { settleTallies } from '../services/settle-tallies.ts'
import { readFailure } from '../writer/write-failure.ts'

export interface TallyRunner {
  /** There may be something to do. */
  wake(): void
  /** Ends what is under way; it goes on when somebody starts again. */
  stop(): Promise<void>
}

/** How often both are looked at when nobody says so, in milliseconds. */
const LOOK = 1000

/** How long a pull request is left to whoever took it, in milliseconds. */
const CLAIM = 2 * 60_000

/** The longest pause after faults, in milliseconds. */
const LONGEST = 5 * 60_000

const NEXT = `UPDATE pull_looks SET due_at = ?2 WHERE (repository_id, number) = (
    SELECT repository_id, number FROM pull_looks WHERE due_at <= ?1 ORDER BY due_at LIMIT 1)
  RETURNING repository_id, number, faults`

const DONE = 'DELETE FROM pull_looks WHERE repository_id = ? AND number = ? AND due_at = ?'

// What was claimed and changed meanwhile is due again already.
const LATER = `UPDATE pull_looks SET due_at = iif(due_at = ?3, ?4, due_at), faults = ?5, problem = ?6
  WHERE repository_id = ?1 AND number = ?2`

/** What this process had claimed when it ended, and what is due by another clock. */
const RESUME = 'UPDATE pull_looks SET due_at = min(due_at, ?1)'

export function runTallies(context: LookContext): TallyRunner {
  const { writer, now } = context
  const ending = new AbortController()
  const { signal } = ending
  const settling = loop(() => settleTallies(context, signal))
  const looking = loop(look)
  const resumed = resume()
  let lookedAt = now()
  const timer = setInterval(tick, LOOK)
  timer.unref()

  function resume() {
    return writer.run([{ sql: RESUME, args: [now()] }]).then(wake, told)
  }

  /** What is due by a clock that was set back would wait until it is as late again. */
  function tick() {
    const at = now()
    const wasSetBack = at < lookedAt - LOOK
    lookedAt = at
    if (wasSetBack) void resume()
    else wake()
  }

  function wake() {
    settling.wake()
    looking.wake()
  }

  /** Runs work that may be asked for while it is under way. */
  function loop(work: () => Promise<void>) {
    let running: Promise<void> | undefined
    let again = false
    async function run() {
      do {
        again = false
        await work().catch((error: unknown) => {
          if (!signal.aborted) told(error)
        })
      } while (again && !signal.aborted)
      running = undefined
    }
    return {
      wake() {
        again = true
        if (!signal.aborted) running ??= run()
      },
      ended: () => running,
    }
  }

  async function look() {
    for (;;) {
      if (signal.aborted) return
      const claim = now() + CLAIM
      const [row] = await writer.run([{ sql: NEXT, args: [now(), claim] }])
      if (!row) return
      const [repositoryId, number, faults] = row.map(Number) as [number, number, number]
      await lookOnce(repositoryId, number, faults, claim)
    }
  }

  async function lookOnce(repositoryId: number, number: number, faults: number, claim: number) {
    const later = (dueAt: number, count: number, problem: string | null) =>
      writer.run([{ sql: LATER, args: [repositoryId, number, claim, dueAt, count, problem] }])
    try {
      const { next, problem } = await lookAtPull(context, repositoryId, number)
      if (next !== null) await later(next, 0, problem)
      else await writer.run([{ sql: DONE, args: [repositoryId, number, claim] }])
    } catch (error) {
      if (signal.aborted) return
      const isKnown =
        error instanceof ForgeRefusal || error instanceof ForgeSilence || error instanceof Problem
      if (!isKnown) told(error)
      const wait = error instanceof ForgeSilence ? error.wait : 0
      const pause = Math.max(wait, Math.min(LONGEST, 1000 * 2 ** Math.min(faults, 20)))
      const words = isKnown
        ? error.message
        : 'Something went wrong on the server; its log says what.'
      await later(now() + pause, faults + 1, words)
    }
  }

  return {
    wake,
    async stop() {
      ending.abort()
      clearInterval(timer)
      await resumed
      await settling.ended()
      await looking.ended()
    },
  }
}

function told(error: unknown) {
  const known = readFailure(error)
  if (known) log('warn', 'write-failed', known.message, { cause: String(known.cause) })
  else log('error', 'tally-failed', 'A tally met what nobody foresaw.', fieldsOf(error))
}
