/** The contract as OpenAPI 3.1, from the schemas that requests and replies are checked with. */
import { toJsonSchema } from '@valibot/to-json-schema'
import * as v from 'valibot'
import {
  AboutSchema,
  AskDeviceSchema,
  BallotReplySchema,
  BallotRequestSchema,
  CancelRequestSchema,
  CastVotesSchema,
  DelegationReplySchema,
  DelegationRequestSchema,
  DevicePendingSchema,
  DeviceReplySchema,
  GitHubClientSchema,
  ImportSchema,
  LoginSchema,
  PersonExportSchema,
  PersonSchema,
  FeedReplySchema,
  ProblemSchema,
  OpenTallySchema,
  ReadScoresSchema,
  ReasonsReplySchema,
  ReadTallyStatesSchema,
  RecordSchema,
  RepositorySchema,
  ScoresReplySchema,
  SessionReplySchema,
  SessionsReplySchema,
  SignInLocallySchema,
  SignInWithGitHubSchema,
  StartImportSchema,
  SubjectSchema,
  TallySchema,
  TallyStatesSchema,
  VoteResultSchema,
  VoterSchema,
  VotesReplySchema,
} from '#shared/api/schema'
import { PROBLEMS, type ProblemType } from '#shared/problem'
import type { Context } from '../context.ts'

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

const SCHEMAS = {
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

type SchemaName = keyof typeof SCHEMAS

/** What cannot be converted, said by hand. */
function overrideSchema({ valibotSchema }: { valibotSchema: unknown }) {
  if (valibotSchema === SubjectSchema) {
    return {
      type: 'string' as const,
      description: 'A subject, as id or as URL of its page.',
      examples: ['github.com/numpy/numpy#45', 'https://github.com/numpy/numpy/issues/45'],
    }
  }
  if (valibotSchema === RepositorySchema) {
    return {
      type: 'string' as const,
      description: 'A repository, as address or as URL of a page of it.',
      examples: ['github.com/numpy/numpy'],
    }
  }
  if (valibotSchema === LoginSchema) {
    return { type: 'string' as const, pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{0,38}$' }
  }
  return undefined
}

function schemaOf(name: SchemaName) {
  const { $schema: _, ...schema } = toJsonSchema(SCHEMAS[name], {
    target: 'draft-2020-12',
    typeMode: 'input',
    errorMode: 'ignore',
    overrideSchema,
  })
  return schema
}

const refTo = (name: SchemaName) => ({ $ref: `#/components/schemas/${name}` })

const jsonOf = (name: SchemaName) => ({ content: { 'application/json': { schema: refTo(name) } } })

/** Refusals by their status; several types may share one. */
function problems(types: readonly ProblemType[], schema: SchemaName = 'Problem') {
  const statuses = new Map<number, string[]>()
  for (const type of types) {
    const { status, title } = PROBLEMS[type]
    statuses.set(status, [...(statuses.get(status) ?? []), `\`/problems/${type}\`: ${title}.`])
  }
  const responses = [...statuses].map(([status, described]) => [
    status,
    {
      description: described.join(' '),
      content: { 'application/problem+json': { schema: refTo(schema) } },
    },
  ])
  return Object.fromEntries(responses) as Record<string, unknown>
}

const ANY: ProblemType[] = ['forbidden', 'too-many', 'method-not-allowed', 'internal']
const BODY: ProblemType[] = [
  'bad-request',
  'invalid',
  'too-large',
  'unsupported-media-type',
  ...ANY,
]

const GITHUB: ProblemType[] = [
  'sign-in-over',
  'sign-in-refused',
  'not-a-person',
  'not-configured',
  'forge-failed',
]

const needsSession = [{ session: [] }]
const mayHaveSession = [{}, { session: [] }]

const page = { content: { 'text/html': { schema: { type: 'string' } } } }

const inQuery = (name: string, description = '', required = false) => ({
  name,
  in: 'query',
  required,
  description,
  schema: { type: 'string' },
})

const text = { content: { 'text/plain': { schema: { type: 'string' } } } }

const PATHS = {
  '/healthz': {
    get: {
      summary: 'Whether the server runs',
      responses: { 200: { description: 'It does.', ...text } },
    },
  },
  '/readyz': {
    get: {
      summary: 'Whether the server can do its work: read, commit, and go on doing so',
      responses: {
        200: { description: 'It can.', ...jsonOf('Readiness') },
        503: { description: 'Something is in its way.', ...jsonOf('Readiness') },
      },
    },
  },
  '/metrics': {
    get: {
      summary: 'What the server does, in numbers for Prometheus',
      description: 'For this machine, or with FORGEMOOT_METRICS_TOKEN as a bearer token.',
      security: mayHaveSession,
      responses: { 200: { description: 'They.', ...text }, ...problems(['forbidden']) },
    },
  },
  '/openapi.json': {
    get: {
      summary: 'This document',
      responses: {
        200: {
          description: 'OpenAPI 3.1.',
          content: { 'application/json': { schema: { type: 'object' } } },
        },
      },
    },
  },
  '/problems/{type}': {
    get: {
      summary: 'What a problem means',
      parameters: [{ name: 'type', in: 'path', required: true, schema: { type: 'string' } }],
      responses: { 200: { description: 'A sentence.', ...text }, ...problems(['not-found']) },
    },
  },
  '/v1/about': {
    get: {
      summary: 'What this server is and can do',
      responses: { 200: { description: 'This.', ...jsonOf('About') }, ...problems(ANY) },
    },
  },
  '/auth/local': {
    post: {
      summary: 'Sign in with any login, on this machine only',
      requestBody: { required: true, ...jsonOf('SignInLocally') },
      responses: {
        200: { description: 'A session. Its token is told once.', ...jsonOf('SessionReply') },
        ...problems(BODY),
      },
    },
  },
  '/auth/github': {
    get: {
      summary: 'Where to send somebody who wants to sign in with GitHub',
      responses: {
        200: {
          description: 'The app by which GitHub knows this server.',
          ...jsonOf('GitHubClient'),
        },
        ...problems(['not-configured', ...ANY]),
      },
    },
    post: {
      summary: 'Sign in with the code that GitHub gave (web flow, PKCE with S256)',
      requestBody: { required: true, ...jsonOf('SignInWithGitHub') },
      responses: {
        200: { description: 'A session. Its token is told once.', ...jsonOf('SessionReply') },
        ...problems([...GITHUB, ...BODY]),
      },
    },
  },
  '/auth/github/device': {
    post: {
      summary: 'Get a code to enter on GitHub’s page (device flow)',
      responses: {
        200: { description: 'The code, and a handle to ask with.', ...jsonOf('DeviceReply') },
        ...problems(['not-configured', 'forge-failed', 'busy', ...ANY]),
      },
    },
  },
  '/auth/github/device/token': {
    post: {
      summary: 'Ask whether the code was entered',
      requestBody: { required: true, ...jsonOf('AskDevice') },
      responses: {
        200: { description: 'A session. Its token is told once.', ...jsonOf('SessionReply') },
        202: { description: 'Not yet.', ...jsonOf('DevicePending') },
        ...problems([...GITHUB, ...BODY]),
      },
    },
  },
  '/setup': {
    get: {
      summary: 'The page on which an operator sets up signing in with GitHub',
      description: 'For this machine, or with the token that the server printed at its start.',
      parameters: ['token', 'name', 'organization', 'address'].map((name) => inQuery(name)),
      responses: {
        200: { description: 'The page.', ...page },
        403: { description: 'A page that says who may.', ...page },
      },
    },
  },
  '/setup/done': {
    get: {
      summary: 'Where GitHub sends the operator back to',
      parameters: ['code', 'state'].map((name) => inQuery(name)),
      responses: {
        200: { description: 'A page that says what to do next.', ...page },
        400: { description: 'A page that says why not.', ...page },
      },
    },
  },
  '/v1/sessions': {
    get: {
      summary: 'The caller’s open sessions, newest first',
      security: needsSession,
      responses: {
        200: { description: 'They.', ...jsonOf('SessionsReply') },
        ...problems(['unauthenticated', ...ANY]),
      },
    },
    delete: {
      summary: 'Sign out everywhere',
      security: needsSession,
      responses: { 204: { description: 'Done.' }, ...problems(['unauthenticated', ...ANY]) },
    },
  },
  '/v1/sessions/{id}': {
    delete: {
      summary: 'End one of the caller’s sessions',
      security: needsSession,
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
      responses: {
        204: { description: 'Done.' },
        ...problems(['unauthenticated', 'not-found', ...ANY]),
      },
    },
  },
  '/v1/me/export': {
    get: {
      summary: 'Everything that this server holds about the caller',
      security: needsSession,
      responses: {
        200: { description: 'All of it.', ...jsonOf('PersonExport') },
        ...problems(['unauthenticated', ...ANY]),
      },
    },
  },
  '/v1/me': {
    delete: {
      summary: 'Forget the caller',
      description:
        'Withdraws their votes by entries in the log, ends their sessions, and empties their row. The log ' +
        'keeps a number that leads to nobody; whoever signs in with the same account later is somebody new.',
      security: needsSession,
      responses: {
        204: { description: 'Done.' },
        ...problems(['unauthenticated', 'busy', ...ANY]),
      },
    },
  },
  '/auth/session': {
    get: {
      summary: 'Who is signed in',
      security: needsSession,
      responses: {
        200: { description: 'The person.', ...jsonOf('CurrentSession') },
        ...problems(['unauthenticated', ...ANY]),
      },
    },
    delete: {
      summary: 'Sign out: the token opens nothing any more',
      security: needsSession,
      responses: { 204: { description: 'Done.' }, ...problems(['unauthenticated', ...ANY]) },
    },
  },
  '/v1/scores': {
    post: {
      summary: 'Read the scores of subjects',
      description:
        'Keys of the reply are ids, each once. Subjects nobody voted on score as unvoted.',
      security: mayHaveSession,
      requestBody: { required: true, ...jsonOf('ReadScores') },
      responses: {
        200: { description: 'The scores.', ...jsonOf('ScoresReply') },
        ...problems(['unauthenticated', 'unknown-forge', ...BODY]),
      },
    },
  },
  '/v1/reasons': {
    get: {
      summary: 'Why people are against a subject, as far as they said so',
      description: 'Counted by class and reason; a reason that nobody gave is left out.',
      security: mayHaveSession,
      parameters: [inQuery('subject', 'Its id, or the URL of its page.', true)],
      responses: {
        200: { description: 'The counts.', ...jsonOf('ReasonsReply') },
        ...problems(['unauthenticated', 'unknown-forge', 'invalid', ...ANY]),
      },
    },
  },
  '/v1/feed': {
    get: {
      summary: 'The issues and pull requests of a whole repository, in one of the orders',
      description:
        'Pages follow each other by `next`. What gets votes while somebody reads on may move past the ' +
        'place where they are: it is seen at its new place when they begin anew.',
      security: mayHaveSession,
      parameters: [
        inQuery('repo', 'Its address, or the URL of a page of it.', true),
        inQuery('kind', '`issue` or `pull`; both when absent.'),
        inQuery('state', '`open` (when absent), `closed` or `all`.'),
        inQuery('sort', '`value` (when absent), `top`, `hot`, `rising`, `controversial` or `new`.'),
        inQuery('label', 'A label’s name. Several times for several: an item has to have all.'),
        inQuery('author', 'A login.'),
        inQuery('limit', 'Items on a page, from 1 to 100; 25 when absent.'),
        inQuery('cursor', '`next` of the page before.'),
      ],
      responses: {
        200: { description: 'A page.', ...jsonOf('FeedReply') },
        ...problems(['unauthenticated', 'unknown-forge', 'not-imported', 'invalid', ...ANY]),
      },
    },
  },
  '/v1/voter': {
    get: {
      summary: 'What the reader is in a repository when votes are counted there, and why',
      security: needsSession,
      parameters: [inQuery('repo', 'Its address, or the URL of a page of it.', true)],
      responses: {
        200: { description: 'Contributor or other.', ...jsonOf('Voter') },
        ...problems(['unauthenticated', 'unknown-forge', 'invalid', ...ANY]),
      },
    },
  },
  '/v1/imports': {
    post: {
      summary: 'Import a repository from its forge, or go on where that was left',
      description: 'While one of the same repository is on its way, it is answered with that one.',
      security: needsSession,
      requestBody: { required: true, ...jsonOf('StartImport') },
      responses: {
        202: { description: 'How far it is.', ...jsonOf('Import') },
        ...problems(['unauthenticated', 'unknown-forge', 'busy', ...BODY]),
      },
    },
  },
  '/v1/imports/{id}': {
    get: {
      summary: 'How far an import is',
      security: needsSession,
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
      responses: {
        200: { description: 'This far.', ...jsonOf('Import') },
        ...problems(['unauthenticated', 'not-found', ...ANY]),
      },
    },
  },
  '/v1/tallies': {
    get: {
      summary: 'The vote on merging a pull request: who, how, how it stands, what is missing',
      security: mayHaveSession,
      parameters: [inQuery('subject', 'The pull request.', true)],
      responses: {
        200: { description: 'The last one.', ...jsonOf('Tally') },
        ...problems([
          'no-tally',
          'not-imported',
          'unknown-forge',
          'invalid',
          'unauthenticated',
          ...ANY,
        ]),
      },
    },
    post: {
      summary: 'Open the vote on merging a pull request, under the rules of its base branch',
      description:
        'The rules are read and the electorate is settled now. One that is open is answered.',
      security: needsSession,
      requestBody: { required: true, ...jsonOf('OpenTally') },
      responses: {
        201: { description: 'The vote.', ...jsonOf('Tally') },
        ...problems([
          'unauthenticated',
          'unknown-forge',
          'not-imported',
          'not-found',
          'no-constitution',
          'constitution-invalid',
          'electorate-unknown',
          'tally-closed',
          'forge-failed',
          'busy',
          ...BODY,
        ]),
      },
    },
  },
  '/v1/tallies/states': {
    post: {
      summary: 'How the votes on merging of many pull requests stand, as a list shows it',
      requestBody: { required: true, ...jsonOf('ReadTallyStates') },
      responses: {
        200: { description: 'Those that have one.', ...jsonOf('TallyStates') },
        ...problems(['unknown-forge', ...BODY]),
      },
    },
  },
  '/v1/record': {
    get: {
      summary: 'Everything that was written down about merging a pull request, to count again',
      description:
        'Of a vote whose results are hidden, ballots are left out until it ends. Where members may let others vote for them, who does is in it.',
      parameters: [inQuery('subject', 'The pull request.', true)],
      responses: {
        200: { description: 'All of it, in order.', ...jsonOf('Record') },
        ...problems(['no-tally', 'not-imported', 'unknown-forge', 'invalid', ...ANY]),
      },
    },
  },
  '/v1/tallies/cancel': {
    post: {
      summary: 'End a vote on merging without a decision',
      security: needsSession,
      requestBody: { required: true, ...jsonOf('CancelRequest') },
      responses: {
        200: { description: 'The vote as it ended.', ...jsonOf('Tally') },
        ...problems([
          'unauthenticated',
          'unknown-forge',
          'not-imported',
          'no-tally',
          'tally-closed',
          ...BODY,
        ]),
      },
    },
  },
  '/v1/ballots': {
    post: {
      summary: 'Cast a ballot about exactly the commit that was seen',
      description: 'Accepted when it is on the disk. The same id again is answered as a duplicate.',
      security: needsSession,
      requestBody: { required: true, ...jsonOf('BallotRequest') },
      responses: {
        200: { description: 'Its receipt, and the vote after it.', ...jsonOf('BallotReply') },
        ...problems([
          'unauthenticated',
          'unknown-forge',
          'not-imported',
          'no-tally',
          'tally-closed',
          'other-head',
          'not-an-elector',
          'ballot-id-taken',
          ...BODY,
        ]),
      },
    },
  },
  '/v1/delegations': {
    post: {
      summary: 'Let another member vote in one’s place, where the rules of a repository allow that',
      security: needsSession,
      requestBody: { required: true, ...jsonOf('DelegationRequest') },
      responses: {
        200: { description: 'Its receipt.', ...jsonOf('DelegationReply') },
        ...problems([
          'unauthenticated',
          'unknown-forge',
          'not-imported',
          'not-an-elector',
          'ballot-id-taken',
          ...BODY,
        ]),
      },
    },
  },
  '/webhooks/github': {
    post: {
      summary: 'What GitHub tells by itself, signed with the secret that it was given',
      parameters: [
        { name: 'X-Hub-Signature-256', in: 'header', required: true, schema: { type: 'string' } },
        { name: 'X-GitHub-Event', in: 'header', required: true, schema: { type: 'string' } },
      ],
      requestBody: {
        required: true,
        content: { 'application/json': { schema: { type: 'object' } } },
      },
      responses: {
        202: {
          description:
            'Heard; `taken` when something was done, which once it was is not done again.',
          ...jsonOf('Taken'),
        },
        ...problems(['unauthenticated', 'too-large', 'unsupported-media-type', ...ANY]),
      },
    },
  },
  '/v1/votes': {
    post: {
      summary: 'Cast votes',
      description:
        'An answer means that the accepted votes are on the disk. Sending a vote again is harmless: it is ' +
        'known by its id. Which of two votes stands is decided by the order of receipts, not by castAt. A vote ' +
        'down may say why; one that says it later is another vote, and counts once like any other.',
      security: needsSession,
      requestBody: { required: true, ...jsonOf('CastVotes') },
      responses: {
        200: {
          description: 'What became of each, in the order of the request.',
          ...jsonOf('VotesReply'),
        },
        ...problems(['unauthenticated', 'unknown-forge', 'busy', ...BODY]),
        ...problems(['unknown-forge', 'from-the-future', 'vote-id-taken'], 'VotesProblem'),
      },
    },
  },
}

/** The document that describes every door of this server. */
export function openApi({ version }: Pick<Context, 'version'>) {
  const names = Object.keys(SCHEMAS) as SchemaName[] // exactly the keys of the constant above
  return {
    openapi: '3.1.0',
    info: { title: 'Forgemoot', version, license: { name: 'MIT', identifier: 'MIT' } },
    paths: PATHS,
    components: {
      schemas: Object.fromEntries(names.map((name) => [name, schemaOf(name)])),
      securitySchemes: { session: { type: 'http', scheme: 'bearer' } },
    },
  }
}
