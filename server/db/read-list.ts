import type { InArgs } from '@libsql/client'
import type { Reader } from './ledger.ts'

/**
 * The rows that a statement answers with as one JSON text, a list in its only cell: reading cells
 * one by one through the driver costs several times as much.
 */
export async function readList<Row>(db: Reader, sql: string, args: InArgs): Promise<Row[]> {
  const { rows } = await db.execute({ sql, args })
  return JSON.parse(String(rows[0]?.[0])) as Row[] // what the statement says: a list of such rows
}

/** The same of a statement whose only row has several such cells. */
export async function readLists(db: Reader, sql: string, args: InArgs): Promise<unknown[][]> {
  const { rows, columns } = await db.execute({ sql, args })
  return columns.map((_, i) => JSON.parse(String(rows[0]?.[i])) as unknown[]) // as above
}
