import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Context } from '../context.ts'
import { isMigrated } from '../db/migrate.ts'
import { isFile } from '../db/open.ts'
import { pathOf } from '../db/path-of.ts'

/** Which parts do what they are there for right now. */
export interface Readiness {
  /** It can be read. */
  database: boolean
  /** It has the tables of this version. */
  migrations: boolean
  /** A transaction that changes something was committed. */
  writer: boolean
  /** There is room for what comes next. */
  disk: boolean
}

/** Bytes that have to be free: the journal alone may take 120 MB before it is emptied. */
const ROOM = 192 * 1024 * 1024

/** A change and its undoing: nothing is different afterwards, but it went to the disk. */
const PING = [
  {
    sql: "INSERT OR REPLACE INTO deliveries (signature, taken_at) VALUES ('readiness', ?)",
    args: [0],
  },
  { sql: "DELETE FROM deliveries WHERE signature = 'readiness'", args: [] },
]

/** Asks every part for what it does all day. */
export async function readiness(
  { db, writer, database: url }: Pick<Context, 'db' | 'writer' | 'database'>,
  patience = 5000,
): Promise<Readiness> {
  const [database, migrations, written, disk] = await Promise.all([
    answers(
      db.execute('SELECT 1 FROM log LIMIT 1').then(() => true),
      patience,
    ),
    answers(isMigrated(db), patience),
    answers(
      writer.run(PING).then(() => true),
      patience,
    ),
    answers(hasRoom(url), patience),
  ])
  return { database, migrations, writer: written, disk }
}

async function hasRoom(url: string): Promise<boolean> {
  if (!isFile(url)) return true
  const { bavail, bsize } = await statfs(dirname(pathOf(url)))
  return bavail * bsize >= ROOM
}

async function answers(call: Promise<boolean>, patience: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), patience)
  })
  const answered = call.catch(() => false)
  return Promise.race([answered, late]).finally(() => clearTimeout(timer))
}
