import type { DelegationRequest } from '#shared/api/tallies'
import { Problem } from '#shared/problem'
import type { Caller, Context } from '../context.ts'
import { findRepository } from './find-pull.ts'

const REFUSALS = {
  'no-account': ['not-an-elector', 'Your account is not known in this repository.'],
  nobody: ['invalid', 'Nobody of that login is known in this repository.'],
  'id-taken': ['ballot-id-taken', 'You cast something else under this id before.'],
} as const

/** Lets somebody vote in one's place, in all votes of a repository whose rules know that. */
export async function delegateVote(
  context: Context,
  { personId }: Caller,
  { id, repo, to }: DelegationRequest,
): Promise<{ status: 'accepted' | 'duplicate'; receipt: number }> {
  const { repositoryId } = await findRepository(context.db, repo)
  const done = await context.writer.delegateVote({ id, personId, repositoryId, to })
  if (done.status === 'refused') {
    const [type, detail] = REFUSALS[done.why]
    throw new Problem(type, detail, type === 'invalid' ? [{ pointer: '/to', detail }] : undefined)
  }
  context.tallies.wake()
  return done
}
