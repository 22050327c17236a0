/**
 * Works through the queue of imports, one at a time: GitHub asks for requests one after another. The queue
 * is in the database, where another program may add to it while the server runs.
 */
import { Problem } from '#shared/problem'
import { readNextImport, RESUME, updateImport } from '../db/import-store.ts'
import { ForgeRefusal, ForgeSilence } from '../forges/forge.ts'
import { fieldsOf, log } from '../operations/log.ts'
import { readFailure } from '../writer/write-failure.ts'
import { type ImportContext, importRepository } from '../services/import-repository.ts'

export interface ImportRunner {
  /** There may be something to do. */
  wake(): void
  /** Ends what is under way at its next page; it goes on when somebody starts again. */
  stop(): Promise<void>
}

/** How often the queue is looked at that nobody said has changed, in milliseconds. */
const LOOK = 2000

/** Goes on with what was not finished, and waits for more. */
export function runImports(context: ImportContext): ImportRunner {
  const ending = new AbortController()
  const { signal } = ending
  let working: Promise<void> = context.writer.run([RESUME]).then(work, told)
  let isBusy = true
  const timer = setInterval(wake, LOOK)
  timer.unref()

  function wake() {
    if (isBusy || signal.aborted) return
    isBusy = true
    working = work()
  }

  async function work() {
    try {
      for (;;) {
        const row = signal.aborted ? undefined : await readNextImport(context.db)
        if (!row) return
        await importRepository(context, row, signal).catch((error: unknown) =>
          settle(row.id, error),
        )
      }
    } catch (error) {
      told(error)
    } finally {
      isBusy = false
    }
  }

  /** Says in the row how the import ended that could not be finished. */
  async function settle(id: number, error: unknown) {
    if (signal.aborted) return
    // It goes on as soon as the database does.
    if (readFailure(error)) throw error
    const isRefused = error instanceof ForgeRefusal
    if (!isRefused && !(error instanceof ForgeSilence)) told(error)
    await context.writer.run([
      updateImport(id, {
        status: isRefused ? 'failed' : 'paused',
        until: null,
        problem: wordsFor(error),
        ...(isRefused && { finishedAt: context.now() }),
      }),
    ])
  }

  function told(error: unknown) {
    isBusy = false
    if (signal.aborted) return
    const known = readFailure(error)
    if (known) log('warn', 'write-failed', known.message, { cause: String(known.cause) })
    else log('error', 'import-failed', 'An import met what nobody foresaw.', fieldsOf(error))
  }

  return {
    wake,
    async stop() {
      clearInterval(timer)
      ending.abort()
      await working
    },
  }
}

function wordsFor(error: unknown): string {
  const isOurs =
    error instanceof ForgeRefusal || error instanceof ForgeSilence || error instanceof Problem
  return isOurs ? error.message : 'Something went wrong on the server; its log says what.'
}
