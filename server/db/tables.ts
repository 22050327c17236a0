/** All of a database, whatever is in it: its tables and their rows, in the order of their keys. */
import type { Value } from '@libsql/client'
import type { Reader } from './ledger.ts'

export interface Table {
  name: string
  columns: string[]
  key: string[]
}

/** Rows read at a time: a remote database refuses answers that are too large. */
const PAGE = 1000

const COLUMNS = `SELECT m.name AS "table", c.name AS "column", c.pk
  FROM sqlite_master m, pragma_table_info(m.name) c
  WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY m.name, c.cid`

export async function tablesOf(db: Reader): Promise<Table[]> {
  const { rows } = await db.execute(COLUMNS)
  const names = [...new Set(rows.map(({ table }) => String(table)))]
  return names.map((name) => {
    const own = rows.filter(({ table }) => table === name)
    const key = own
      .filter(({ pk }) => Number(pk) > 0)
      .toSorted((a, b) => Number(a.pk) - Number(b.pk))
      .map(({ column }) => String(column))
    const columns = own.map(({ column }) => String(column))
    // Drizzle's own table is the one whose key may be null, so its rows are told apart by their number.
    return { name, columns, key: name.startsWith('__') ? ['rowid'] : key }
  })
}

/** The rows of a table, some at a time, each as the values of its columns. */
export async function* pagesOf(
  db: Reader,
  { name, columns, key }: Table,
): AsyncGenerator<Value[][]> {
  const keys = key.map(quoted).join(', ')
  const picked = columns.map(quoted).join(', ')
  const holes = key.map(() => '?').join(', ')
  for (let after: Value[] | undefined; ;) {
    const { rows } = await db.execute({
      sql: `SELECT ${picked}, ${keys} FROM ${quoted(name)}
        ${after ? `WHERE (${keys}) > (${holes})` : ''} ORDER BY ${keys} LIMIT ${PAGE}`,
      args: after ?? [],
    })
    const values = rows.map((row) => [...columns, ...key].map((_, i) => row[i] ?? null))
    if (values.length) yield values.map((row) => row.slice(0, columns.length))
    const last = values.at(-1)
    if (!last || values.length < PAGE) return
    after = last.slice(columns.length)
  }
}

export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`
