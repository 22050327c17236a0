import { type Client, createClient } from '@libsql/client/sqlite3'
import { keptConnection, WAIT } from './kept-connection.ts'
import type { Connection } from './ledger.ts'
import { pathOf } from './path-of.ts'

/** Where the database is, and what it takes to be let in. */
export interface DatabaseAddress {
  /** `file:…`, `http(s)://…` or `libsql://…`. */
  url: string
  token?: string | undefined
}

/** Whether the database is a file of this machine, which only this server writes. */
export const isFile = (url: string) => url.startsWith('file:')

/**
 * A connection; several threads each open their own. On a file it is one connection, because settings
 * hold for one connection only; it waits for locks by `timeout` for the same reason. FULL means that a
 * commit is on the disk when it returns. None of this may be said to a remote database.
 */
export async function openDatabase({ url, token }: DatabaseAddress): Promise<Client> {
  if (!isFile(url)) return remoteClient(url, token)
  const db = createClient({ url, concurrency: 1, timeout: WAIT })
  for (const setting of SETTINGS) await db.execute(`PRAGMA ${setting}`)
  return renewing(db)
}

/** Loaded by none but who has a remote database: it brings clients of HTTP and of WebSockets along. */
async function remoteClient(url: string, token: string | undefined): Promise<Client> {
  const remote = await import('@libsql/client')
  return remote.createClient({ url, ...(token !== undefined && { authToken: token }) })
}

/** A connection for the one who writes. */
export async function openForWriting(database: DatabaseAddress): Promise<Connection> {
  return isFile(database.url)
    ? keptConnection(pathOf(database.url), SETTINGS)
    : openDatabase(database)
}

/**
 * A client that opens its connection anew after it met a lock of somebody else's. The client leaves the
 * statement that met it unfinished, and SQLite commits nothing on a connection that has one: without this
 * nothing could be written any more, long after the lock is gone.
 */
function renewing(db: Client): Client {
  let isStuck = false
  const execute = db.execute.bind(db) as (...given: unknown[]) => ReturnType<Client['execute']>
  const batch = db.batch.bind(db)
  const transaction = db.transaction.bind(db)

  async function withRenewal<A>(call: () => Promise<A>): Promise<A> {
    if (isStuck) await renew()
    try {
      return await call()
    } catch (error) {
      isStuck ||= /^SQLITE_(?:BUSY|LOCKED)/.test(String((error as { code?: unknown }).code))
      throw error
    }
  }

  async function renew() {
    await db.reconnect()
    for (const setting of SETTINGS) await execute(`PRAGMA ${setting}`)
    isStuck = false
  }

  return Object.assign(db, {
    execute: (...given: unknown[]) => withRenewal(() => execute(...given)),
    batch: (...given: Parameters<Client['batch']>) => withRenewal(() => batch(...given)),
    transaction: (...given: Parameters<Client['transaction']>) =>
      withRenewal(() => transaction(...given)),
  })
}

// A larger cache is no quicker: what is not in it is read from the file as it stands in memory. It only grows.
// A journal of 120 MB, and not of 4: of what is voted on again and again less goes into the file.
const SETTINGS = [
  'journal_mode = WAL',
  'synchronous = FULL',
  'cache_size = -16384',
  'mmap_size = 1073741824',
  'wal_autocheckpoint = 30000',
]

/** Finds a row where somebody moves a database to, until all of it is there. */
export const MOVING = "SELECT 1 FROM leases WHERE name = 'moving'"
