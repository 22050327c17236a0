/**
 * Looks at a pull request with the forge's eyes and does what is due: follows a push, tells the forge how the
 * vote stands, merges what passed. What was heard of is not believed but looked at, so that news may come
 * late, twice, in any order or not at all. Every step is on the disk before the next, and every step can be
 * done again: whoever begins anew finds out first what the forge has done already.
 */
import { tallyOf } from '#shared/tally'
import type { Context } from '../context.ts'
import { hideRepository } from '../db/hide-repository.ts'
import {
  inputOf,
  momentIn,
  readLatestTally,
  readTallyRow,
  readTallyState,
  type TallyRow,
} from '../db/tallies/state.ts'
import { ForgeRefusal } from '../forges/forge.ts'
import type { PullFacts } from '../forges/forge-pulls.ts'
import { type FoundPull, findRepositoryById } from './find-pull.ts'
import { changesNow, followPull, isAt, voteAgain } from './follow-pull.ts'
import { againAfter, mergePull } from './merge-pull.ts'
import { reportTally } from './report-tally.ts'

export type LookContext = Pick<Context, 'db' | 'writer' | 'pulls' | 'feeds' | 'now'>

/** How often a pull request is looked at whose vote is open, in milliseconds: news get lost. */
const OPEN_PAUSE = 2 * 60_000

/** With many of them less often: as many milliseconds for each, so that GitHub's limits are not used up. */
const OPEN_SHARE = 2000

const OPEN = "SELECT count(*) FROM tallies WHERE status = 'open'"

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
  // First: whoever voted waits for this. That it passed is told when it was looked at what passed.
  const told = await reportLast(context, found, (row) => !isPass(row))
  const pull = await context.pulls.pull(found.facts, number)
  if (pull ? pull.isPrivate : !(await context.pulls.isPublic(found.facts))) {
    await context.writer.run(hideRepository(repositoryId))
    const { host, owner, name } = found.facts
    context.feeds.changed(`${host}/${owner}/${name}`.toLowerCase())
    return { next: null, problem: null }
  }
  if (!pull) return { next: null, problem: null }
  const before = await readLatestTally(context.db, repositoryId, number)
  if (before && pull.isMerged) await recordMerge(context, before, pull)
  else await followPull(context, found, pull, before)
  const passed = await readLatestTally(context.db, repositoryId, number)
  // The forge wants to see a pass before it merges; it may merge by itself once it has seen one.
  const effect = await effectOf(context, found, passed, pull)
  const isMeant = (row: TallyRow) => effect === 'meant' && row.id === passed?.id
  const problem = (await reportLast(context, found, (row) => !isPass(row) || isMeant(row))) ?? told
  const row = await readLatestTally(context.db, repositoryId, number)
  if (row?.status === 'open') {
    const open = Number((await context.db.execute(OPEN)).rows[0]?.[0])
    return { next: context.now() + Math.max(OPEN_PAUSE, open * OPEN_SHARE), problem }
  }
  // What was decided while this looked is looked at first, like everything that is merged.
  if (row?.id !== passed?.id || row?.status !== passed?.status)
    return { next: context.now(), problem }
  const isThere = row && isAt(row, pull) && !pull.isMerged
  if (!isThere) return { next: null, problem }
  const obstacle = pull.obstacle ?? (effect === 'untried' ? UNTRIED : null)
  const next = await mergePull(context, found, row, { ...pull, obstacle })
  if (effect !== 'untried') return { next, problem }
  return { next: next ?? againAfter(context, row), problem: problem ?? obstacle }
}

const UNTRIED = 'GitHub is still working out what merging it would change.'

/** Whether it passed, and still stands. */
const isPass = ({ status, merge }: TallyRow) => status === 'passed' && merge !== 'lapsed'

/**
 * What merging would do to what passed, as far as the forge says: what was meant; what it has not tried yet. The
 * base branch has moved since, and what does not conflict may end up elsewhere: then it is voted on again.
 * Undefined when nothing is to be merged as it is now.
 */
async function effectOf(
  context: LookContext,
  found: FoundPull,
  row: TallyRow | undefined,
  pull: PullFacts,
): Promise<'meant' | 'untried' | undefined> {
  if (!row || !isPass(row) || !isAt(row, pull)) return undefined
  if (pull.isMerged) return 'meant'
  if (!pull.isOpen) return undefined
  const changes = await changesNow(context, found, pull)
  if (changes.hash === row.content) {
    return changes.isTried || pull.isMergeable === false ? 'meant' : 'untried'
  }
  await voteAgain(context, found, pull, row, 'What merging it would change is not what passed.')
  return undefined
}

/** What somebody else, or we, merged. */
async function recordMerge({ db, writer, now }: LookContext, row: TallyRow, pull: PullFacts) {
  const { mergeSha } = pull
  const by = pull.mergedBy?.login ?? 'somebody'
  const accountId = pull.mergedBy?.forgeId ?? null
  if (row.merge === 'done' || row.status === 'overridden') return
  const isOurs = row.status === 'passed' && row.merge !== 'lapsed' && isAt(row, pull)
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
  const tally = tallyOf(inputOf(state, momentIn(state, now())))
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

const LAST = `SELECT id FROM tallies WHERE repository_id = ? AND number = ? ORDER BY id DESC LIMIT 3`

/**
 * Tells the forge of the last tallies what it was not told: an earlier one may just have ended. Where it
 * takes no checks from us, votes go on all the same; then answers with its words.
 */
async function reportLast(
  context: LookContext,
  found: FoundPull,
  isTold: (row: TallyRow) => boolean,
): Promise<string | null> {
  const { rows } = await context.db.execute({ sql: LAST, args: [found.repositoryId, found.number] })
  for (const { id } of rows.toReversed()) {
    const row = await readTallyRow(context.db, Number(id))
    try {
      if (row && isTold(row)) await reportTally(context, found, row)
    } catch (error) {
      if (error instanceof ForgeRefusal) return error.message
      throw error
    }
  }
  return null
}
