/** A server that keeps votes as the contract says, and can be told to misbehave, for tests. */
import { CONTRACT } from '#shared/api/about'
import { problemDocument, type ProblemType } from '#shared/problem'
import { unvoted, valueOf, type VoterClass } from '#shared/score'
import type { SubjectId } from '#shared/subject'
import type { Vote } from '#shared/vote'
import { SERVER } from './fake-context.ts'

export interface Entry extends Vote {
  login: string
}

/** What happens to one request: an answer instead, or done but the answer never arrives, or too late. */
export type Fault = Response | 'lost' | 'slow' | 'unreached' | undefined

export interface FakeServer {
  fetch: typeof fetch
  /** It takes reasons, and counts them; else it refuses them as servers before did. */
  takesReasons: boolean
  /** Every accepted vote, in order. */
  log: Entry[]
  /** `METHOD path` of every request that arrived. */
  requests: string[]
  /** Bodies of the requests to cast votes. */
  cast: Vote[][]
  contributors: Set<string>
  /** Decides about every request before it is answered. */
  fault: (path: string, body: unknown) => Fault
  /** Why a vote is rejected. */
  refuse: (vote: Vote) => 'from-the-future' | 'vote-id-taken' | undefined
  /** Tokens of sessions that are over. */
  ended: Set<string>
  /** The server's clock, epoch milliseconds; undefined when its header cannot be read. */
  date: number | undefined
  /** A recount of the log. */
  score(subject: SubjectId, login: string | undefined): ReturnType<typeof unvoted>
}

export function fakeServer(): FakeServer {
  const server: FakeServer = {
    takesReasons: true,
    log: [],
    requests: [],
    cast: [],
    contributors: new Set(),
    fault: () => undefined,
    refuse: () => undefined,
    ended: new Set(),
    date: undefined,
    score: (subject, login) => recount(server, subject, login),
    fetch: async (input, init) => {
      const { origin, pathname, searchParams } = new URL(String(input))
      if (origin !== SERVER) throw new TypeError('Failed to fetch')
      const body: unknown = init?.body ? JSON.parse(String(init.body)) : undefined
      server.requests.push(`${init?.method ?? 'GET'} ${pathname}`)
      const fault = server.fault(pathname, body)
      if (fault instanceof Response) return fault
      if (fault === 'unreached') throw new TypeError('Failed to fetch')
      const token = tokenOf(init)
      if (token !== undefined && server.ended.has(token)) return problemReply('unauthenticated')
      const login = token?.replace(/^token-of-|\/.*$/g, '')
      const reply = answer(server, pathname, body ?? searchParams, login)
      if (fault === 'lost') throw new TypeError('Failed to fetch')
      // The answer takes longer than anybody waits.
      if (fault === 'slow') throw init?.signal?.reason
      return reply
    },
  }
  return server
}

/** A problem as the server would send it. */
export function problemReply(
  type: ProblemType,
  detail = `because ${type}`,
  errors?: { pointer: string; detail: string }[],
  headers?: Record<string, string>,
): Response {
  const document = problemDocument(type, detail, errors)
  return Response.json(document, { status: document.status, ...(headers && { headers }) })
}

function tokenOf(init: RequestInit | undefined): string | undefined {
  return /^Bearer (token-of-.+)$/.exec(new Headers(init?.headers).get('authorization') ?? '')?.[1]
}

function answer(server: FakeServer, path: string, body: unknown, login: string | undefined) {
  if (path === '/v1/about') return Response.json({ ...ABOUT, reasons: server.takesReasons })
  if (path === '/auth/local') return signIn(server, (body as { login: string }).login)
  if (path === '/v1/scores')
    return scores(server, (body as { subjects: SubjectId[] }).subjects, login)
  if (path === '/v1/votes') {
    if (login === undefined) return problemReply('unauthenticated')
    return votes(server, (body as { votes: Vote[] }).votes, login)
  }
  if (path === '/v1/reasons' && server.takesReasons) return reasons(server, body, login)
  if (path === '/auth/session') return new Response(null, { status: 204 })
  return problemReply('not-found')
}

export const ABOUT = {
  name: 'forgemoot',
  version: '1.2.3',
  contract: CONTRACT,
  forges: ['github.com'],
  auth: ['local'],
  orders: ['forge', 'value', 'top', 'new'],
}

/** Why people are against a subject. */
function reasons(server: FakeServer, asked: unknown, login: string | undefined): Response {
  const subject = (asked as URLSearchParams).get('subject') as SubjectId
  const standing = new Map<string, Vote>()
  for (const vote of server.log) if (vote.subject === subject) standing.set(vote.login, vote)
  const reply = { subject, contributors: {}, others: {}, mine: null as string | null }
  for (const [voter, { reason }] of standing) {
    if (!reason) continue
    const counts: Record<string, number> = server.contributors.has(voter)
      ? reply.contributors
      : reply.others
    counts[reason] = (counts[reason] ?? 0) + 1
    if (voter === login) reply.mine = reason
  }
  return Response.json(reply)
}

/** Every session has a token of its own. */
function signIn({ requests }: FakeServer, login: string): Response {
  const expiresAt = Date.UTC(2030, 0, 1)
  const token = `token-of-${login}/${requests.length}`
  return Response.json({ token, person: { login }, expiresAt })
}

function scores(server: FakeServer, subjects: SubjectId[], login: string | undefined): Response {
  return Response.json({
    scores: Object.fromEntries(subjects.map((subject) => [subject, server.score(subject, login)])),
  })
}

function votes(server: FakeServer, cast: Vote[], login: string): Response {
  server.cast.push(cast)
  const headers = server.date === undefined ? {} : { date: new Date(server.date).toUTCString() }
  const strange = cast.flatMap(({ subject }, place) =>
    ABOUT.forges.includes(subject.slice(0, subject.indexOf('/')))
      ? []
      : [{ pointer: `/votes/${place}/subject`, detail: 'a subject of another forge' }],
  )
  if (strange.length > 0)
    return problemReply('unknown-forge', 'This server keeps github.com.', strange, headers)
  const unknown = cast.flatMap(({ reason }, place) =>
    reason && !server.takesReasons
      ? [{ pointer: `/votes/${place}/reason`, detail: 'is not a known field' }]
      : [],
  )
  if (unknown.length > 0) return problemReply('invalid', 'Nothing was done.', unknown, headers)
  const statuses = cast.map((vote, place) => take(server, vote, login, place))
  const results = statuses.map(({ vote, status, receipt, error }) => ({
    id: vote.id,
    status,
    receipt,
    score: status === 'rejected' ? null : server.score(vote.subject, login),
    error,
  }))
  const first = results[0]?.error
  // When none was accepted the answer is the first one's problem, too.
  if (!first || results.some(({ status }) => status !== 'rejected'))
    return Response.json({ results }, { headers })
  const errors = results.flatMap(({ error }) => error?.errors ?? [])
  return Response.json({ ...first, errors, results }, { status: first.status, headers })
}

function take(server: FakeServer, vote: Vote, login: string, place: number) {
  const known = server.log.findIndex(({ id, login: by }) => id === vote.id && by === login)
  const isSame = known >= 0 && isEqual(server.log[known], vote)
  if (isSame) return { vote, status: 'duplicate', receipt: known, error: null }
  const refused = known >= 0 ? 'vote-id-taken' : server.refuse(vote)
  if (refused) {
    const pointer = `/votes/${place}/${refused === 'vote-id-taken' ? 'id' : 'castAt'}`
    const error = problemDocument(refused, `because ${refused}`, [{ pointer, detail: 'wrong' }])
    return { vote, status: 'rejected', receipt: null, error }
  }
  server.log.push({ ...vote, login })
  return { vote, status: 'accepted', receipt: server.log.length - 1, error: null }
}

/** Whether an entry is the vote: an id stands for one content. */
function isEqual(entry: Entry | undefined, { subject, value, castAt, reason }: Vote): boolean {
  return (
    entry?.subject === subject &&
    entry.value === value &&
    entry.castAt === castAt &&
    entry.reason === reason
  )
}

function recount(server: FakeServer, subject: SubjectId, login: string | undefined) {
  const classOf = (voter: string | undefined): VoterClass =>
    voter !== undefined && server.contributors.has(voter) ? 'contributor' : 'other'
  const score = unvoted(classOf(login))
  const standing = new Map<string, Vote>()
  for (const vote of server.log) if (vote.subject === subject) standing.set(vote.login, vote)
  for (const [voter, { value }] of standing) {
    const counts = classOf(voter) === 'contributor' ? score.contributors : score.others
    if (value) counts[value > 0 ? 'up' : 'down'] += 1
    if (voter === login) score.mine = value
  }
  return { ...score, value: valueOf(score) }
}
