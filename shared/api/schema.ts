/**
 * Every payload of the HTTP interface, once, for the server that answers and the extension that asks.
 * Requests are strict: an unknown field is a mistake that its sender wants to hear of. Replies are
 * not: a newer server may say more than we understand.
 */
import * as v from 'valibot'
import { REACTIONS } from '../score.ts'
import { parseRepository, parseSubject, type RepositoryId, type SubjectId } from '../subject.ts'
import { type Reason, REASONS } from '../vote.ts'

/** Raised when a client that follows the old contract would be wrong about the new one. */
export const CONTRACT = 1

export const LIMITS = {
  /** Subjects in one request for scores. */
  subjects: 200,
  /** Votes in one request. */
  votes: 100,
  /** Bytes of a request's body. */
  body: 128 * 1024,
  /** Pull requests in one request for how their votes on merging stand. */
  tallies: 100,
  /** UTF-16 units of a ballot's reason. */
  reason: 2000,
  /** How far a vote's `castAt` may lie ahead of the server's clock, in milliseconds. */
  clockSkew: 5 * 60_000,
} as const

const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const time = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(8.64e15))

/** A subject, as id or as URL of its page; becomes the id. */
export const SubjectSchema = v.pipe(
  v.string(),
  v.rawTransform<string, SubjectId>(({ dataset, addIssue, NEVER }) => {
    const subject = parseSubject(dataset.value)
    if (subject !== undefined) return subject
    addIssue({ message: 'not a subject; write it like github.com/owner/name#45' })
    return NEVER
  }),
)

/** A repository, as `host/owner/name` or as URL of a page of it; becomes the former. */
export const RepositorySchema = v.pipe(
  v.string(),
  v.rawTransform<string, RepositoryId>(({ dataset, addIssue, NEVER }) => {
    const repository = parseRepository(dataset.value)
    if (repository !== undefined) return repository
    addIssue({ message: 'not a repository; write it like github.com/owner/name' })
    return NEVER
  }),
)

/** GitHub's shape of logins; the underscore is that of managed users. */
export const LoginSchema = v.pipe(
  v.string(),
  v.regex(
    /^[a-z0-9](?:[a-z0-9_-]{0,38})$/i,
    'a login has up to 39 letters, digits and hyphens, and begins with a letter or digit',
  ),
)

export const ValueSchema = v.picklist([1, -1, 0], 'a value is 1, -1 or 0')

const ReasonSchema = v.picklist(REASONS, 'a reason is rude, off-topic, duplicate or wrong')

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

// Requests.

export const SignInLocallySchema = v.strictObject({ login: LoginSchema })

/** What somebody came back with from GitHub's page. */
export const SignInWithGitHubSchema = v.strictObject({
  code: v.pipe(v.string(), v.regex(/^[\w.~-]{1,200}$/, 'not a code of GitHub’s')),
  verifier: v.pipe(v.string(), v.regex(/^[\w.~-]{43,128}$/, 'not a code verifier (RFC 7636)')),
  redirectUri: v.pipe(v.string(), v.maxLength(300), v.url('not an address')),
})

/** Which code's fate is asked for. */
export const AskDeviceSchema = v.strictObject({
  handle: v.pipe(v.string(), v.regex(/^[\w-]{43}$/, 'not a handle of ours')),
})

export const ReadScoresSchema = v.strictObject({
  subjects: v.pipe(
    v.array(SubjectSchema),
    v.maxLength(LIMITS.subjects, `at most ${LIMITS.subjects} subjects a request`),
  ),
})

const several = v.pipe(
  v.union([v.string(), v.array(v.string())]),
  v.transform((value) => [value].flat()),
  v.array(v.pipe(v.string(), v.maxLength(200, 'at most 200 characters'))),
  v.maxLength(10, 'at most 10'),
)

/** Which part of which feed, as it stands behind the question mark of an address: all of it text. */
export const ReadFeedSchema = v.strictObject({
  repo: RepositorySchema,
  /** Both when absent. */
  kind: v.optional(v.picklist(['issue', 'pull'], 'issue or pull')),
  state: v.optional(v.picklist(['open', 'closed', 'all'], 'open, closed or all'), 'open'),
  sort: v.optional(
    v.picklist(
      ['value', 'top', 'hot', 'rising', 'controversial', 'new'],
      'value, top, hot, rising, controversial or new',
    ),
    'value',
  ),
  /** Names; an item has to have all of them. */
  label: v.optional(several, []),
  author: v.optional(LoginSchema),
  limit: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^[1-9]\d{0,2}$/, 'a number from 1 to 100'),
      v.toNumber(),
      v.maxValue(100, 'a number from 1 to 100'),
    ),
    '25',
  ),
  /** `next` of the page before. */
  cursor: v.optional(v.pipe(v.string(), v.maxLength(200, 'not a cursor'))),
})

export const ReadReasonsSchema = v.strictObject({ subject: SubjectSchema })

export const ReadVoterSchema = v.strictObject({ repo: RepositorySchema })

export const StartImportSchema = v.strictObject({ repo: RepositorySchema })

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

export const CastVotesSchema = v.strictObject({
  votes: v.pipe(
    v.array(VoteSchema),
    v.minLength(1, 'at least one vote'),
    v.maxLength(LIMITS.votes, `at most ${LIMITS.votes} votes a request`),
  ),
})

// Replies.

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

export const ProblemSchema = v.object({
  type: v.string(),
  title: v.string(),
  status: v.number(),
  detail: v.string(),
  errors: v.optional(v.array(v.object({ pointer: v.string(), detail: v.string() }))),
})

export const ScoresReplySchema = v.object({ scores: v.record(v.string(), ScoreSchema) })

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

export const AboutSchema = v.object({
  name: v.literal('forgemoot'),
  version: v.string(),
  contract: count,
  /** Hosts whose subjects this server keeps. */
  forges: v.array(v.string()),
  /** Ways to sign in that this server offers now; newer ones are left out by whoever reads this. */
  auth: v.array(v.string()),
  /** Orders that this server can rank by; newer ones are left out by whoever reads this. */
  orders: v.array(v.string()),
  /** It has feeds of whole repositories; absent from older servers. */
  feeds: v.optional(v.boolean()),
  /** It lets pull requests be voted on to be merged; absent from older servers. */
  tallies: v.optional(v.boolean()),
  /** It takes reasons with votes down, and counts them; absent from older servers. */
  reasons: v.optional(v.boolean()),
})

/** How far the import of a repository is. */
export const ImportSchema = v.object({
  id: count,
  repo: v.string(),
  status: v.picklist(['waiting', 'running', 'paused', 'done', 'failed']),
  /** What is read now; null before and after. */
  phase: v.nullable(
    v.picklist(['repository', 'items', 'open', 'reactions', 'merges', 'work', 'contributors']),
  ),
  /** Entries of this phase that were read, and that there are; null when the forge does not say. */
  done: count,
  total: v.nullable(count),
  /** Entries of all phases that the forge described in no known way. */
  skipped: count,
  /** Of the whole import. */
  percent: v.pipe(v.number(), v.minValue(0), v.maxValue(100)),
  /** When it goes on by itself because the forge wants to be left alone until then, epoch milliseconds. */
  until: v.nullable(time),
  /** Why it paused or failed, and what would help, for a person. */
  problem: v.nullable(v.string()),
  startedAt: v.nullable(time),
  finishedAt: v.nullable(time),
})

export const PersonSchema = v.object({ login: v.string() })

export const SessionReplySchema = v.object({
  token: v.string(),
  person: v.object({
    ...PersonSchema.entries,
    /** Who it is at this server, whatever they are called; absent from older servers. */
    id: v.optional(count),
  }),
  /** When the session ends by itself, epoch milliseconds. */
  expiresAt: time,
})

/** An issue or a pull request in a feed. */
export const FeedItemSchema = v.object({
  subject: v.string(),
  kind: v.picklist(['issue', 'pull']),
  title: v.string(),
  state: v.picklist(['open', 'closed']),
  isMerged: v.boolean(),
  isDraft: v.boolean(),
  /** A login; null when the forge no longer says whose. */
  author: v.nullable(v.string()),
  labels: v.array(v.object({ name: v.string(), /** Six hexadecimal digits. */ color: v.string() })),
  createdAt: time,
  comments: count,
  score: ScoreSchema,
})

export const FeedReplySchema = v.object({
  /** In the feed's order. A page may be short, or even empty, and yet have a next one. */
  items: v.array(FeedItemSchema),
  /** The cursor of the next page; null at the end. */
  next: v.nullable(v.string()),
})

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

/** Where to send somebody who wants to sign in with GitHub. */
export const GitHubClientSchema = v.object({
  clientId: v.string(),
  authorizeUrl: v.pipe(v.string(), v.url()),
})

/** A code to enter on the forge's page. Times in milliseconds; `expiresAt` since the epoch. */
export const DeviceReplySchema = v.object({
  handle: v.string(),
  userCode: v.string(),
  verificationUri: v.pipe(v.string(), v.url()),
  expiresAt: time,
  /** How long to wait before asking, and between two questions. */
  interval: count,
})

/** The code was not entered yet; ask again in so many milliseconds. */
export const DevicePendingSchema = v.object({ interval: count })

export const SessionsReplySchema = v.object({
  sessions: v.array(
    v.object({
      id: count,
      createdAt: time,
      expiresAt: time,
      /** Whether it is the one that asks. */
      current: v.boolean(),
    }),
  ),
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

export type BallotRequest = v.InferOutput<typeof BallotRequestSchema>
export type DelegationRequest = v.InferOutput<typeof DelegationRequestSchema>
export type CancelRequest = v.InferOutput<typeof CancelRequestSchema>
export type TallyStatesReply = v.InferOutput<typeof TallyStatesSchema>
export type RecordReply = v.InferOutput<typeof RecordSchema>
export type TallyReply = v.InferOutput<typeof TallySchema>
export type Choice = (typeof CHOICES)[number]
export type Feed = v.InferOutput<typeof ReadFeedSchema>
export type FeedItem = v.InferOutput<typeof FeedItemSchema>
export type FeedReply = v.InferOutput<typeof FeedReplySchema>
export type ImportReply = v.InferOutput<typeof ImportSchema>
export type About = v.InferOutput<typeof AboutSchema>
export type ScoreReply = v.InferOutput<typeof ScoreSchema>
export type VoteResult = v.InferOutput<typeof VoteResultSchema>
export type ReasonsReply = v.InferOutput<typeof ReasonsReplySchema>
export type VotesReply = v.InferOutput<typeof VotesReplySchema>
export type ScoresReply = v.InferOutput<typeof ScoresReplySchema>
export type SessionReply = v.InferOutput<typeof SessionReplySchema>
export type VoterReply = v.InferOutput<typeof VoterSchema>
export type DeviceReply = v.InferOutput<typeof DeviceReplySchema>
export type SessionsReply = v.InferOutput<typeof SessionsReplySchema>
export type PersonExport = v.InferOutput<typeof PersonExportSchema>
