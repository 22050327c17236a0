import type { BallotRequest } from '#shared/api/tallies'
import { Problem, type ProblemType } from '#shared/problem'
import type { Caller, Context } from '../context.ts'
import type { Refusal } from '../db/tallies/cast-ballot.ts'
import { findPull } from './find-pull.ts'

/** Casts a ballot and resolves when it is on the disk, to its receipt. */
export async function castBallot(
  context: Context,
  { personId }: Caller,
  { id, subject, head, choice, reason }: BallotRequest,
): Promise<{ status: 'accepted' | 'duplicate'; receipt: number }> {
  const { repositoryId, number } = await findPull(context.db, subject)
  const ballot = { id, personId, repositoryId, number, head, choice, reason: reason ?? '' }
  const cast = await context.writer.castBallot(ballot)
  if (cast.status === 'refused') throw problemOf(cast.why)
  context.tallies.wake()
  return cast
}

const REFUSALS: Record<Refusal, [ProblemType, string]> = {
  'no-tally': ['no-tally', 'No vote on merging this has been opened yet.'],
  closed: ['tally-closed', 'The vote is over: nothing changes it any more.'],
  'other-head': [
    'other-head',
    'The code is not what you saw any more. Look at what changed, and vote on that.',
  ],
  author: ['not-an-elector', 'By the rules of this repository its author does not vote on it.'],
  'too-late': [
    'not-an-elector',
    'You became a contributor after this vote was opened; who may vote was settled then. The next one is yours too.',
  ],
  'no-work': [
    'not-an-elector',
    'Contributors decide here, and no merged work of yours is inside the time that counts.',
  ],
  'no-account': ['not-an-elector', 'Your account is not known in this repository.'],
  'id-taken': [
    'ballot-id-taken',
    'You cast something else under this id before. Each ballot needs an id of its own.',
  ],
}

function problemOf(why: Refusal): Problem {
  const [type, detail] = REFUSALS[why]
  return new Problem(type, detail)
}
