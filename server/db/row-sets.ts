/**
 * Many rows of a table written together. A remote database gets them as one JSON text, whatever their
 * number: each value that is bound by itself takes more of a message than it does in there. Within a file's
 * process nothing is sent, and values that are bound are written in three quarters of the time that reading them
 * out of JSON takes.
 */
import type { Statement } from '../writer/writer.ts'

/** What rows are of. */
export interface RowSet {
  table: string
  /** In the order in which a row has them; a row may end before those that are null. */
  columns: readonly string[]
  /** What becomes of a value, as SQL, where it is not written as it is given. */
  stored?: Readonly<Record<string, (given: string) => string>>
  /** By what a row is found that is there already, and what it takes from the new one; without this it is an error. */
  conflict?: { key: readonly string[]; takes: readonly string[] }
}

export type Cell = string | number | null
export type Cells = readonly Cell[]

/** Makes statements that write rows. */
export type Insert = (set: RowSet, rows: readonly Cells[]) => Statement[]

/** Rows of one statement at most, a power of two. */
const MOST = 64

export const insertAsJson: Insert = (set, rows) => {
  const cells = set.columns.map((column, i) => storedAs(set, column, `value->>${i}`))
  const sql = `${intoOf(set)} SELECT ${cells.join(', ')} FROM json_each(?) WHERE true ${orElse(set)}`
  return rows.length ? [{ sql, args: [JSON.stringify(rows)] }] : []
}

/** Of sizes that are powers of two, so that few statements have to be kept prepared. */
export const insertAsValues: Insert = (set, rows) => {
  const statements: Statement[] = []
  let from = 0
  for (let size = MOST; size >= 1; size /= 2) {
    for (; rows.length - from >= size; from += size) {
      const args: Cell[] = []
      for (const row of rows.slice(from, from + size))
        for (let i = 0; i < set.columns.length; i++) args.push(row[i] ?? null)
      statements.push({ sql: withValues(set, size), args })
    }
  }
  return statements
}

const texts = new WeakMap<RowSet, Map<number, string>>()

function withValues(set: RowSet, size: number): string {
  let ofSet = texts.get(set)
  if (!ofSet) texts.set(set, (ofSet = new Map<number, string>()))
  let sql = ofSet.get(size)
  if (sql === undefined) {
    const row = `(${set.columns.map((column) => storedAs(set, column, '?')).join(', ')})`
    sql = `${intoOf(set)} VALUES ${Array.from({ length: size }, () => row).join(', ')} ${orElse(set)}`
    ofSet.set(size, sql)
  }
  return sql
}

const intoOf = ({ table, columns }: RowSet) => `INSERT INTO ${table} (${columns.join(', ')})`

const storedAs = ({ stored }: RowSet, column: string, given: string) =>
  stored?.[column]?.(given) ?? given

function orElse({ conflict }: RowSet): string {
  if (!conflict) return ''
  const set = conflict.takes.map((column) => `${column} = excluded.${column}`)
  return `ON CONFLICT (${conflict.key.join(', ')}) DO UPDATE SET ${set.join(', ')}`
}
