/**
 * Moves everything from one database to another, a file or a remote one, that is empty. Every row is read
 * back and compared, and all sums are counted again there, before it is said to be done. What was moved stays
 * as it was. While it lasts, the other database says that it is not whole: no server starts on it, nothing
 * is moved from it, and whoever moves again begins anew.
 */
import { createHash, type Hash } from 'node:crypto'
import type { Client, InStatement, Value } from '@libsql/client'
import { BadConfig } from '../config.ts'
import type { WayToSignIn } from '../context.ts'
import { isAhead } from '../db/migrate.ts'
import { MOVING } from '../db/open.ts'
import { requireWhole } from '../db/require-whole.ts'
import { pagesOf, quoted, type Table, tablesOf } from '../db/tables.ts'
import { ON_DUTY } from '../duties/duty.ts'
import { readApp, wayOf } from '../services/app-store.ts'
import { recountTallies } from '../services/recount-tallies.ts'
import { type Recount, recount } from '../services/recount.ts'

export interface Moved extends Recount {
  rows: number
}

/** Who signs in how, as the server has it. */
interface Ways {
  forge: string
  auth: WayToSignIn | undefined
}

/** Rows in one statement: arguments of all rows together have to be fewer than 32,766. */
const ROWS = 200

/**
 * Both have this version's tables, and the other one no rows. Throws `BadConfig` when it cannot be done; then the other one is
 * as it was, or says that it is not whole.
 */
export async function move(from: Client, to: Client, ways: Ways): Promise<Moved> {
  for (const db of [from, to]) {
    if (await isAhead(db)) throw new BadConfig('It was made by a newer version of Forgemoot.')
  }
  for (const db of [from, to]) {
    if ((await db.execute(ON_DUTY)).rows.length)
      throw new BadConfig(
        'A server runs on it, or was killed a moment ago. Stop all servers first.',
      )
  }
  await requireWhole(from)
  await makeEmpty(to)
  // All of one moment: nobody is to write meanwhile, but who knows.
  const moment = await from.transaction('read')
  let rows = 0
  try {
    const tables = await ownTables(moment)
    for (const table of tables) {
      const sent = createHash('sha256')
      for await (const page of pagesOf(moment, table)) {
        await to.batch(insertsOf(table, page), 'write')
        seal(sent, page)
        rows += page.length
      }
      const arrived = createHash('sha256')
      for await (const page of pagesOf(to, table)) seal(arrived, page)
      if (sent.digest('hex') !== arrived.digest('hex'))
        throw new BadConfig(`What arrived of the table ${table.name} is not what was sent.`)
    }
  } finally {
    moment.close()
  }
  const found = await counted(to, ways)
  await to.execute("DELETE FROM leases WHERE name = 'moving'")
  return { ...found, rows }
}

/** What says who does what, and which tables there are, is each database's own. */
const ownTables = async (db: Parameters<typeof tablesOf>[0]) =>
  (await tablesOf(db)).filter(({ name }) => name !== 'leases' && !name.startsWith('__'))

async function makeEmpty(to: Client): Promise<void> {
  const tables = await ownTables(to)
  const isOurs = (await to.execute(MOVING)).rows.length > 0
  for (const { name } of tables) {
    const isEmpty = !(await to.execute(`SELECT 1 FROM ${quoted(name)} LIMIT 1`)).rows.length
    if (!isEmpty && !isOurs)
      throw new BadConfig('There is something in the database that it should move to.')
  }
  await to.batch(
    [
      "INSERT OR REPLACE INTO leases (name, owner, until) VALUES ('moving', 'npm run move', 0)",
      ...tables.toReversed().map(({ name }) => `DELETE FROM ${quoted(name)}`),
    ],
    'write',
  )
}

function insertsOf({ name, columns }: Table, page: Value[][]): InStatement[] {
  const statements: InStatement[] = []
  const row = `(${columns.map(() => '?').join(', ')})`
  for (let from = 0; from < page.length; from += ROWS) {
    const rows = page.slice(from, from + ROWS)
    statements.push({
      sql: `INSERT INTO ${quoted(name)} (${columns.map(quoted).join(', ')})
        VALUES ${rows.map(() => row).join(', ')}`,
      args: rows.flat(),
    })
  }
  return statements
}

function seal(hash: Hash, page: Value[][]): void {
  for (const row of page) {
    const values = row.map((value) =>
      value instanceof ArrayBuffer ? { bytes: Buffer.from(value).toString('hex') } : value,
    )
    hash.update(`${JSON.stringify(values)}\n`)
  }
}

const nobody = () => Promise.reject(new Error('nothing is repaired here'))

async function counted(db: Client, { forge, auth }: Ways): Promise<Recount> {
  const way = wayOf(auth, (await readApp(db, forge)) !== undefined)
  const found = await recount({ db, writer: { run: nobody }, auth: way })
  const merging = await recountTallies(db)
  const wrong = [found.gaps, found.subjects, found.votes, merging.gaps, merging.wrong]
  if (wrong.some(({ length }) => length))
    throw new BadConfig(
      'Every row arrived, but sums are not what the log adds up to. See `npm run recount` for the database that was to be moved.',
    )
  return found
}
