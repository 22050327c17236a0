/** Databases as they look after years: a million subjects, or another number, with a vote each, a thousand people. */
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@libsql/client'
import { migrateDatabase } from '../../../server/db/migrate.ts'

export const REPOSITORIES = 1000
export const NUMBERS = 1000
export const PEOPLE = 1000

/**
 * One of `count`, from 1, as attention falls in life: a tenth of all repositories, or of a repository's
 * subjects, gets nearly half of the votes, and half of them gets four fifths.
 */
export const popular = (count: number) => 1 + Math.floor(count * Math.random() ** 3)

/** Raised when what is below changes, so that an old seed is not taken for it. */
const EDITION = 3

/** The token of a person's session; persons count from 1. */
export const tokenOf = (person: number) => `bench-${person}`

/** A subject's id; repositories and numbers count from 1. */
export const subjectOf = (repository: number, number: number) =>
  `github.com/owner-${repository}/project-${repository}#${number}`

/** A copy of the seed to spoil, in a folder of its own. */
export async function seededCopy(repositories = REPOSITORIES) {
  const seed = join(tmpdir(), `forgemoot-bench-seed-${EDITION}-${repositories}.db`)
  if (!existsSync(seed)) {
    const subjects = repositories * NUMBERS
    console.log(`Making a database of ${subjects.toLocaleString('en')} subjects, once…`)
    await build(seed, repositories)
  }
  const folder = mkdtempSync(join(tmpdir(), 'forgemoot-bench-'))
  const file = join(folder, 'votes.db')
  copyFileSync(seed, file)
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

const COUNT = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i <`

async function build(seed: string, repositories: number) {
  const draft = `${seed}.${process.pid}`
  const db = createClient({ url: `file:${draft}`, concurrency: 1 })
  await db.execute('PRAGMA journal_mode = OFF')
  await db.execute('PRAGMA synchronous = OFF')
  await db.execute('PRAGMA cache_size = -262144')
  await migrateDatabase(db)
  const all = repositories * NUMBERS
  const hashes = Array.from({ length: PEOPLE }, (_, i) =>
    createHash('sha256')
      .update(tokenOf(i + 1))
      .digest('base64url'),
  )
  const at = Date.parse('2026-01-01')
  await db.execute(`INSERT INTO persons (id, host, login, created_at)
    ${COUNT} ${PEOPLE}) SELECT i, 'github.com', 'person-' || i, ${at} FROM n`)
  await db.execute({
    sql: `INSERT INTO sessions (person_id, token_hash, created_at, expires_at)
      SELECT key + 1, value, ${at}, ${at * 2} FROM json_each(?)`,
    args: [JSON.stringify(hashes)],
  })
  await db.execute(`INSERT INTO repositories (id, host, owner, name)
    ${COUNT} ${repositories}) SELECT i, 'github.com', 'owner-' || i, 'project-' || i FROM n`)
  await db.execute(`INSERT INTO repository_names (host, owner, name, repository_id)
    SELECT host, owner, name, id FROM repositories`)
  // One vote in favour of each; keys about as large as real ones.
  await db.execute(`INSERT INTO subjects (id, repository_id, number, part, contributors_up,
      contributors_down, others_up, others_down, value, top, hot, rising, controversial)
    ${COUNT} ${all}) SELECT i, (i - 1) / ${NUMBERS} + 1, (i - 1) % ${NUMBERS} + 1, '', 0, 0, 1, 0,
      244712287, 2, 51000000000 + i * 1013, 700000000000 + i * 10007, 0 FROM n`)
  await db.execute(`INSERT INTO votes (subject_id, person_id, value, accepted_at, seq)
    ${COUNT} ${all}) SELECT i, i % ${PEOPLE} + 1, 1, ${at} + i, i - 1 FROM n`)
  await db.execute(`INSERT INTO log (seq, id, person_id, subject_id, value, cast_at, accepted_at)
    ${COUNT} ${all}) SELECT i - 1, unhex(printf('%08x000040008000%012x', i * 429, i)),
      i % ${PEOPLE} + 1, i, 1, ${at} + i, ${at} + i FROM n`)
  db.close()
  renameSync(draft, seed)
}
