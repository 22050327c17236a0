/**
 * What a vote takes on the disk: votes of many people in the order in which they come, which is no order of
 * any index, so that pages are as full as they are in life and not as after a build. Everything counts that a
 * vote leaves: its entry, what stands, its subject, their indexes, and the free space in their pages.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Client } from '@libsql/client'
import type { SubjectId } from '#shared/subject'
import { voteIdOf } from '#shared/vote'
import { openLedger } from '../../../server/db/ledger.ts'
import { migrateDatabase } from '../../../server/db/migrate.ts'
import { openDatabase } from '../../../server/db/open.ts'
import { appendVotes, type PersonsVote } from '../../../server/db/vote-log.ts'
import { popular, subjectOf } from './seed.ts'

const BATCHES = 100
const BATCH = 1000
const PEOPLE = 10_000
const REPOSITORIES = 100

/** Bytes a vote. */
export async function bytesOfVote(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'forgemoot-bench-'))
  const db = await openDatabase({ url: `file:${join(folder, 'votes.db')}` })
  try {
    await migrateDatabase(db)
    const empty = await sizeOf(db)
    const ledger = await openLedger(db, Date.now, { alone: true, localLogins: false })
    for (let batch = 0; batch < BATCHES; batch++) await appendVotes(ledger, votes())
    return ((await sizeOf(db)) - empty) / (BATCHES * BATCH)
  } finally {
    db.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

function votes(): PersonsVote[] {
  const castAt = Date.now()
  return Array.from({ length: BATCH }, () => ({
    id: voteIdOf(crypto.randomUUID(), castAt),
    subject: subjectOf(popular(REPOSITORIES), popular(1000)) as SubjectId, // as subjects are written
    value: Math.random() < 0.8 ? 1 : -1,
    castAt,
    personId: 1 + Math.floor(Math.random() * PEOPLE),
  }))
}

async function sizeOf(db: Client): Promise<number> {
  const { rows } = await db.execute(
    'SELECT page_count * page_size FROM pragma_page_count, pragma_page_size',
  )
  return Number(rows[0]?.[0])
}
