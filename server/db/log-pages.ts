/**
 * The log has no index by person: an index that every vote writes to somewhere else costs more than a walk
 * along the log does, which is taken when somebody leaves or wants to have what is held about them.
 */
import type { Reader } from './ledger.ts'

/** Entries looked through at a time: others want answers, too. */
const PAGE = 50_000

const END = 'SELECT coalesce(max(seq) + 1, 0) AS after FROM log'

/** A part of the log: entries from `from` and before `to`. */
export interface LogPage {
  from: number
  to: number
}

/** The pages of the log, from an entry on, up to its present end. */
export async function* pagesOfLog(db: Reader, start = 0): AsyncGenerator<LogPage> {
  const end = Number((await db.execute(END)).rows[0]?.after)
  for (let from = start; from < end; from += PAGE) {
    yield { from, to: Math.min(from + PAGE, end) }
    await new Promise((resolve) => setImmediate(resolve))
  }
}
