import type { Context } from '../context.ts'
import { askForImport } from '../db/import-store.ts'

const DAY = 86_400_000

/** How long the forge's deliveries are remembered: it repeats none that is older. */
const REMEMBERED = 30 * DAY

// What is said to be later than tomorrow is from before the clock was put back, and tells nothing.
const DUE = `SELECT r.id, r.host, r.owner, r.name FROM repositories r
  WHERE r.imported_at IS NOT NULL AND r.owner <> '' AND NOT EXISTS (SELECT 1 FROM imports i
    WHERE i.repository_id = r.id AND i.kind = 'nightly' AND i.asked_at > ?1 AND i.asked_at < ?2)
  AND (r.imported_at <= ?1 OR r.imported_at >= ?2)`

/**
 * Asks for every imported repository to be gone through again that was not within a day: what deliveries
 * lost is found, and who has no work in the window any more ceases to be a contributor.
 */
export async function askNightlyImports({
  db,
  writer,
  now,
}: Pick<Context, 'db' | 'writer' | 'now'>): Promise<void> {
  const { rows } = await db.execute({ sql: DUE, args: [now() - DAY, now() + DAY] })
  for (const { id, host, owner, name } of rows) {
    const address = { host: String(host), owner: String(owner), name: String(name) }
    await writer.run(askForImport(address, 'nightly', Number(id), now()))
  }
  await writer.run([
    { sql: 'DELETE FROM deliveries WHERE taken_at < ?', args: [now() - REMEMBERED] },
  ])
}
