/**
 * The writer's connection to a file: what `@libsql/client` does, over the same driver, but every statement
 * is prepared once. The client prepares it each time it runs, and for a transaction of some thirty votes
 * that was a quarter of the work. Tables keep their columns while it is open: migrations come before.
 */
import { LibsqlError, type InStatement, type ResultSet, type Row, type Value } from '@libsql/client'
import Database from 'libsql'
import type { Connection, OpenTransaction } from './ledger.ts'

/** A statement as it is kept. */
type Run = (args: unknown[]) => ResultSet

/** `settings` are pragmas, said whenever the file is opened. Errors are those of the client. */
export function keptConnection(path: string, settings: readonly string[]): Connection {
  let db: Database.Database | undefined
  const kept = new Map<string, Run>()
  let isTaken = false

  function opened(): Database.Database {
    if (db) return db
    db = new Database(path, { timeout: WAIT })
    for (const setting of settings) db.exec(`PRAGMA ${setting}`)
    return db
  }

  function close() {
    kept.clear()
    db?.close()
    db = undefined
  }

  function perform(statement: InStatement): ResultSet {
    const { sql, args } = typeof statement === 'string' ? { sql: statement, args: [] } : statement
    try {
      let run = kept.get(sql)
      if (!run) {
        run = prepared(opened(), sql)
        kept.set(sql, run)
      }
      return run(args as unknown[])
    } catch (error) {
      throw errorOf(error)
    }
  }

  /** Whoever wants to write while a transaction is open would write in it. */
  function requireFree() {
    if (isTaken) throw new Error('a transaction is open on this connection')
  }

  /**
   * After a statement failed. What was refused for what it says is over with its transaction. After all else,
   * a lock or the disk, the connection is opened anew: a statement that was not finished would hold on to it.
   */
  function undo(error: unknown) {
    try {
      if (db?.inTransaction) perform('ROLLBACK')
      if (isRefusal(error)) return
    } catch {
      // The connection is closed next, and its transaction with it.
    }
    close()
  }

  function trying<A>(work: () => A): A {
    try {
      return work()
    } catch (error) {
      undo(error)
      throw error
    }
  }

  function begin(): OpenTransaction {
    requireFree()
    trying(() => perform('BEGIN IMMEDIATE'))
    isTaken = true

    /** What failed took its transaction with it; nothing of it may go on by itself. */
    function within<A>(work: () => A): A {
      if (!db?.inTransaction) throw new Error('the transaction is over')
      return trying(work)
    }

    return {
      execute: async (statement: InStatement) => within(() => perform(statement)),
      batch: async (statements) => within(() => statements.map(perform)),
      commit: async () => void within(() => perform('COMMIT')),
      close() {
        isTaken = false
        if (db?.inTransaction) trying(() => perform('ROLLBACK'))
      },
    }
  }

  trying(opened)
  return {
    async execute(statement: InStatement) {
      requireFree()
      return trying(() => perform(statement))
    },
    async batch(statements) {
      requireFree()
      return trying(() => {
        perform('BEGIN IMMEDIATE')
        const results = statements.map(perform)
        perform('COMMIT')
        return results
      })
    },
    transaction: async () => begin(),
    close,
  }
}

/** Milliseconds for which somebody else's lock is waited for. */
const WAIT = 5000

function prepared(db: Database.Database, sql: string): Run {
  const statement = db.prepare(sql)
  if (!statement.reader) {
    return (args) => ({ ...NO_ROWS, rowsAffected: statement.run(args).changes })
  }
  statement.raw(true)
  const columns = statement.columns().map(({ name }) => name)
  return (args) => {
    const rows = statement.all(args) as Value[][] // as raw() has them
    return { ...NO_ROWS, columns, rows: rows.map((cells) => rowOf(columns, cells)) }
  }
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

/** Errors as the client has them: with the code in what they say. */
function errorOf(error: unknown): unknown {
  if (!(error instanceof Database.SqliteError)) return error
  const { message, code, rawCode } = error
  return new LibsqlError(message, code, code, rawCode, error)
}

const isRefusal = (error: unknown) =>
  error instanceof LibsqlError && error.code.startsWith('SQLITE_CONSTRAINT')
