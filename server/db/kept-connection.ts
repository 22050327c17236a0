/**
 * The writer's connection to a file: what `@libsql/client` does, over the same driver, but every statement
 * is prepared once. The client prepares it each time it runs, and for a transaction of some thirty votes
 * that was a quarter of the work. Tables keep their columns while it is open: migrations come before.
 */
import {
  LibsqlError,
  type InStatement,
  type ResultSet,
  type Row,
  type Value,
} from '@libsql/client/sqlite3'
import Database from 'libsql'
import type { Connection, OpenTransaction } from './ledger.ts'

/** A statement as it is kept. */
interface Kept {
  reads: boolean
  run(args: Argument[]): ResultSet
  /** How many arguments it has: the driver would take those of the last time for any that are missing. */
  size: number
}

/** What the driver takes. Of anything else it makes null, or ends the process. */
type Argument = string | number | bigint | null | Uint8Array

/**
 * `settings` are pragmas. Errors are those of the client, with SQLite's code in what they say. After any of
 * them the connection goes on: what failed has taken its transaction with it.
 */
export function keptConnection(path: string, settings: readonly string[]): Connection {
  const db = opened(path, settings)
  const kept = new Map<string, Kept>()
  /** The transaction that somebody has; whoever else wants to write would write in it. */
  let current: OpenTransaction | undefined

  function statementOf(statement: InStatement): { of: Kept; args: Argument[] } {
    const { sql, args } = typeof statement === 'string' ? { sql: statement, args: [] } : statement
    if (!Array.isArray(args)) throw new TypeError('arguments have to be a list')
    const checked = args.map(argumentOf)
    let of = kept.get(sql)
    if (!of) kept.set(sql, (of = prepared(db, sql, checked.length)))
    if (of.size !== checked.length)
      throw new RangeError('a statement has as many arguments as ever')
    return { of, args: checked }
  }

  function perform(statement: InStatement): ResultSet {
    return withErrors(() => {
      const { of, args } = statementOf(statement)
      return of.run(args)
    })
  }

  function undoing<A>(work: () => A): A {
    try {
      return work()
    } catch (error) {
      undo()
      throw error
    }
  }

  function undo() {
    try {
      if (db.inTransaction) perform('ROLLBACK')
    } catch (error) {
      // Whoever cannot even give up ends: with this thread goes the server, and with that the lock.
      setImmediate(() => {
        throw error
      })
    }
  }

  function requireFree() {
    if (current) throw new Error('a transaction is open on this connection')
  }

  function batch(statements: InStatement[]): ResultSet[] {
    requireFree()
    return undoing(() => {
      perform('BEGIN IMMEDIATE')
      const results = statements.map(perform)
      perform('COMMIT')
      return results
    })
  }

  function begin(): OpenTransaction {
    requireFree()
    perform('BEGIN IMMEDIATE')

    /** Nothing of a transaction that failed may go on by itself, nor in another one. */
    function within<A>(work: () => A): A {
      if (current !== transaction || !db.inTransaction) throw new Error('the transaction is over')
      return undoing(work)
    }

    const transaction: OpenTransaction = {
      execute: async (statement: InStatement) => within(() => perform(statement)),
      batch: async (statements) => within(() => statements.map(perform)),
      commit: async () => void within(() => perform('COMMIT')),
      close() {
        if (current !== transaction) return
        current = undefined
        undo()
      },
    }
    current = transaction
    return transaction
  }

  return {
    async execute(statement: InStatement) {
      requireFree()
      // What writes does so in a transaction: a lock that it met elsewhere than at its beginning would leave
      // it unfinished, and then nothing could be committed.
      const { reads } = withErrors(() => statementOf(statement).of)
      if (reads) return perform(statement)
      return batch([statement])[0] ?? NO_ROWS
    },
    batch: async (statements) => batch(statements),
    transaction: async () => begin(),
    close() {
      kept.clear()
      db.close()
    },
  }
}

/** Milliseconds for which somebody else's lock is waited for. */
export const WAIT = 5000

function opened(path: string, settings: readonly string[]): Database.Database {
  let db: Database.Database
  try {
    db = new Database(path, { timeout: WAIT })
  } catch (error) {
    throw new LibsqlError(String(error), 'SQLITE_CANTOPEN')
  }
  try {
    withErrors(() => {
      for (const setting of settings) db.exec(`PRAGMA ${setting}`)
    })
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

function prepared(db: Database.Database, sql: string, size: number): Kept {
  const statement = db.prepare(sql)
  if (!statement.reader) {
    return {
      reads: false,
      size,
      run: (args) => ({ ...NO_ROWS, rowsAffected: statement.run(args).changes }),
    }
  }
  statement.raw(true)
  const columns = statement.columns().map(({ name }) => name)
  return {
    reads: true,
    size,
    run(args) {
      const rows = statement.all(args) as Value[][] // as raw() has them
      return { ...NO_ROWS, columns, rows: rows.map((cells) => rowOf(columns, cells)) }
    },
  }
}

function argumentOf(value: unknown): Argument {
  switch (typeof value) {
    case 'string':
    case 'bigint':
      return value
    case 'boolean':
      return value ? 1 : 0
    case 'number':
      if (Number.isFinite(value)) return value
      break
    case 'object':
      if (value === null || value instanceof Uint8Array) return value
      break
  }
  throw new TypeError('an argument has to be text, a finite number, bytes or null')
}

/** Cells by number and by name. */
function rowOf(columns: readonly string[], cells: Value[]): Row {
  const values = cells.map((cell) => (Buffer.isBuffer(cell) ? bytesOf(cell) : cell))
  const named = columns.map((name, i) => [name, values[i]])
  return Object.assign(values, Object.fromEntries(named)) as unknown as Row // which is just that
}

const bytesOf = (buffer: Buffer): ArrayBuffer =>
  buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.length) as ArrayBuffer // never shared

const NO_ROWS: ResultSet = {
  columns: [],
  columnTypes: [],
  rows: [],
  rowsAffected: 0,
  lastInsertRowid: undefined,
  toJSON: () => ({}),
}

/** Does something of the driver's, whose errors become those of the client: with the code in what they say. */
function withErrors<A>(work: () => A): A {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error
    const { message, code, rawCode } = error
    throw new LibsqlError(message, code, code, rawCode, error)
  }
}
