import type { InArgs } from '@libsql/client'
import type { Reader } from './ledger.ts'

/**
 * The rows that a statement answers with as one JSON text, a list in its only cell: reading cells
 * one by one through the client costs several times as much.
 */
export async function readList<Row>(db: Reader, sql: string, args: InArgs): Promise<Row[]> {
  const { rows } = await db.execute({ sql, args })
  return JSON.parse(String(rows[0]?.[0])) as Row[] // what the statement says: a list of such rows
}
