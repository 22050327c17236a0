/**
 * The client of a server: one request, one reply that was checked, or one problem. A reply that is not
 * the contract's counts as no reply, since anything may answer at an address.
 */
import * as v from 'valibot'
import { AboutSchema, CONTRACT } from '#shared/api/about'
import { FeedReplySchema } from '#shared/api/feed'
import { PersonExportSchema, VoterSchema } from '#shared/api/person'
import { ProblemSchema } from '#shared/api/problem'
import { ReasonsReplySchema, ScoresReplySchema } from '#shared/api/scores'
import {
  DevicePendingSchema,
  DeviceReplySchema,
  GitHubClientSchema,
  SessionReplySchema,
  SessionsReplySchema,
} from '#shared/api/sign-in'
import {
  BallotReplySchema,
  type BallotRequest,
  type CancelRequest,
  DelegationReplySchema,
  type DelegationRequest,
  TallySchema,
  TallyStatesSchema,
} from '#shared/api/tallies'
import { VotesReplySchema } from '#shared/api/votes'
import { Problem, type ProblemType, problemTypeOf } from '#shared/problem'
import type { Vote } from '#shared/vote'
import { parseJson, readText, retryAfterOf } from './read-text.ts'

/** Whom to ask, and as whom. */
export interface Server {
  origin: string
  token?: string | undefined
  fetch: typeof fetch
  now(): number
}

/** What came back. `date` is the server's clock, epoch milliseconds, where it can be read. */
export type Reply<T> =
  | { value: T; date: number | undefined }
  | {
      problem: Problem
      /** Undefined when nothing that is a Forgemoot answered. */
      status: number | undefined
      /** How long the server wants to be left alone, in milliseconds. */
      retryAfter: number | undefined
    }

/** How long a server may take, in milliseconds, and how much it may say, in bytes. */
const PATIENCE = 10_000
const LONGEST = 2 * 1024 * 1024
const LONGEST_EXPORT = 32 * 1024 * 1024
/** Statuses of a problem that may hold the whole reply as well: every vote of a request was rejected. */
const SPOKEN: ReadonlySet<number> = new Set([409, 422])

/** What the server says of itself; a problem when we do not speak its contract. */
export async function askAbout(server: Server): Promise<Reply<v.InferOutput<typeof AboutSchema>>> {
  const reply = await request(server, AboutSchema, '/v1/about')
  if ('problem' in reply || reply.value.contract === CONTRACT) return reply
  const older = reply.value.contract < CONTRACT ? 'the server' : 'this extension'
  return unreached(
    `${server.origin} speaks another version of Forgemoot's contract. Update ${older}.`,
  )
}

export const askSession = (server: Server, login: string) =>
  request(server, SessionReplySchema, '/auth/local', { login })

export const askScores = (server: Server, subjects: readonly string[]) =>
  request(server, ScoresReplySchema, '/v1/scores', { subjects })

/** A part of a repository's feed; `query` as it stands behind the question mark. */
export const askFeed = (server: Server, query: URLSearchParams) =>
  request(server, FeedReplySchema, `/v1/feed?${query}`)

/** Why people are against a subject. */
export const askReasons = (server: Server, subject: string) =>
  request(server, ReasonsReplySchema, `/v1/reasons?${new URLSearchParams({ subject })}`)

/** What the reader is in a repository. */
export const askVoter = (server: Server, repo: string) =>
  request(server, VoterSchema, `/v1/voter?${new URLSearchParams({ repo })}`)

export const sendVotes = (server: Server, votes: readonly Vote[]) =>
  request(server, VotesReplySchema, '/v1/votes', { votes })

/** The vote on merging a pull request. */
export const askTally = (server: Server, subject: string) =>
  request(server, TallySchema, `/v1/tallies?${new URLSearchParams({ subject })}`)

/** How the votes on merging of many pull requests stand. */
export const askTallyStates = (server: Server, subjects: readonly string[]) =>
  request(server, TallyStatesSchema, '/v1/tallies/states', { subjects })

/** Opens one. */
export const startTally = (server: Server, subject: string) =>
  request(server, TallySchema, '/v1/tallies', { subject })

/** Ends one without a decision. */
export const endTally = (server: Server, asked: CancelRequest) =>
  request(server, TallySchema, '/v1/tallies/cancel', asked)

export const sendBallot = (server: Server, ballot: BallotRequest) =>
  request(server, BallotReplySchema, '/v1/ballots', ballot)

export const sendDelegation = (server: Server, delegation: DelegationRequest) =>
  request(server, DelegationReplySchema, '/v1/delegations', delegation)

/** Where to send somebody who signs in with GitHub. */
export const askGitHubClient = (server: Server) =>
  request(server, GitHubClientSchema, '/auth/github')

/** What somebody came back with from GitHub's page. */
export interface Grant {
  code: string
  verifier: string
  redirectUri: string
}

export const sendGrant = (server: Server, grant: Grant) =>
  request(server, SessionReplySchema, '/auth/github', grant)

export const startDevice = (server: Server) =>
  request(server, DeviceReplySchema, '/auth/github/device', undefined, 'POST')

export const askDevice = (server: Server, handle: string) =>
  request(server, v.union([SessionReplySchema, DevicePendingSchema]), '/auth/github/device/token', {
    handle,
  })

export const askSessions = (server: Server) => request(server, SessionsReplySchema, '/v1/sessions')

/** Ends one of the reader's sessions, or all of them. */
export const endSessions = (server: Server, id?: number) =>
  request(
    server,
    v.unknown(),
    id === undefined ? '/v1/sessions' : `/v1/sessions/${id}`,
    undefined,
    'DELETE',
  )

/** Everything that the server holds about the reader. */
export const askExport = (server: Server) =>
  request(server, PersonExportSchema, '/v1/me/export', undefined, 'GET', LONGEST_EXPORT)

/** Has the server forget the reader. */
export const forgetMe = (server: Server) =>
  request(server, v.unknown(), '/v1/me', undefined, 'DELETE')

/** Ends the session that the client holds. */
export const endSession = (server: Server) =>
  request(server, v.unknown(), '/auth/session', undefined, 'DELETE')

/** The value of a reply; throws its problem. */
export function valueOfReply<T>(reply: Reply<T>): T {
  if ('problem' in reply) throw reply.problem
  return reply.value
}

async function request<S extends v.GenericSchema>(
  server: Server,
  schema: S,
  path: string,
  body?: unknown,
  method = body === undefined ? 'GET' : 'POST',
  longest = LONGEST,
): Promise<Reply<v.InferOutput<S>>> {
  let response: Response
  let text: string
  try {
    response = await server.fetch(server.origin + path, initOf(server, method, body))
    text = await readText(response, longest)
  } catch (error) {
    return unreached(whyNot(server.origin, error))
  }
  const json = parseJson(text)
  if (!response.ok && !SPOKEN.has(response.status)) return refusal(server, response, json)
  const parsed = v.safeParse(schema, json)
  const date = Date.parse(response.headers.get('date') ?? '')
  if (parsed.success) return { value: parsed.output, date: date || undefined }
  if (!response.ok) return refusal(server, response, json)
  return unreached(`What answers at ${server.origin} is not a Forgemoot server. Check the address.`)
}

function initOf({ token }: Server, method: string, body: unknown): RequestInit {
  return {
    method,
    headers: {
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    // A session must never travel to wherever a reply points.
    redirect: 'error',
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
    signal: AbortSignal.timeout(PATIENCE),
  }
}

function refusal(server: Server, response: Response, json: unknown): Reply<never> {
  const { status } = response
  const retryAfter = retryAfterOf(response.headers, server.now())
  const parsed = v.safeParse(ProblemSchema, json)
  if (!parsed.success) {
    const text = `${server.origin} answered with error ${status}, and not as a Forgemoot does. Check the address; if it is right, try again later.`
    return { problem: new Problem('unreachable', text), status: known(status), retryAfter }
  }
  const { detail, errors } = parsed.output
  const type = problemTypeOf(parsed.output) ?? typeOfStatus(status)
  return { problem: new Problem(type, detail.slice(0, 500), errors), status, retryAfter }
}

/** Of a status without a problem document, only what says "later" or "less" means something. */
const known = (status: number) => ([413, 429, 502, 503, 504].includes(status) ? status : undefined)

/** What a problem of a newer server is, as far as we can tell. */
function typeOfStatus(status: number): ProblemType {
  if (status === 401) return 'unauthenticated'
  if (status === 403) return 'forbidden'
  if (status === 404) return 'not-found'
  if (status === 413) return 'too-large'
  if (status === 429 || status === 503) return 'busy'
  return status >= 500 ? 'internal' : 'invalid'
}

function unreached(text: string): Reply<never> {
  return { problem: new Problem('unreachable', text), status: undefined, retryAfter: undefined }
}

function whyNot(origin: string, error: unknown): string {
  const name = error instanceof Error ? error.name : ''
  if (name === 'TimeoutError' || name === 'AbortError')
    return `${origin} did not answer within ${PATIENCE / 1000} seconds. Try again later; votes are kept here and sent by themselves.`
  if (error instanceof RangeError)
    return `${origin} answered with more than can be read. Check the address.`
  return `${origin} cannot be reached. Is the server running, and the address right?`
}
