import type { Reader } from './ledger.ts'

/** The ids that new rows get: counted on here, so that a batch knows them before it is written. */
export interface NextIds {
  seq: number
  subject: number
  repository: number
  tally: number
  /** Of the record. */
  entry: number
}

const NEXT = `SELECT (SELECT coalesce(max(seq) + 1, 0) FROM log) AS seq,
  (SELECT coalesce(max(id) + 1, 1) FROM subjects) AS subject,
  (SELECT coalesce(max(id) + 1, 1) FROM repositories) AS repository,
  (SELECT coalesce(max(id) + 1, 1) FROM tallies) AS tally,
  (SELECT coalesce(max(seq) + 1, 0) FROM record) AS entry`

export async function readNextIds(db: Reader): Promise<NextIds> {
  const row = (await db.execute(NEXT)).rows[0]
  return {
    seq: Number(row?.seq),
    subject: Number(row?.subject),
    repository: Number(row?.repository),
    tally: Number(row?.tally),
    entry: Number(row?.entry),
  }
}
