/**
 * Merges what passed: exactly the head that was voted on, once. That it is about to be asked for is on the
 * disk before the forge is asked. Who finds it there after a crash looks at the pull request first; asking
 * again with the head pinned then merges the same or nothing.
 */
import type { Context } from '../context.ts'
import type { TallyRow } from '../db/tallies/state.ts'
import type { PullFacts } from '../forges/forge-pulls.ts'
import type { FoundPull } from './find-pull.ts'
import { isAt } from './follow-pull.ts'

type MergeContext = Pick<Context, 'writer' | 'pulls' | 'now'>

const SECOND = 1000
const MINUTE = 60 * SECOND

/**
 * When to look again, epoch milliseconds; null when there is nothing more to do. `pull` is what was looked at
 * just before: that merging it changes what passed, and nothing else, is known of it.
 */
export async function mergePull(
  context: MergeContext,
  found: FoundPull,
  row: TallyRow,
  pull: PullFacts,
): Promise<number | null> {
  const { writer, pulls, now } = context
  const { pass, head, closedAt } = row
  if (row.status !== 'passed' || pass === 'check' || closedAt === null) return null
  if (row.merge !== 'wanted' && row.merge !== 'asked') return null
  // A pass is good for as long as the vote might have lasted.
  if (ageOf(context, row) > row.rule.maxPeriod * SECOND) return lapse(context, row)
  const again = againAfter(context, row)
  if (pull.obstacle !== null) return note(context, row, pull.obstacle, again)
  // What was read before others were told of the pass is old by now; a head can be pinned, a branch cannot.
  const fresh = await pulls.pull(found.facts, found.number)
  const isSame = fresh?.isOpen && isAt(row, fresh) && fresh.testMerge === pull.testMerge
  if (!isSame || fresh.isPrivate) return now() + SECOND
  if (fresh.obstacle !== null) return note(context, row, fresh.obstacle, again)
  if (row.merge === 'wanted') {
    const isOurs = await writer.amendTally({
      id: row.id,
      when: { status: 'passed', merge: 'wanted', head },
      change: { merge: 'asked' },
      entry: { kind: 'merging', detail: { head, method: pass } },
      look: null,
    })
    if (!isOurs) return now()
  }
  const answer = await pulls.merge(found.facts, found.number, { head, method: pass })
  switch (answer.kind) {
    case 'merged':
      await writer.amendTally({
        id: row.id,
        when: { merge: 'asked' },
        change: { merge: 'done', mergeSha: answer.sha, mergeNote: 'Merged by the vote.' },
        entry: { kind: 'merged', detail: { head, sha: answer.sha, method: pass } },
        look: null,
      })
      return null
    case 'pending':
      return note(context, row, answer.note, now() + 5 * SECOND)
    case 'moved':
      return note(context, row, 'The branch moved while it was being merged.', now() + SECOND)
    case 'refused':
      return note(context, row, answer.note, again)
  }
}

async function note({ writer }: MergeContext, row: TallyRow, mergeNote: string, again: number) {
  if (mergeNote !== row.mergeNote) {
    await writer.amendTally({ id: row.id, when: {}, change: { mergeNote }, look: null })
  }
  return again
}

async function lapse({ writer }: MergeContext, row: TallyRow): Promise<null> {
  const why = row.mergeNote ? ` The last that stood against it: ${row.mergeNote}` : ''
  await writer.amendTally({
    id: row.id,
    when: { merge: row.merge },
    change: { merge: 'lapsed', mergeNote: `It passed, and could not be merged in time.${why}` },
    entry: { kind: 'lapsed', detail: { head: row.head } },
    look: null,
  })
  return null
}

/** When to look again whether an obstacle to what passed is gone, epoch milliseconds. */
export const againAfter = (context: Pick<MergeContext, 'now'>, row: TallyRow) =>
  context.now() + pauseAt(ageOf(context, row))

/**
 * How long ago a tally was decided, or, by a clock that was put back since, will have been: how long it has
 * waited then nobody knows. Milliseconds.
 */
const ageOf = ({ now }: Pick<MergeContext, 'now'>, { closedAt }: TallyRow) =>
  Math.abs(now() - (closedAt ?? 0) * SECOND)

/** How long to wait, by how long ago it passed; milliseconds. */
function pauseAt(age: number): number {
  if (age < MINUTE) return 3 * SECOND
  return age < 10 * MINUTE ? 30 * SECOND : 5 * MINUTE
}
