/** A copy of a database while it is used: of one moment, whole, and in one file. */
import { chmodSync, closeSync, existsSync, fsyncSync, linkSync, openSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Client } from '@libsql/client'
import { BadConfig } from '../config.ts'
import { openDatabase } from '../db/open.ts'

/** What a copy holds. */
export interface BackedUp {
  votes: number
  /** The receipt of its last vote; null before the first. */
  lastReceipt: number | null
}

/**
 * Writes all of a database into a new file, as it is at one moment, whatever is written meanwhile. The file
 * has its name only when it is whole and on the disk. Throws `BadConfig` when the name is taken.
 */
export async function backUp(db: Client, file: string): Promise<BackedUp> {
  if (existsSync(file)) throw new BadConfig(`${file} is there already. Name a new file.`)
  const partial = `${file}.${process.pid}.partial`
  rmSync(partial, { force: true })
  try {
    // It holds secrets; made beforehand, so that it is never anybody else's to read. SQLite fills an empty file.
    closeSync(openSync(partial, 'wx', 0o600))
    await db.execute({ sql: 'VACUUM INTO ?', args: [partial] })
    const held = await whatIsIn(partial)
    putOnDisk(partial)
    linkSync(partial, file)
    putOnDisk(dirname(file))
    return held
  } finally {
    for (const end of ['', '-wal', '-shm', '-journal']) rmSync(partial + end, { force: true })
  }
}

async function whatIsIn(file: string): Promise<BackedUp> {
  const copy = await openDatabase({ url: pathToFileURL(file).href })
  try {
    await checkWhole(copy)
    const { rows } = await copy.execute('SELECT count(*) AS votes, max(seq) AS last FROM log')
    // The file alone is to hold everything, and nothing is to lie beside it.
    await copy.execute('PRAGMA journal_mode = DELETE')
    const [votes, last] = Object.values(rows[0] ?? {})
    return { votes: Number(votes), lastReceipt: last === null ? null : Number(last) }
  } finally {
    copy.close()
    chmodSync(file, 0o600)
  }
}

/** Goes through every page and every index of a database. Throws `BadConfig`. */
export async function checkWhole(db: Client): Promise<void> {
  const { rows } = await db.execute('PRAGMA integrity_check(1)')
  if (rows[0]?.[0] !== 'ok')
    throw new BadConfig(`The database is damaged: ${String(rows[0]?.[0])}.`)
}

/** Resolves when a file, or the names in a folder, would survive the power. */
export function putOnDisk(path: string): void {
  const opened = openSync(path, 'r')
  fsyncSync(opened)
  closeSync(opened)
}
