/** What is remembered of the pages of a forge's lists. */
import type { Client } from '@libsql/client'
import type { Page } from '../forges/forge.ts'
import type { ItemFacts, WorkFacts } from '../forge-facts.ts'
import type { Statement } from '../writer/writer.ts'

/** A page as it was when it was written down. */
export interface KnownPage {
  etag: string | null
  next: string | null
  numbers: number[]
  /** When the last of its items changed. */
  latest: number | null
}

const FIND = 'SELECT etag, next, numbers, latest FROM forge_pages WHERE address = ?'

export async function readPage(db: Client, address: string): Promise<KnownPage | undefined> {
  const row = (await db.execute({ sql: FIND, args: [address] })).rows[0]
  return (
    row && {
      etag: row.etag === null ? null : String(row.etag),
      next: row.next === null ? null : String(row.next),
      numbers: JSON.parse(String(row.numbers)) as number[],
      latest: row.latest === null ? null : Number(row.latest),
    }
  )
}

/** A page that was read, as it is to be remembered. */
export function knownPage({ facts, etag, next }: Page<ItemFacts | WorkFacts>): KnownPage {
  const items = facts.filter((fact) => 'number' in fact)
  return {
    etag,
    next,
    numbers: items.map(({ number }) => number),
    latest: items.length ? Math.max(...items.map(({ updatedAt }) => updatedAt)) : null,
  }
}

export const rememberPage = (
  address: string,
  { repositoryId, phase, importId }: { repositoryId: number; phase: string; importId: number },
  { etag, next, numbers, latest }: KnownPage,
): Statement => ({
  sql: `INSERT INTO forge_pages (address, repository_id, phase, import_id, etag, next, numbers, latest)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (address) DO UPDATE SET
    repository_id = excluded.repository_id, phase = excluded.phase, import_id = excluded.import_id,
    etag = excluded.etag, next = excluded.next, numbers = excluded.numbers, latest = excluded.latest`,
  args: [address, repositoryId, phase, importId, etag, next, JSON.stringify(numbers), latest],
})

/** Forgets the pages of phases that this import went through without reading them. */
export const forgetPages = (
  repositoryId: number,
  importId: number,
  phases: readonly string[],
): Statement => ({
  sql: `DELETE FROM forge_pages WHERE repository_id = ? AND import_id <> ?
    AND phase IN (SELECT value FROM json_each(?))`,
  args: [repositoryId, importId, JSON.stringify(phases)],
})
