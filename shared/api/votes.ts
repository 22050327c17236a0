/** Casting votes. */
import * as v from 'valibot'
import { count, ReasonSchema, SubjectSchema, time, ValueSchema } from './fields.ts'
import { LIMITS } from './limits.ts'
import { ProblemSchema } from './problem.ts'
import { ScoreSchema } from './scores.ts'

export const VoteSchema = v.pipe(
  v.strictObject({
    id: v.pipe(v.string(), v.uuid('a vote id is a UUID'), v.toLowerCase()),
    subject: SubjectSchema,
    value: ValueSchema,
    castAt: time,
    /** Why, of a vote down. */
    reason: v.optional(ReasonSchema),
  }),
  v.forward(
    v.partialCheck(
      [['value'], ['reason']],
      ({ value, reason }) => reason === undefined || value === -1,
      'only a vote down has a reason',
    ),
    ['reason'],
  ),
)

export const CastVotesSchema = v.strictObject({
  votes: v.pipe(
    v.array(VoteSchema),
    v.minLength(1, 'at least one vote'),
    v.maxLength(LIMITS.votes, `at most ${LIMITS.votes} votes a request`),
  ),
})

export const VoteResultSchema = v.object({
  id: v.string(),
  status: v.picklist(['accepted', 'duplicate', 'rejected']),
  /** The vote's position in the log, from 0; null when rejected. */
  receipt: v.nullable(count),
  /** The subject's score after the whole request; null when rejected. */
  score: v.nullable(ScoreSchema),
  /** Why it was rejected; null otherwise. */
  error: v.nullable(ProblemSchema),
})

export const VotesReplySchema = v.object({ results: v.array(VoteResultSchema) })

export type VoteResult = v.InferOutput<typeof VoteResultSchema>
export type VotesReply = v.InferOutput<typeof VotesReplySchema>
