/** Databases of imported repositories, the largest with a hundred thousand open issues. */
import { existsSync, renameSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@libsql/client'
import { migrateDatabase } from '../../../server/db/migrate.ts'

/** Raised when what is below changes, so that an old seed is not taken for it. */
const EDITION = 1

/** Open issues of the largest repository, at most. */
const LARGEST = 100_000

/** Subjects of every other repository. */
const USUAL = 1000

export const LARGEST_REPOSITORY = 'github.com/owner-1/project-1'

/** The file of a database with so many subjects; made once, and then only read. */
export async function feedSeed(subjects: number): Promise<string> {
  const file = join(tmpdir(), `forgemoot-bench-feed-${EDITION}-${subjects}.db`)
  if (!existsSync(file)) {
    console.log(`Making a database of ${subjects.toLocaleString('en')} subjects, once…`)
    await build(file, subjects)
  }
  return file
}

async function build(file: string, subjects: number) {
  const draft = `${file}.${process.pid}`
  const db = createClient({ url: `file:${draft}`, concurrency: 1 })
  for (const setting of ['journal_mode = OFF', 'synchronous = OFF', 'cache_size = -1000000']) {
    await db.execute(`PRAGMA ${setting}`)
  }
  await migrateDatabase(db)
  const { rows } = await db.execute(
    "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND name LIKE 'feed_%'",
  )
  // Sorted once at the end an index takes a fraction of the time.
  for (const { name } of rows) await db.execute(`DROP INDEX ${String(name)}`)
  const largest = Math.min(LARGEST, subjects)
  const repositories = 1 + Math.ceil((subjects - largest) / USUAL)
  await db.execute(`INSERT INTO repositories (id, host, owner, name, forge_id, imported_at)
    ${count(repositories)} SELECT i, 'github.com', 'owner-' || i, 'project-' || i, i, 1 FROM n`)
  await db.execute(`INSERT INTO repository_names (host, owner, name, repository_id)
    SELECT host, owner, name, id FROM repositories`)
  await db.execute(`INSERT INTO accounts (host, forge_id, login, is_bot)
    ${count(1000)} SELECT 'github.com', i, 'person-' || i, 0 FROM n`)
  await db.execute(`INSERT INTO labels (id, repository_id, name, color)
    ${count(20)} SELECT i, 1, 'label-' || i, 'd73a4a' FROM n`)
  // A fifth has votes; what nobody voted on ties, as it does in life.
  const has = '(i * 7919) % 5 = 0'
  await db.execute(`INSERT INTO subjects (id, repository_id, number, part, contributors_up,
      contributors_down, others_up, others_down, value, top, hot, rising, controversial, kind, state, opened_at)
    ${count(subjects)} SELECT i, CASE WHEN i <= ${largest} THEN 1 ELSE 2 + (i - ${largest} - 1) / ${USUAL} END,
      CASE WHEN i <= ${largest} THEN i ELSE (i - ${largest} - 1) % ${USUAL} + 1 END, '', 0, 0, ${has}, 0,
      CASE WHEN ${has} THEN 164000000 + (i * 7919) % 700000000 ELSE 164451870 END, ${has} * 2,
      CASE WHEN ${has} THEN 51000000000 + (i * 104729) % 1000000007 ELSE 0 END,
      CASE WHEN ${has} THEN 51000000000 + (i * 15485863) % 1000000007 END,
      CASE WHEN ${has} THEN (i * 7919) % 300000000 ELSE 0 END,
      'issue', 'open', 1600000000000 + (i * 7919) % 150000000000 FROM n`)
  await db.execute(`INSERT INTO items (subject_id, repository_id, title, author_id, comments, updated_at, is_draft)
    SELECT id, repository_id, 'An issue with a title of the usual length, number ' || number,
      id % 1000 + 1, id % 30, opened_at, 0 FROM subjects`)
  await db.execute(`INSERT INTO subject_labels (label_id, subject_id)
    SELECT 1 + id % 20, id FROM subjects WHERE repository_id = 1`)
  for (const { sql } of rows) await db.execute(String(sql))
  await db.execute('PRAGMA journal_mode = WAL')
  db.close()
  renameSync(draft, file)
}

const count = (most: number) =>
  `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${most})`

export const feedPath = (query: Record<string, string>) =>
  `/v1/feed?${new URLSearchParams({ repo: LARGEST_REPOSITORY, ...query })}`
