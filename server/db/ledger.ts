/**
 * What the one writer of this process stands on. Ids of new rows are given out here.
 *
 * A file is written by this process alone: what was read stays true, ids are counted on in memory, and votes
 * go in one batch. To a remote database others write at any time, and sums are made here from what was read
 * before: so reading, counting and writing are one transaction, which sqld lets one process at a time have.
 * They wait in its queue; who holds it for five seconds loses it, and begins again, as does whoever hears
 * nothing: the ids of votes and ballots, and the states of tallies, tell what was done already.
 */
import type { Client, InStatement, ResultSet } from '@libsql/client'
import { isCutOff } from '../writer/write-failure.ts'
import { keptStates, type KeptStates } from './kept-states.ts'
import { type NextIds, readNextIds } from './next-ids.ts'
import { repositoryNames, type RepositoryNames } from './repository-names.ts'
import { type Insert, insertAsJson, insertAsValues } from './row-sets.ts'
import { voterClasses, type VoterClasses } from './voter-classes.ts'

/** What reads: a connection, or a transaction on it. */
export type Reader = Pick<Client, 'execute'>

/** What reads and writes, all of it or nothing. */
export interface Access extends Reader {
  batch(statements: InStatement[]): Promise<ResultSet[]>
}

export interface OpenTransaction extends Access {
  commit(): Promise<void>
  /** Gives up whatever was not committed. */
  close(): void
}

/** What the writer writes through. */
export interface Connection extends Reader {
  batch(statements: InStatement[], mode: 'write'): Promise<ResultSet[]>
  transaction(mode: 'write'): Promise<OpenTransaction>
  close(): void
}

export interface Ledger {
  db: Access
  /** Makes statements that write rows, in the way that this database takes best. */
  insert: Insert
  /** Epoch milliseconds. */
  now(): number
  names: RepositoryNames
  voters: VoterClasses
  states: KeptStates
  /** Logins of people who signed in locally are believed to be the forge's. */
  localLogins: boolean
  /**
   * Runs `once`, which writes one batch, with ids to give out, which are used up when it returns; repeats it
   * when it met another's. It is given the ledger as it has to use it.
   */
  repeating<A>(once: (ledger: Ledger, ids: NextIds, tries: number) => Promise<A>): Promise<A>
  /**
   * Runs `once` in a transaction of its own, for what is rare and has to read what it wrote. Only on the
   * writer's thread, where one thing is done after another: a statement beside it would wait for ever, or is refused.
   */
  transact<A>(once: (tx: Access, ids: NextIds) => Promise<A>): Promise<A>
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
  db: Connection,
  now: () => number,
  settings: LedgerSettings,
): Promise<Ledger> {
  let next = await readNextIds(db)

  async function repeated<A>(once: (tries: number) => Promise<A>): Promise<A> {
    for (let tries = 1; ; tries++) {
      try {
        return await once(tries)
      } catch (error) {
        if (tries === TRIES || !isWorthRepeating(error, settings.alone)) throw error
        if (tries > 1)
          await new Promise((done) => setTimeout(done, Math.random() * 10 * 2 ** tries))
        if (settings.alone) next = await readNextIds(db)
      }
    }
  }

  async function transact<A>(once: (tx: Access, ids: NextIds) => Promise<A>): Promise<A> {
    const tx = await db.transaction('write')
    try {
      const ids = settings.alone ? { ...next } : await readNextIds(tx)
      const result = await once(tx, ids)
      await tx.commit()
      next = ids
      return result
    } finally {
      tx.close()
    }
  }

  async function batched<A>(once: (ids: NextIds) => Promise<A>): Promise<A> {
    const ids = { ...next }
    const result = await once(ids)
    next = ids
    return result
  }

  const ledger: Ledger = {
    db: { execute: db.execute.bind(db), batch: (statements) => db.batch(statements, 'write') },
    insert: settings.alone ? insertAsValues : insertAsJson,
    now,
    names: repositoryNames(settings.alone),
    voters: voterClasses(settings),
    states: keptStates(settings.alone),
    localLogins: settings.localLogins,
    repeating: (once) =>
      repeated((tries) =>
        settings.alone
          ? batched((ids) => once(ledger, ids, tries))
          : transact((tx, ids) => once({ ...ledger, db: tx }, ids, tries)),
      ),
    transact: (once) => repeated(() => transact(once)),
  }
  return ledger
}

/** Whether a write met another's, or was cut off, outcome unknown. A file that is locked was waited for already. */
function isWorthRepeating(error: unknown, alone: boolean): boolean {
  const { code } = error as { code?: unknown }
  const met = alone ? /^SQLITE_CONSTRAINT/ : /^SQLITE_(CONSTRAINT|BUSY)/
  return met.test(String(code)) || isCutOff(error)
}
