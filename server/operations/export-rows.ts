/** Everything that is kept, as text that any program reads: a row a line. */
import type { Client, Value } from '@libsql/client'
import { pagesOf, tablesOf } from '../db/tables.ts'
import { uuidOf } from '../db/vote-ids.ts'

/** Columns that open something. They leave by a backup, which is nobody's business, and by nothing else. */
const SECRETS = new Set([
  'sessions.token_hash',
  'devices.handle_hash',
  'devices.device_code',
  'apps.client_secret',
  'apps.webhook_secret',
  'apps.private_key',
])

/**
 * All rows of all tables as they are at one moment, in the order of their keys: JSON lines
 * `{"table":"log","row":{…}}`. The first line is what `about` says. Secrets are left out.
 */
export async function* exportRows(db: Client, about: object): AsyncGenerator<string> {
  const moment = await db.transaction('read')
  try {
    const tables = (await tablesOf(moment)).map(({ columns, ...table }) => ({
      ...table,
      columns: columns.filter((column) => !SECRETS.has(`${table.name}.${column}`)),
    }))
    yield JSON.stringify({ ...about, tables: tables.map(({ name }) => name) })
    for (const { name, columns, key } of tables) {
      for await (const rows of pagesOf(moment, { name, columns, key })) {
        for (const row of rows) {
          const members = columns.map((column, i) => [column, textOf(row[i])])
          yield JSON.stringify({ table: name, row: Object.fromEntries(members) })
        }
      }
    }
  } finally {
    moment.close()
  }
}

/** The one thing that is kept as bytes is a vote's id. */
const textOf = (value: Value | undefined) => (value instanceof ArrayBuffer ? uuidOf(value) : value)
