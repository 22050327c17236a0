/** Payloads by the names that the document gives them. */
import * as v from 'valibot'
import { AboutSchema } from '#shared/api/about'
import { FeedReplySchema } from '#shared/api/feed'
import { ImportSchema, StartImportSchema } from '#shared/api/imports'
import { PersonExportSchema, VoterSchema } from '#shared/api/person'
import { ProblemSchema } from '#shared/api/problem'
import { ReadScoresSchema, ReasonsReplySchema, ScoresReplySchema } from '#shared/api/scores'
import {
  AskDeviceSchema,
  DevicePendingSchema,
  DeviceReplySchema,
  GitHubClientSchema,
  PersonSchema,
  SessionReplySchema,
  SessionsReplySchema,
  SignInLocallySchema,
  SignInWithGitHubSchema,
} from '#shared/api/sign-in'
import {
  BallotReplySchema,
  BallotRequestSchema,
  CancelRequestSchema,
  DelegationReplySchema,
  DelegationRequestSchema,
  OpenTallySchema,
  ReadTallyStatesSchema,
  RecordSchema,
  TallySchema,
  TallyStatesSchema,
} from '#shared/api/tallies'
import { CastVotesSchema, VoteResultSchema, VotesReplySchema } from '#shared/api/votes'

const ReadinessSchema = v.object({
  ready: v.boolean(),
  database: v.boolean(),
  migrations: v.boolean(),
  writer: v.boolean(),
  disk: v.boolean(),
})

/** Why not one vote was accepted: a problem that has the results of all of them. */
const VotesProblemSchema = v.object({
  ...ProblemSchema.entries,
  results: v.optional(v.array(VoteResultSchema)),
})

export const SCHEMAS = {
  About: AboutSchema,
  AskDevice: AskDeviceSchema,
  BallotReply: BallotReplySchema,
  BallotRequest: BallotRequestSchema,
  CancelRequest: CancelRequestSchema,
  CastVotes: CastVotesSchema,
  DelegationReply: DelegationReplySchema,
  DelegationRequest: DelegationRequestSchema,
  OpenTally: OpenTallySchema,
  ReadTallyStates: ReadTallyStatesSchema,
  Record: RecordSchema,
  TallyStates: TallyStatesSchema,
  Tally: TallySchema,
  Import: ImportSchema,
  StartImport: StartImportSchema,
  Taken: v.object({ taken: v.boolean() }),
  CurrentSession: v.object({ person: PersonSchema }),
  DevicePending: DevicePendingSchema,
  DeviceReply: DeviceReplySchema,
  GitHubClient: GitHubClientSchema,
  PersonExport: PersonExportSchema,
  FeedReply: FeedReplySchema,
  Problem: ProblemSchema,
  Readiness: ReadinessSchema,
  ReadScores: ReadScoresSchema,
  ReasonsReply: ReasonsReplySchema,
  ScoresReply: ScoresReplySchema,
  SessionReply: SessionReplySchema,
  SessionsReply: SessionsReplySchema,
  SignInLocally: SignInLocallySchema,
  SignInWithGitHub: SignInWithGitHubSchema,
  Voter: VoterSchema,
  VotesProblem: VotesProblemSchema,
  VotesReply: VotesReplySchema,
}

export type SchemaName = keyof typeof SCHEMAS
