/**
 * Puts a copy in the place of a database. The copy is proven first, and what it replaces is kept: at no
 * moment is there no database, or half of one.
 */
import {
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Client } from '@libsql/client'
import { BadConfig } from '../config.ts'
import { lockDatabase } from '../db/lock.ts'
import { isAhead, migrateDatabase } from '../db/migrate.ts'
import { openDatabase } from '../db/open.ts'
import type { WayToSignIn } from '../context.ts'
import { readApp, wayOf } from '../services/app-store.ts'
import { recountTallies } from '../services/recount-tallies.ts'
import { type Recount, recount } from '../services/recount.ts'
import { checkWhole, putOnDisk } from './back-up.ts'

export interface Restoring {
  /** The copy. It is only read. */
  from: string
  /** The database's file. */
  to: string
  forge: string
  auth: WayToSignIn | undefined
  /** Puts wrong sums right, instead of refusing them. */
  repair: boolean
  /** Goes into the name of what is replaced. */
  at: Date
}

export interface Restored extends Recount {
  /** Where the database is that was replaced; undefined when there was none. */
  kept: string | undefined
}

const BESIDE = ['-wal', '-shm', '-journal']

/**
 * Restores a copy. Throws `BadConfig`, with nothing changed, when the copy is not whole, is of a newer
 * version, has votes missing or wrong sums, or when a server holds the database.
 */
export async function restore(restoring: Restoring): Promise<Restored> {
  const { from, to, at } = restoring
  if (!existsSync(from) || !statSync(from).isFile())
    throw new BadConfig(`There is no file ${from}.`)
  const unlock = existsSync(to) ? await lockDatabase(pathToFileURL(to).href) : undefined
  const staged = `${to}.restoring`
  remove(staged)
  try {
    // A copy of a database that was killed has half of its truth in the journal beside it.
    for (const end of ['', '-wal']) {
      if (existsSync(from + end)) copyFileSync(from + end, staged + end, constants.COPYFILE_EXCL)
    }
    const proof = await proven(staged, restoring)
    putOnDisk(staged)
    const kept = unlock ? await setAside(to, at) : undefined
    if (kept === undefined) linkSync(staged, to)
    else renameSync(staged, to)
    putOnDisk(dirname(to))
    return { ...proof, kept }
  } finally {
    remove(staged)
    unlock?.()
  }
}

/** Brings a copy to this version's tables and counts it again. */
async function proven(file: string, { from, forge, auth, repair }: Restoring): Promise<Recount> {
  const db = await openDatabase({ url: pathToFileURL(file).href }).catch((error: unknown) => {
    throw new BadConfig(`${from} is not a database that can be read.`, { cause: error })
  })
  try {
    await checkOurs(db, from)
    await checkWhole(db)
    await migrateDatabase(db)
    const way = wayOf(auth, (await readApp(db, forge)) !== undefined)
    const found = await counted(db, way, repair)
    // Leaves everything in the one file.
    await db.execute('PRAGMA journal_mode = DELETE')
    return found
  } finally {
    db.close()
  }
}

async function checkOurs(db: Client, from: string): Promise<void> {
  const { rows } = await db
    .execute(
      "SELECT name FROM sqlite_master WHERE name IN ('log', 'votes', '__drizzle_migrations')",
    )
    .catch((error: unknown) => {
      throw new BadConfig(`${from} is not a database that can be read.`, { cause: error })
    })
  if (rows.length < 3) throw new BadConfig(`${from} is not a database of Forgemoot.`)
  if (await isAhead(db))
    throw new BadConfig(`${from} was made by a newer version of Forgemoot than this one.`)
}

async function counted(db: Client, auth: WayToSignIn, repair: boolean): Promise<Recount> {
  const writer = {
    run: async (statements: Parameters<Client['batch']>[0]) =>
      (await db.batch(statements, 'write')).map(() => []),
  }
  const found = await recount({ db, writer, auth }, { repair })
  const { gaps, subjects, votes } = found
  if (gaps.length)
    throw new BadConfig(`${gaps.length} votes are missing in its log. Take another backup.`)
  if (!repair && subjects.length + votes.length)
    throw new BadConfig(
      `Its log is whole, but ${subjects.length} subjects and ${votes.length} standing votes are not ` +
        'what the log adds up to. --repair counts them again.',
    )
  const merging = await recountTallies(db)
  if (merging.gaps.length + merging.wrong.length)
    throw new BadConfig(
      `${merging.gaps.length} entries are missing in the record of votes on merging, and ` +
        `${merging.wrong.length} of these votes are not what it says. Take another backup.`,
    )
  return found
}

/** Gives what is there a second name, and empties its journal, which would be taken for the new one's. */
async function setAside(to: string, at: Date): Promise<string> {
  const kept = `${to}.replaced-${at.toISOString().replaceAll(/[:.]/g, '-')}`
  await emptyJournal(to)
  linkSync(to, kept)
  if (existsSync(`${to}-wal`)) linkSync(`${to}-wal`, `${kept}-wal`)
  putOnDisk(dirname(to))
  for (const end of BESIDE) rmSync(to + end, { force: true })
  return kept
}

/** What is damaged keeps its journal. */
async function emptyJournal(file: string): Promise<void> {
  try {
    const db = await openDatabase({ url: pathToFileURL(file).href })
    await db.execute('PRAGMA wal_checkpoint(TRUNCATE)').finally(() => db.close())
  } catch {
    // Then it is set aside as it is.
  }
}

function remove(file: string): void {
  for (const end of ['', ...BESIDE]) rmSync(file + end, { force: true })
}
