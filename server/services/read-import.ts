import type { ImportReply } from '#shared/api/imports'
import { Problem } from '#shared/problem'
import type { Context } from '../context.ts'
import { type Import, type Phase, readImport } from '../db/import-store.ts'

/** Where on the way from 0 to 100 each phase begins and ends: by requests, items are nearly everything. */
const SHARE: Record<Phase, [from: number, to: number]> = {
  repository: [0, 0],
  items: [0, 88],
  open: [88, 90],
  reactions: [90, 92],
  merges: [92, 94],
  work: [94, 99],
  contributors: [99, 100],
}

/** How far an import is. `not-found` when there is none of this id. */
export async function readImportReply(
  { db }: Pick<Context, 'db'>,
  id: number,
): Promise<ImportReply> {
  const row = await readImport(db, id)
  if (!row) throw new Problem('not-found', 'There is no such import.')
  const { status, phase, done, total, skipped, until, problem, startedAt, finishedAt } = row
  const repo = `${row.host}/${row.owner}/${row.name}`
  const percent = percentOf(row)
  return {
    id,
    repo,
    status,
    phase,
    done,
    total,
    skipped,
    percent,
    until,
    problem,
    startedAt,
    finishedAt,
  }
}

function percentOf({ status, phase, done, total }: Import): number {
  if (status === 'done') return 100
  if (phase === null) return 0
  const [from, to] = SHARE[phase]
  const part = total === null || total === 0 ? 0 : Math.min(1, done / total)
  return Math.round((from + (to - from) * part) * 10) / 10
}
