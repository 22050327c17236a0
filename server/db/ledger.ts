/**
 * What the one writer of this process stands on. Ids of new rows are given out here. Should another server
 * write to the same (remote) database, its ids collide with ours on a primary key, the whole transaction
 * fails, and it is repeated from what is there by then.
 */
import type { Client, Transaction } from '@libsql/client'
import { type NextIds, readNextIds } from './next-ids.ts'
import { repositoryNames, type RepositoryNames } from './repository-names.ts'
import { voterClasses, type VoterClasses } from './voter-classes.ts'

/** What reads: a connection, or a transaction on it. */
export type Reader = Pick<Client, 'execute'>

export interface Ledger {
  db: Client
  /** Epoch milliseconds. */
  now(): number
  names: RepositoryNames
  voters: VoterClasses
  /** Logins of people who signed in locally are believed to be the forge's. */
  localLogins: boolean
  /** Runs `once` with ids to give out, which are used up when it returns; repeats it when it met another's. */
  repeating<A>(once: (ids: NextIds, tries: number) => Promise<A>): Promise<A>
  /**
   * Runs `once` in a transaction of its own, for what is rare and has to read what it wrote. Only on the
   * writer's thread, where one thing is done after another: a second statement would wait for the first.
   */
  transact<A>(once: (tx: Transaction, ids: NextIds) => Promise<A>): Promise<A>
}

export interface LedgerSettings {
  /** Nobody else writes to this database, so what was read once stays true. */
  alone: boolean
  /** Logins of people who signed in locally are believed to be the forge's. */
  localLogins: boolean
}

/** How often a transaction is repeated that another server's writes got in the way of. */
const TRIES = 8

export async function openLedger(
  db: Client,
  now: () => number,
  settings: LedgerSettings,
): Promise<Ledger> {
  let next = await readNextIds(db)

  async function repeating<A>(once: (ids: NextIds, tries: number) => Promise<A>): Promise<A> {
    for (let tries = 1; ; tries++) {
      try {
        const ids = { ...next }
        const result = await once(ids, tries)
        next = ids
        return result
      } catch (error) {
        if (tries === TRIES || !isWorthRepeating(error)) throw error
        if (tries > 1)
          await new Promise((done) => setTimeout(done, Math.random() * 10 * 2 ** tries))
        next = await readNextIds(db)
      }
    }
  }

  return {
    db,
    now,
    names: repositoryNames(settings.alone),
    voters: voterClasses(settings),
    localLogins: settings.localLogins,
    repeating,
    transact: (once) =>
      repeating(async (ids) => {
        const tx = await db.transaction('write')
        try {
          const result = await once(tx, ids)
          await tx.commit()
          return result
        } finally {
          tx.close()
        }
      }),
  }
}

/** Whether a write may have met another's; without a code a remote call was cut off, outcome unknown. */
function isWorthRepeating(error: unknown): boolean {
  const code = (error as { code?: unknown }).code
  return code === undefined
    ? error instanceof TypeError
    : /^SQLITE_(CONSTRAINT|BUSY)/.test(String(code))
}
