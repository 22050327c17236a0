/**
 * One server on one database file. Scores and sessions are remembered, so that of two servers each would
 * go on with what the other has changed. The lock is SQLite's own, on a second, empty file: the system lets
 * go of it however the process ends, so none is ever left behind.
 */
import { realpathSync } from 'node:fs'
import { createClient } from '@libsql/client/sqlite3'
import { pathToFileURL } from 'node:url'
import { BadConfig } from '../config.ts'
import { pathOf } from './path-of.ts'

/** Keeps others from a database file that exists; answers how to let go. Throws `BadConfig`. */
export async function lockDatabase(url: string): Promise<() => void> {
  const file = realpathSync(pathOf(url))
  const lock = createClient({
    url: pathToFileURL(`${file}.lock`).href,
    concurrency: 1,
    timeout: 0,
  })
  try {
    const held = await lock.transaction('write')
    return () => {
      held.close() // closing the connection alone may leave the lock until memory is swept
      lock.close()
    }
  } catch (error) {
    lock.close()
    if ((error as { code?: unknown }).code !== 'SQLITE_BUSY') throw error
    throw new BadConfig(
      `The database ${file} is in use by a server that runs. Stop that one, or name another file in FORGEMOOT_DATABASE_URL.`,
      { cause: error },
    )
  }
}
