import { Problem } from '#shared/problem'

/** What SQLite says when nothing is wrong but the place or the time. */
const PASSING = /SQLITE_(?:BUSY|LOCKED|FULL|IOERR|READONLY|NOMEM|CANTOPEN|PERM)/

/** What is said of a remote database that is away, was restarted, or had others wait for too long. */
const CUT_OFF = /fetch failed|TRANSACTION_(?:TIMEOUT|CLOSED)|STREAM_EXPIRED|SERVER_ERROR|HRANA_/

/** Whether a remote database did not answer to the end: whether it did what it was told nobody knows. */
export const isCutOff = (error: unknown) => CUT_OFF.test(String(error))

/**
 * The error for a write that failed. When the disk or the database could not take it, it is a problem that
 * may be over when one tries again; everything else is a bug and stays one.
 */
export function writeFailure(reason: string): Error {
  return isPassing(reason) ? cannotWrite(reason) : new Error(reason)
}

/** Whether a database could not do what it was asked, and may later. */
const isPassing = (error: unknown) => PASSING.test(String(error)) || isCutOff(error)

/** The problem of a server whose database did not answer; undefined when that is not what is wrong. */
export function readFailure(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error.type === 'busy' ? error : undefined
  if (!isPassing(error)) return undefined
  const problem = new Problem(
    'busy',
    'The server cannot reach its database at the moment. Try again later.',
  )
  problem.cause = error
  return problem
}

/** The problem of a server that cannot write now, with its cause for the log. */
export function cannotWrite(cause: unknown): Problem {
  const problem = new Problem(
    'busy',
    'The server cannot write to its database at the moment: writing has stopped. Try again later.',
  )
  problem.cause = cause
  return problem
}
