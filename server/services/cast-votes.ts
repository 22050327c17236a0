import { LIMITS } from '#shared/api/limits'
import { Problem, type ProblemDocument } from '#shared/problem'
import type { Receipt, Vote } from '#shared/vote'
import type { Caller, Context } from '../context.ts'
import type { Outcome } from '../db/vote-log.ts'
import { type ScoreText, scoreTextFor } from '../scores/score-text.ts'
import { checkForges } from './check-forges.ts'

/** What became of one vote; its score as the voter sees it, as JSON. */
export type CastResult =
  | { id: string; status: 'accepted' | 'duplicate'; receipt: Receipt; score: ScoreText }
  | { id: string; status: 'rejected'; error: ProblemDocument }

/**
 * Casts a person's votes and resolves when they are on the disk, each with its receipt. A vote that cannot
 * be accepted is rejected alone; one of another forge is a mistake about the server and stops all of them.
 */
export async function castVotes(
  context: Context,
  { personId }: Caller,
  votes: readonly Vote[],
): Promise<CastResult[]> {
  checkForges(
    context,
    votes.map(({ subject }) => subject),
    (place) => `/votes/${place}/subject`,
  )
  const latest = context.now() + LIMITS.clockSkew
  const timely = votes.filter(({ castAt }) => castAt <= latest)
  const cast = timely.length
    ? await context.writer.castVotes(timely.map((vote) => ({ ...vote, personId })))
    : { outcomes: [], scores: new Map() }
  let next = 0
  return votes.map((vote, place) => {
    if (vote.castAt > latest) return rejected(vote, fromTheFuture(place))
    const outcome = cast.outcomes[next++]
    if (outcome?.status === 'nobodys') throw signedOut()
    if (!outcome || outcome.status === 'rejected') return rejected(vote, idTaken(place))
    return accepted(vote, outcome, outcome.score ?? cast.scores.get(outcome.subject) ?? '')
  })
}

function accepted(
  { id }: Vote,
  { status, receipt, mine, voter }: Extract<Outcome, { receipt: Receipt }>,
  score: ScoreText,
): CastResult {
  return {
    id,
    status,
    receipt,
    score: scoreTextFor(score, mine, voter),
  }
}

const rejected = ({ id }: Vote, { document }: Problem): CastResult => ({
  id,
  status: 'rejected',
  error: document,
})

const signedOut = () =>
  new Problem('unauthenticated', 'What you had here was deleted meanwhile. Sign in again to vote.')

const fromTheFuture = (place: number) =>
  new Problem(
    'from-the-future',
    'The vote is dated later than it is now. Check the clock of your computer.',
    [{ pointer: `/votes/${place}/castAt`, detail: 'ahead of the server’s clock' }],
  )

const idTaken = (place: number) =>
  new Problem(
    'vote-id-taken',
    'You cast another vote under this id before. Each vote needs an id of its own.',
    [{ pointer: `/votes/${place}/id`, detail: 'used for another vote' }],
  )
