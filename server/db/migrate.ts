/** The tables of this version. Apart from opening, since the writer's thread has no use for what migrates. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Client } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql/sqlite3'
import { migrate } from 'drizzle-orm/libsql/migrator'

const MIGRATIONS = fileURLToPath(new URL('migrations', import.meta.url))

/** Brings a database to this version's tables. Harmless when it is there already. */
export async function migrateDatabase(db: Client): Promise<void> {
  await migrate(drizzle(db), { migrationsFolder: MIGRATIONS }).catch(async (error: unknown) => {
    // Of several servers that start at once one was quicker.
    if (!(await isMigrated(db).catch(() => false))) throw error
  })
}

/** When each migration was made, epoch milliseconds, in their order: how drizzle knows them. */
const MADE = (
  JSON.parse(readFileSync(`${MIGRATIONS}/meta/_journal.json`, 'utf8')) as {
    entries: { when: number }[]
  }
).entries.map(({ when }) => when)

async function lastMigration(db: Client): Promise<number> {
  const { rows } = await db.execute('SELECT max(created_at) FROM __drizzle_migrations')
  return Number(rows[0]?.[0])
}

/** Whether a database has tables of a version newer than this. */
export async function isAhead(db: Client): Promise<boolean> {
  return (await lastMigration(db)) > Math.max(...MADE)
}

/** Whether a database has this version's tables. */
export async function isMigrated(db: Client): Promise<boolean> {
  return (await lastMigration(db)) === Math.max(...MADE)
}
