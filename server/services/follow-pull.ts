/** Lets a vote follow its pull request: a push, another base branch, another effect of merging the same. */
import { Problem } from '#shared/problem'
import type { Context } from '../context.ts'
import type { TallyRow } from '../db/tallies/state.ts'
import { ForgeRefusal } from '../forges/forge.ts'
import type { Changes, PullFacts } from '../forges/forge-pulls.ts'
import { establishTally, readRules, type Rules } from './establish-tally.ts'
import type { FoundPull } from './find-pull.ts'

export type FollowContext = Pick<Context, 'db' | 'writer' | 'pulls' | 'now'>

/**
 * Whether a tally is about the pull request as it is: this head, into this branch. A base branch of another name
 * is another one: GitHub does not say which was renamed (it leads even from a `master` that never was to the
 * default branch), and one that was only cut from it and deleted looks the same.
 */
export const isAt = (row: TallyRow, pull: PullFacts) =>
  row.head === pull.head && row.baseRef === pull.baseRef

/** Opens what opens by itself, and lets a vote follow a push. */
export async function followPull(
  context: FollowContext,
  found: FoundPull,
  pull: PullFacts,
  row: TallyRow | undefined,
) {
  if (!pull.isOpen) return
  if (row && isAt(row, pull)) return
  if (row?.merge === 'wanted' || row?.merge === 'asked') {
    return voteAgain(context, found, pull, row, 'The code changed after it passed.')
  }
  const rules = await rulesFor(context, found, pull, row)
  if (!rules) return
  const opensItself = rules.constitution.open === 'automatic' && !pull.isDraft
  if (row?.status !== 'open' && !opensItself) return
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

/**
 * What had passed is not any more what would be merged: it lapses, and is voted on again as it is now. Both at
 * once, so that nothing that comes between leaves it lapsed with no vote to follow.
 */
export async function voteAgain(
  context: FollowContext,
  found: FoundPull,
  pull: PullFacts,
  row: TallyRow,
  mergeNote: string,
) {
  const opening = await openingAgain(context, found, pull, row)
  if (opening) {
    await context.writer.openTally({
      ...opening,
      openedBy: null,
      lapses: { merge: row.merge, mergeNote },
    })
    return
  }
  await context.writer.amendTally({
    id: row.id,
    when: { status: 'passed', merge: row.merge },
    change: { merge: 'lapsed', mergeNote },
    entry: { kind: 'lapsed', detail: { head: pull.head } },
    look: null,
  })
}

/** What the next vote would be opened with; undefined when rules or voters cannot be told: people open it then. */
async function openingAgain(
  context: FollowContext,
  found: FoundPull,
  pull: PullFacts,
  row: TallyRow,
) {
  try {
    const rules = await readRules(context, found, pull.baseRef)
    return await establishTally(context, found, pull, rules, row)
  } catch (error) {
    if (error instanceof Problem || error instanceof ForgeRefusal) return undefined
    throw error
  }
}

/** What merging would change as everything is now. */
export async function changesNow(
  { pulls }: Pick<FollowContext, 'pulls'>,
  { facts }: FoundPull,
  { head, baseRef, testMerge }: PullFacts,
): Promise<Changes> {
  const tip = await pulls.tip(facts, baseRef)
  return pulls.changes(facts, { tip, head, testMerge }, false)
}

/** The rules of the base branch; undefined when there are none, and what is open ends. */
async function rulesFor(
  context: FollowContext,
  found: FoundPull,
  pull: PullFacts,
  row: TallyRow | undefined,
): Promise<Rules | undefined> {
  try {
    return await readRules(context, found, pull.baseRef)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    // A vote cannot go on without rules: about the new code there is none, and the old code is not there.
    if (row?.status === 'open') {
      await context.writer.amendTally({
        id: row.id,
        when: { status: 'open', head: row.head },
        change: { status: 'superseded', reason: 'push' },
        entry: { kind: 'superseded', detail: { problem: error.document.detail } },
      })
    }
    return undefined
  }
}
