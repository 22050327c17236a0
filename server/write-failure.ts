import { Problem } from '#shared/problem'

/** What SQLite and a remote database say when nothing is wrong but the place or the time. */
const PASSING = /SQLITE_(?:BUSY|LOCKED|FULL|IOERR|READONLY|NOMEM|CANTOPEN|PERM)|fetch failed|HRANA_/

/**
 * The error for a write that failed. When the disk or the database could not take it, it is a problem that
 * may be over when one tries again; everything else is a bug and stays one.
 */
export function writeFailure(reason: string): Error {
  return PASSING.test(reason) ? cannotWrite(reason) : new Error(reason)
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
