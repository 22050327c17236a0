/**
 * Looks at a pull request with the forge's eyes and does what is due: follows a push, tells the forge how the
 * vote stands, merges what passed. What was heard of is not believed but looked at, so that news may come
 * late, twice, in any order or not at all. Every step is on the disk before the next, and every step can be
 * done again: whoever begins anew finds out first what the forge has done already.
 */
import { Problem } from '#shared/problem'
import { tallyOf } from '#shared/tally'
import type { Context } from '../context.ts'
import { hideRepository } from '../db/hide-repository.ts'
import { secondsOf } from '../db/tallies/settle-tally.ts'
import {
  inputOf,
  readLatestTally,
  readTallyRow,
  readTallyState,
  type TallyRow,
} from '../db/tallies/state.ts'
import { ForgeRefusal } from '../forges/forge.ts'
import type { PullFacts } from '../forges/forge-pulls.ts'
import { establishTally, readRules } from './establish-tally.ts'
import { type FoundPull, findRepositoryById } from './find-pull.ts'
import { mergePull } from './merge-pull.ts'
import { reportTally } from './report-tally.ts'

export type LookContext = Pick<Context, 'db' | 'writer' | 'pulls' | 'now'>

/** How often a pull request is looked at whose vote is open, in milliseconds: news get lost. */
const OPEN_PAUSE = 2 * 60_000

/** When to look again, epoch milliseconds, null when nothing is to come; and what a person should know. */
export interface Looked {
  next: number | null
  problem: string | null
}

export async function lookAtPull(
  context: LookContext,
  repositoryId: number,
  number: number,
): Promise<Looked> {
  const repository = await findRepositoryById(context.db, repositoryId)
  if (!repository) return { next: null, problem: null }
  const found = { ...repository, number }
  // First: whoever voted waits for this, and the forge wants to see a pass before it merges.
  const told = await reportLast(context, found)
  const pull = await context.pulls.pull(found.facts, number)
  if (!pull) return { next: null, problem: null }
  if (pull.isPrivate) {
    await context.writer.run(hideRepository(repositoryId))
    return { next: null, problem: null }
  }
  const before = await readLatestTally(context.db, repositoryId, number)
  if (before && pull.isMerged) await recordMerge(context, before, pull)
  else await follow(context, found, pull, before)
  const problem = (await reportLast(context, found)) ?? told
  const row = await readLatestTally(context.db, repositoryId, number)
  if (row?.status === 'open') return { next: context.now() + OPEN_PAUSE, problem }
  const isThere = row?.head === pull.head && !pull.isMerged
  return { next: isThere ? await mergePull(context, found, row, pull) : null, problem }
}

/** What somebody else, or we, merged. */
async function recordMerge({ db, writer, now }: LookContext, row: TallyRow, pull: PullFacts) {
  const { mergeSha } = pull
  const by = pull.mergedBy?.login ?? 'somebody'
  const accountId = pull.mergedBy?.forgeId ?? null
  if (row.merge === 'done' || row.status === 'overridden') return
  const isOurs = row.status === 'passed' && row.head === pull.head
  if (isOurs && row.merge !== 'none') {
    await writer.amendTally({
      id: row.id,
      when: { merge: row.merge },
      change: { merge: 'done', mergeSha, mergeNote: `Merged by ${by}.` },
      entry: { kind: 'merged', accountId, detail: { sha: mergeSha, head: pull.head, by } },
    })
    return
  }
  const state = await readTallyState(db, row)
  const tally = tallyOf(inputOf(state, secondsOf(now())))
  const isDone = await writer.amendTally({
    id: row.id,
    when: { status: row.status, merge: row.merge },
    change: {
      ...(row.status === 'open' && { status: 'overridden', reason: by }),
      merge: 'done',
      mergeSha,
      mergeNote: isOurs ? `Merged by ${by}.` : `Merged by ${by}, outside the vote.`,
    },
    entry: {
      // Where the rule only checks, merging what passed is what people are for.
      kind: isOurs ? 'merged' : 'overridden',
      accountId,
      detail: { sha: mergeSha, head: pull.head, by, tally: { ...tally } },
    },
  })
  // It was decided at this moment: then it was merged after the decision.
  if (!isDone) {
    const fresh = await readLatestTally(db, row.repositoryId, row.number)
    if (fresh && fresh.status !== row.status) {
      await recordMerge({ db, writer, now } as LookContext, fresh, pull)
    }
  }
}

/** Opens what opens by itself, and lets a vote follow a push. */
async function follow(
  context: LookContext,
  found: FoundPull,
  pull: PullFacts,
  row: TallyRow | undefined,
) {
  if (!pull.isOpen) return
  const isSame = row?.head === pull.head && row.baseRef === pull.baseRef
  if (row && isSame) return
  const isLapsing = row?.merge === 'wanted' || row?.merge === 'asked'
  if (row && isLapsing) {
    await context.writer.amendTally({
      id: row.id,
      when: { merge: row.merge },
      change: { merge: 'lapsed', mergeNote: 'The code changed after it passed.' },
      entry: { kind: 'lapsed', detail: { head: pull.head } },
      look: null,
    })
  }
  const rules = await readRules(context, found, pull.baseRef).catch((error: unknown) =>
    withoutRules(context, row, error),
  )
  if (!rules) return
  const opensItself = rules.constitution.open === 'automatic' && !pull.isDraft
  // What had passed is voted on again, as it is now.
  if (row?.status !== 'open' && !opensItself && !isLapsing) return
  const opening = await establishTally(context, found, pull, rules, row)
  const isPushOfSame =
    row?.status === 'open' && row.baseRef === pull.baseRef && row.content === opening.content
  if (isPushOfSame) {
    await context.writer.amendTally({
      id: row.id,
      when: { status: 'open', head: row.head },
      change: {
        head: pull.head,
        sameContent: [...new Set([...row.sameContent, row.head])].filter((h) => h !== pull.head),
        checkId: null,
        reported: null,
      },
      entry: { kind: 'same-content', detail: { from: row.head, to: pull.head } },
    })
    return
  }
  await context.writer.openTally({ ...opening, openedBy: null })
}

/** A vote cannot go on without rules: about the new code there is none, and the old code is not there. */
async function withoutRules({ writer }: LookContext, row: TallyRow | undefined, error: unknown) {
  if (!(error instanceof Problem)) throw error
  if (row?.status === 'open') {
    await writer.amendTally({
      id: row.id,
      when: { status: 'open', head: row.head },
      change: { status: 'superseded', reason: 'push' },
      entry: { kind: 'superseded', detail: { problem: error.document.detail } },
    })
  }
  return undefined
}

const LAST = `SELECT id FROM tallies WHERE repository_id = ? AND number = ? ORDER BY id DESC LIMIT 3`

/**
 * Tells the forge of the last tallies what it was not told: an earlier one may just have ended. Where it
 * takes no checks from us, votes go on all the same; then answers with its words.
 */
async function reportLast(context: LookContext, found: FoundPull): Promise<string | null> {
  const { rows } = await context.db.execute({ sql: LAST, args: [found.repositoryId, found.number] })
  for (const { id } of rows.toReversed()) {
    const row = await readTallyRow(context.db, Number(id))
    try {
      if (row) await reportTally(context, found, row)
    } catch (error) {
      if (error instanceof ForgeRefusal) return error.message
      throw error
    }
  }
  return null
}
