import type { CancelRequest } from '#shared/api/tallies'
import { Problem } from '#shared/problem'
import type { Caller, Context } from '../context.ts'
import { accountOf } from './account-of.ts'
import { readLatestTally, readTallyState } from '../db/tallies/state.ts'
import { findPull } from './find-pull.ts'

/** Ends a vote without a decision, with a reason that stays in the record. */
export async function cancelTally(
  context: Context,
  { personId }: Caller,
  { subject, reason }: CancelRequest,
): Promise<void> {
  const { db, writer } = context
  const { repositoryId, number } = await findPull(db, subject)
  const row = await readLatestTally(db, repositoryId, number)
  if (!row) throw new Problem('no-tally', 'No vote on merging this has been opened yet.')
  const accountId = await accountOf(context, personId)
  const { electors } = await readTallyState(db, row)
  const isMaintainer = electors.some((each) => each.accountId === accountId && each.isMaintainer)
  const isAuthor = accountId !== null && accountId === row.authorId
  if (!isMaintainer && !(row.cancel === 'author' && isAuthor)) {
    const who = row.cancel === 'author' ? 'its author and maintainers' : 'maintainers'
    throw new Problem('forbidden', `By the rules of this repository, ${who} can end the vote.`)
  }
  const isDone = await writer.amendTally({
    id: row.id,
    when: { status: 'open' },
    change: { status: 'cancelled', reason },
    entry: { kind: 'cancelled', accountId, detail: { reason } },
  })
  if (!isDone) throw new Problem('tally-closed', 'The vote is over: nothing changes it any more.')
  context.tallies.wake()
}
