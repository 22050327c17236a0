/** What a server knows about a person. */
import * as v from 'valibot'
import { count, ReasonSchema, RepositorySchema, time, ValueSchema } from './fields.ts'
import { CHOICES } from './tallies.ts'

export const ReadVoterSchema = v.strictObject({ repo: RepositorySchema })

/** What a person is in a repository when votes are counted there, and why. */
export const VoterSchema = v.object({
  repo: v.string(),
  voter: v.picklist(['contributor', 'other']),
  /** When an import last saw the whole repository, epoch milliseconds; null before: then nobody contributes. */
  importedAt: v.nullable(time),
  /** How far back merged work counts, in days. */
  windowDays: count,
  /** Merged work that it takes inside the window. */
  needed: count,
  /** The person's merged work inside the window. */
  pulls: count,
  commits: count,
  /** When their latest work was merged, however long ago, epoch milliseconds; null when none is known. */
  latestAt: v.nullable(time),
})

/** Everything that a server holds about a person. */
export const PersonExportSchema = v.object({
  format: v.literal('forgemoot-person'),
  version: v.literal(1),
  exportedAt: time,
  server: v.object({ version: v.string() }),
  person: v.object({
    host: v.string(),
    login: v.string(),
    /** The forge's numeric id; null for who signed in locally. */
    forgeId: v.nullable(v.number()),
    avatarUrl: v.nullable(v.string()),
    createdAt: time,
  }),
  sessions: v.array(
    v.object({ id: count, createdAt: time, expiresAt: time, endedAt: v.nullable(time) }),
  ),
  /** What stands, with the receipt of the vote that made it so. */
  votes: v.array(
    v.object({
      subject: v.string(),
      value: ValueSchema,
      acceptedAt: time,
      receipt: count,
      /** Absent where none was given. */
      reason: v.optional(ReasonSchema),
    }),
  ),
  /** All that was ever cast, in the log's order. */
  log: v.array(
    v.object({
      receipt: count,
      id: v.string(),
      subject: v.string(),
      value: ValueSchema,
      castAt: time,
      acceptedAt: time,
      /** Absent where none was given. */
      reason: v.optional(ReasonSchema),
    }),
  ),
  /** What was cast in votes on merging; absent from older servers. */
  ballots: v.optional(
    v.array(
      v.object({
        receipt: count,
        id: v.string(),
        subject: v.string(),
        head: v.string(),
        choice: v.picklist(CHOICES),
        reason: v.string(),
        castAt: time,
      }),
    ),
  ),
})

export type VoterReply = v.InferOutput<typeof VoterSchema>
export type PersonExport = v.InferOutput<typeof PersonExportSchema>
