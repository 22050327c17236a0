/** What subjects are worth, and why people are against them. */
import * as v from 'valibot'
import { REACTIONS } from '../score.ts'
import { type Reason, REASONS } from '../vote.ts'
import { count, ReasonSchema, SubjectSchema, time, ValueSchema } from './fields.ts'
import { LIMITS } from './limits.ts'

export const ReadScoresSchema = v.strictObject({
  subjects: v.pipe(
    v.array(SubjectSchema),
    v.maxLength(LIMITS.subjects, `at most ${LIMITS.subjects} subjects a request`),
  ),
})

export const CountsSchema = v.object({ up: count, down: count })

export const ReactionsSchema = v.partial(
  v.object(v.entriesFromList(REACTIONS, count)),
) as v.GenericSchema<Partial<Record<(typeof REACTIONS)[number], number>>>

export const ScoreSchema = v.object({
  contributors: CountsSchema,
  others: CountsSchema,
  /** What the server knows of the forge's reactions; empty until it has imported the repository. */
  reactions: ReactionsSchema,
  mine: ValueSchema,
  voter: v.picklist(['contributor', 'other']),
  value: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  /** Keys of the decayed orders, which only a server can compute; absent from older servers. */
  hot: v.optional(v.number()),
  rising: v.optional(v.nullable(v.number())),
  /**
   * So many votes of others came within the hour before `at`, far more than usual. Nothing is taken off for
   * it. Absent otherwise, and from an hour after `at` on.
   */
  unusual: v.optional(v.object({ votes: count, at: time })),
})

export const ScoresReplySchema = v.object({ scores: v.record(v.string(), ScoreSchema) })

export const ReadReasonsSchema = v.strictObject({ subject: SubjectSchema })

const ReasonCountsSchema = v.partial(
  v.object(v.entriesFromList(REASONS, count)),
) as v.GenericSchema<Partial<Record<Reason, number>>>

/** How many of those against a subject said why, by class and reason; what nobody said is left out. */
export const ReasonsReplySchema = v.object({
  subject: v.string(),
  contributors: ReasonCountsSchema,
  others: ReasonCountsSchema,
  /** What the reader said. */
  mine: v.nullable(ReasonSchema),
})

export type ScoreReply = v.InferOutput<typeof ScoreSchema>
export type ScoresReply = v.InferOutput<typeof ScoresReplySchema>
export type ReasonsReply = v.InferOutput<typeof ReasonsReplySchema>
