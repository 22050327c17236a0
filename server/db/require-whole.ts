import type { Client } from '@libsql/client'
import { BadConfig } from '../config.ts'
import { MOVING } from './open.ts'

/** Throws `BadConfig` where a database was being moved to, and not all of it arrived. */
export async function requireWhole(db: Client): Promise<void> {
  if ((await db.execute(MOVING)).rows.length)
    throw new BadConfig(
      'The database is not whole: `npm run move` to it was broken off. Run it again.',
    )
}
