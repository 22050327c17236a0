/** The record of everything that was done about merging, and what is to be looked at because of it. */
import type { Access, Reader } from '../ledger.ts'
import type { NextIds } from '../next-ids.ts'
import type { TallyRow } from './state.ts'

/** What is written down, besides what is counted. */
export interface Entry {
  kind:
    | 'opened'
    | 'ballot'
    | 'delegation'
    | 'same-content'
    | 'extended'
    | 'decided'
    | 'cancelled'
    | 'superseded'
    | 'overridden'
    | 'merging'
    | 'merged'
    | 'lapsed'
  /** Whole seconds. */
  at: number
  /** Whose doing it was, by account; null for the server's. */
  accountId?: number | null
  cast?: { id: string; personId: number }
  detail: Record<string, unknown>
}

const ADD = `INSERT INTO record
  (seq, repository_id, tally_id, at, kind, account_id, cast_id, person_id, detail)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`

/** Writes an entry down; its place in the record, which is its receipt. */
export async function addEntry(
  tx: Access,
  ids: NextIds,
  of: { repositoryId: number; id: number | null },
  entry: Entry,
): Promise<number> {
  const seq = ids.entry++
  const { kind, at, accountId = null, cast, detail } = entry
  await tx.execute({
    sql: ADD,
    args: [
      seq,
      of.repositoryId,
      of.id,
      at,
      kind,
      accountId,
      cast?.id ?? null,
      cast?.personId ?? null,
      JSON.stringify(detail),
    ],
  })
  return seq
}

const LOOK = `INSERT INTO pull_looks (repository_id, number, due_at) VALUES (?, ?, ?)
  ON CONFLICT DO UPDATE SET due_at = min(due_at, excluded.due_at), faults = 0`

/** Has a pull request looked at, at a time in epoch milliseconds or before. */
export const lookAt = (repositoryId: number, number: number, dueAt: number) => ({
  sql: LOOK,
  args: [repositoryId, number, dueAt],
})

/** What of a tally may change once it is written. */
export type TallyChange = Partial<
  Pick<
    TallyRow,
    | 'head'
    | 'sameContent'
    | 'extension'
    | 'status'
    | 'reason'
    | 'closedAt'
    | 'settleAt'
    | 'merge'
    | 'mergeNote'
    | 'mergeSha'
    | 'checkId'
    | 'reported'
  >
>

const COLUMNS: Record<keyof TallyChange, string> = {
  head: 'head',
  sameContent: 'same_content',
  extension: 'extension',
  status: 'status',
  reason: 'reason',
  closedAt: 'closed_at',
  settleAt: 'settle_at',
  merge: 'merge',
  mergeNote: 'merge_note',
  mergeSha: 'merge_sha',
  checkId: 'check_id',
  reported: 'reported',
}

export async function updateTally(tx: Reader, id: number, change: TallyChange): Promise<void> {
  const names = Object.keys(change) as (keyof TallyChange)[]
  if (!names.length) return
  const values = names.map((name) => {
    const value = change[name]
    return Array.isArray(value) ? JSON.stringify(value) : (value ?? null)
  })
  await tx.execute({
    sql: `UPDATE tallies SET ${names.map((name) => `${COLUMNS[name]} = ?`).join(', ')} WHERE id = ?`,
    args: [...values, id],
  })
}
