/** Databases as servers of former schemas left them, for tests: `released/`, dumped from servers of that time. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createClient } from '@libsql/client'

const folderOf = (name: string) => fileURLToPath(new URL(name, import.meta.url))

const sqlFilesIn = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .map((name) => name.slice(0, -'.sql'.length))
    .toSorted()

/** All migrations, by name, the first first. */
export const MIGRATIONS = sqlFilesIn(folderOf('migrations'))

/** The names of migrations at which a database was kept. */
export const RELEASED = sqlFilesIn(folderOf('released'))

/** Writes such a database into a file that is not there yet. */
export async function fillReleased(file: string, name: string): Promise<void> {
  const db = createClient({ url: `file:${file}`, concurrency: 1 })
  await db.executeMultiple(readFileSync(`${folderOf('released')}/${name}.sql`, 'utf8'))
  db.close()
}
