/** A database after an import, table by table, to be compared with another. */
import { openDatabase } from '../../server/db/open.ts'
import { databaseAt } from '../../server/testing-database.ts'

/** All but what says when something was done, and by which import. */
const TABLES: Record<string, string> = {
  repositories: 'id, host, owner, name, forge_id, default_branch',
  repository_names: '*',
  subjects: '*',
  items: '*',
  labels: '*',
  subject_labels: '*',
  closes: '*',
  accounts: '*',
  work: '*',
  contributors: '*',
  forge_pages: 'phase, etag, numbers, latest',
}

/** Rows read at a time: a remote database refuses answers that are too large. */
const PAGE = 5000

/** The rows of every table that an import writes; `but` names columns that differ and may. */
export async function tablesOf(
  file: string,
  names: readonly string[] = Object.keys(TABLES),
): Promise<Record<string, string[]>> {
  const db = await openDatabase({ url: await databaseAt(file) })
  const tables: Record<string, string[]> = {}
  for (const name of names) {
    const all: string[] = []
    for (let known = -1; known < all.length;) {
      known = all.length
      const { rows, columns } = await db.execute(
        `SELECT ${TABLES[name]} FROM ${name} LIMIT ${PAGE} OFFSET ${known}`,
      )
      all.push(...rows.map((row) => JSON.stringify(columns.map((_, place) => row[place]))))
    }
    tables[name] = all.toSorted((a, b) => (a < b ? -1 : 1))
  }
  db.close()
  return tables
}
