/** Everything that is kept, as text that any program reads: a row a line. */
import type { Client, Row, Transaction } from '@libsql/client'
import { uuidOf } from '../db/vote-ids.ts'

/** Columns that open something. They leave by a backup, which is nobody's business, and by nothing else. */
const SECRETS = new Set([
  'sessions.token_hash',
  'apps.client_secret',
  'apps.webhook_secret',
  'apps.private_key',
])

/** Rows read at a time: a remote database refuses answers that are too large. */
const PAGE = 1000

interface Table {
  name: string
  /** Without secrets. */
  columns: string[]
  key: string[]
}

/**
 * All rows of all tables as they are at one moment, in the order of their keys: JSON lines
 * `{"table":"log","row":{…}}`. The first line is what `about` says. Secrets are left out.
 */
export async function* exportRows(db: Client, about: object): AsyncGenerator<string> {
  const moment = await db.transaction('read')
  try {
    const tables = await tablesOf(moment)
    yield JSON.stringify({ ...about, tables: tables.map(({ name }) => name) })
    for (const table of tables) yield* rowsOf(moment, table)
  } finally {
    moment.close()
  }
}

async function tablesOf(moment: Transaction): Promise<Table[]> {
  const { rows } = await moment.execute(
    `SELECT m.name AS "table", c.name AS "column", c.pk FROM sqlite_master m, pragma_table_info(m.name) c
      WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY m.name, c.cid`,
  )
  const names = [...new Set(rows.map(({ table }) => String(table)))]
  return names.map((name) => {
    const own = rows.filter(({ table }) => table === name)
    const key = own
      .filter(({ pk }) => Number(pk) > 0)
      .toSorted((a, b) => Number(a.pk) - Number(b.pk))
      .map(({ column }) => String(column))
    const columns = own
      .map(({ column }) => String(column))
      .filter((column) => !SECRETS.has(`${name}.${column}`))
    // Drizzle's own table is the one whose key may be null, so its rows are told apart by their number.
    return { name, columns, key: name.startsWith('__') ? ['rowid'] : key }
  })
}

async function* rowsOf(moment: Transaction, { name, columns, key }: Table): AsyncGenerator<string> {
  const keys = key.map(quoted).join(', ')
  const picked = columns.map(quoted).join(', ')
  const holes = key.map(() => '?').join(', ')
  for (let after: unknown[] | undefined; ;) {
    const { rows } = await moment.execute({
      sql: `SELECT ${picked}, ${keys} FROM ${quoted(name)}
        ${after ? `WHERE (${keys}) > (${holes})` : ''} ORDER BY ${keys} LIMIT ${PAGE}`,
      args: (after ?? []) as (string | number)[], // what the database itself gave as a key
    })
    for (const row of rows) {
      const members = columns.map((column, i) => [column, textOf(row[i])])
      yield JSON.stringify({ table: name, row: Object.fromEntries(members) })
    }
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) return
    after = key.map((_, i) => last[columns.length + i])
  }
}

/** The one thing that is kept as bytes is a vote's id. */
const textOf = (value: Row[number] | undefined) =>
  value instanceof ArrayBuffer ? uuidOf(value) : value

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`
