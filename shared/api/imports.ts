/** Imports of repositories from their forge. */
import * as v from 'valibot'
import { count, RepositorySchema, time } from './fields.ts'

export const StartImportSchema = v.strictObject({ repo: RepositorySchema })

/** How far the import of a repository is. */
export const ImportSchema = v.object({
  id: count,
  repo: v.string(),
  status: v.picklist(['waiting', 'running', 'paused', 'done', 'failed']),
  /** What is read now; null before and after. */
  phase: v.nullable(
    v.picklist(['repository', 'items', 'open', 'reactions', 'merges', 'work', 'contributors']),
  ),
  /** Entries of this phase that were read, and that there are; null when the forge does not say. */
  done: count,
  total: v.nullable(count),
  /** Entries of all phases that the forge described in no known way. */
  skipped: count,
  /** Of the whole import. */
  percent: v.pipe(v.number(), v.minValue(0), v.maxValue(100)),
  /** When it goes on by itself because the forge wants to be left alone until then, epoch milliseconds. */
  until: v.nullable(time),
  /** Why it paused or failed, and what would help, for a person. */
  problem: v.nullable(v.string()),
  startedAt: v.nullable(time),
  finishedAt: v.nullable(time),
})

export type ImportReply = v.InferOutput<typeof ImportSchema>
