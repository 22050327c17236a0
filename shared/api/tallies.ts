/** Votes on merging: ballots, delegations, how they stand, what was written down. */
import * as v from 'valibot'
import { count, LoginSchema, RepositorySchema, SubjectSchema, time } from './fields.ts'
import { LIMITS } from './limits.ts'

export const CHOICES = ['for', 'against', 'abstain', 'withdrawn'] as const

/** A commit, by its whole hash. */
const head = v.pipe(
  v.string(),
  v.toLowerCase(),
  v.regex(/^(?:[\da-f]{40}|[\da-f]{64})$/, 'a commit is named by its whole hash'),
)

const castId = v.pipe(v.string(), v.uuid('an id is a UUID'), v.toLowerCase())

const reason = v.pipe(
  v.string(),
  v.trim(),
  v.maxLength(LIMITS.reason, `at most ${LIMITS.reason} characters`),
)

export const BallotRequestSchema = v.strictObject({
  id: castId,
  /** A pull request. */
  subject: SubjectSchema,
  /** The commit that the voter saw. */
  head,
  choice: v.picklist(CHOICES, 'for, against, abstain or withdrawn'),
  reason: v.optional(v.nullable(reason), ''),
})

export const DelegationRequestSchema = v.strictObject({
  id: castId,
  repo: RepositorySchema,
  /** Who votes in one's place, by login; null for nobody any more. */
  to: v.nullable(LoginSchema),
})

export const OpenTallySchema = v.strictObject({ subject: SubjectSchema })

/** Which pull requests of a list: how their votes on merging stand, in a word and a sentence. */
export const ReadTallyStatesSchema = v.strictObject({
  subjects: v.pipe(
    v.array(SubjectSchema),
    v.maxLength(LIMITS.tallies, `at most ${LIMITS.tallies} pull requests a request`),
  ),
})

export const CancelRequestSchema = v.strictObject({
  subject: SubjectSchema,
  reason: v.pipe(reason, v.minLength(1, 'a reason is needed')),
})

export const ReadTallySchema = v.strictObject({ subject: SubjectSchema })

/** What a vote on merging comes to, how, and what is missing. Times in epoch milliseconds. */
export const TallySchema = v.object({
  id: count,
  subject: v.string(),
  /** The commit that would be merged, and the branch it would be merged into. */
  head: v.string(),
  baseRef: v.string(),
  outcome: v.object({
    status: v.picklist(['open', 'passed', 'failed', 'cancelled', 'superseded', 'overridden']),
    /** Why, as a word, and as a sentence. */
    reason: v.string(),
    words: v.string(),
  }),
  openedAt: time,
  /** Before this nothing is decided; after `endsAt` everything is. */
  notBefore: time,
  endsAt: time,
  closedAt: v.nullable(time),
  rule: v.object({
    mode: v.picklist(['threshold', 'consent']),
    threshold: v.object({ num: count, den: count, strict: v.boolean() }),
    quorum: v.object({ num: count, den: count }),
    minFor: count,
    delegation: v.boolean(),
    /** How it reads, a sentence each. */
    words: v.array(v.string()),
    /** The forge's hash of the constitution. */
    constitution: v.string(),
  }),
  electorate: v.object({
    /** How many may vote, the author left out who may not. */
    size: count,
    /** SHA-256 of the members' numeric ids, ascending, each followed by a newline. */
    hash: v.string(),
    members: v.array(v.object({ login: v.string(), id: count })),
    maintainers: v.array(v.string()),
  }),
  /** Null as long as results are hidden from the reader. */
  counts: v.nullable(
    v.object({
      for: count,
      against: count,
      abstain: count,
      cast: count,
      remaining: count,
      /** How many more in favour would do; null when not even all who are left would. */
      neededFor: v.nullable(count),
      /** How many more have to vote for the quorum. */
      neededCast: count,
    }),
  ),
  /** How many have voted, which is never hidden. */
  turnout: count,
  ballots: v.array(
    v.object({
      voter: v.string(),
      choice: v.picklist(CHOICES),
      reason: v.string(),
      head: v.string(),
      /** It speaks of other code, and does not count. */
      isStale: v.boolean(),
      /** It was cast about earlier code, and counts here. */
      isCarried: v.boolean(),
      castAt: time,
      receipt: count,
    }),
  ),
  /** Members without a ballot of their own who let somebody vote for them; an older server does not say. */
  delegations: v.optional(v.array(v.object({ from: v.string(), to: v.string() })), []),
  vetoes: v.array(v.string()),
  objections: v.array(v.string()),
  setAside: v.array(v.string()),
  /** What would settle it, a clause each. */
  missing: v.array(v.string()),
  merge: v.object({
    /** `check`, or how it is merged when it passes. */
    pass: v.picklist(['check', 'merge', 'squash', 'rebase']),
    state: v.picklist(['none', 'wanted', 'asked', 'done', 'lapsed']),
    note: v.nullable(v.string()),
    sha: v.nullable(v.string()),
  }),
  /** The reader: their ballot, whether they may vote, and why or why not. */
  mine: v.nullable(
    v.object({
      choice: v.picklist(CHOICES),
      reason: v.string(),
      head: v.string(),
      isStale: v.boolean(),
    }),
  ),
  you: v.object({
    mayVote: v.boolean(),
    mayCancel: v.boolean(),
    why: v.string(),
    /** Who votes in the reader's place, as far as the rule lets them. */
    delegate: v.nullable(v.string()),
  }),
  /** What is in the way between the server and the forge, for a person. */
  problem: v.nullable(v.string()),
  /** What happened, the last first. */
  history: v.array(
    v.object({
      receipt: count,
      at: time,
      kind: v.string(),
      by: v.nullable(v.string()),
      words: v.string(),
    }),
  ),
})

/** How votes on merging stand, by subject; those without one are left out. */
export const TallyStatesSchema = v.object({
  states: v.record(
    v.string(),
    v.object({
      status: v.picklist(['open', 'passed', 'failed', 'cancelled', 'superseded', 'overridden']),
      /** What is missing, or how it ended. */
      words: v.string(),
    }),
  ),
})

/** Everything that was written down about merging a pull request, in order. */
export const RecordSchema = v.object({
  subject: v.string(),
  entries: v.array(
    v.object({
      receipt: count,
      /** Null for who lets whom vote for them, which concerns all votes of the repository. */
      tally: v.nullable(count),
      at: time,
      kind: v.string(),
      /** Whose doing it was, by the forge's number of the account; null for the server's. */
      account: v.nullable(count),
      /** What was cast, decided or done, as it was written. */
      detail: v.record(v.string(), v.unknown()),
    }),
  ),
})

export const BallotReplySchema = v.object({
  status: v.picklist(['accepted', 'duplicate']),
  /** The ballot's place in the record of merging, from 0. */
  receipt: count,
  tally: TallySchema,
})

export const DelegationReplySchema = v.object({
  status: v.picklist(['accepted', 'duplicate']),
  receipt: count,
})

export type BallotRequest = v.InferOutput<typeof BallotRequestSchema>
export type DelegationRequest = v.InferOutput<typeof DelegationRequestSchema>
export type CancelRequest = v.InferOutput<typeof CancelRequestSchema>
export type TallyStatesReply = v.InferOutput<typeof TallyStatesSchema>
export type RecordReply = v.InferOutput<typeof RecordSchema>
export type TallyReply = v.InferOutput<typeof TallySchema>
export type Choice = (typeof CHOICES)[number]
