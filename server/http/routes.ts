/** The doors of the server: for each, one reading of the request and one call. */
import type { Context as Call } from 'hono'
import { ReadFeedSchema } from '#shared/api/feed'
import { LIMITS } from '#shared/api/limits'
import { ReadVoterSchema } from '#shared/api/person'
import { ReadReasonsSchema, ReadScoresSchema } from '#shared/api/scores'
import { CastVotesSchema } from '#shared/api/votes'
import { PROBLEMS, Problem, type ProblemType } from '#shared/problem'
import { parseSubject } from '#shared/subject'
import type { Vote } from '#shared/vote'
import { SCORES } from './at-once.ts'
import { callerNeeded, tokenOf } from './authorization.ts'
import type { Context } from '../context.ts'
import { addressOf } from './headers.ts'
import { importRoutes } from './import-routes.ts'
import { openApi } from './openapi/document.ts'
import { operationsRoutes } from '../operations/routes.ts'
import { personRoutes } from './person-routes.ts'
import { json, jsonBytes, jsonText, plainText, refusal } from './replies.ts'
import { about } from '../services/about.ts'
import { callerOf } from '../services/caller-of.ts'
import { type CastResult, castVotes } from '../services/cast-votes.ts'
import { checkForges } from '../services/check-forges.ts'
import { readFeed } from '../services/read-feed.ts'
import { readReasons } from '../services/read-reasons.ts'
import { readScores } from '../services/read-scores.ts'
import { readVoter } from '../services/read-voter.ts'
import type { Route } from './route.ts'
import { readJson } from './read-json.ts'
import { setUpRoutes } from './set-up-routes.ts'
import { signInRoutes } from './sign-in-routes.ts'
import { tallyRoutes } from './tally-routes.ts'
import { queryOf, shaped, takeJson, takeText } from './take.ts'

export function routesOf(context: Context): Route[] {
  return [
    ...operationsRoutes(context),
    { method: 'GET', path: '/openapi.json', answer: (call) => json(call, openApi(context)) },
    { method: 'GET', path: '/problems/:type', answer: explainProblem },
    { method: 'GET', path: '/v1/about', answer: (call) => json(call, about(context)) },
    ...signInRoutes(context),
    ...personRoutes(context),
    ...setUpRoutes(context),
    ...importRoutes(context),
    ...tallyRoutes(context),
    {
      ...SCORES,
      answer: (call) => answerScores(call, context),
    },
    {
      method: 'GET',
      path: '/v1/reasons',
      async answer(call) {
        const token = tokenOf(call)
        const caller = token === undefined ? undefined : await callerOf(context, token)
        const { subject } = shaped(ReadReasonsSchema, queryOf(call))
        checkForges(context, [subject], () => '/subject')
        return json(call, await readReasons(context, subject, caller))
      },
    },
    {
      method: 'GET',
      path: '/v1/feed',
      answer: (call) => answerFeed(call, context),
    },
    {
      method: 'GET',
      path: '/v1/voter',
      async answer(call) {
        const caller = await callerNeeded(call, context)
        const { repo } = shaped(ReadVoterSchema, queryOf(call))
        checkForges(context, [repo], () => '/repo')
        return json(call, await readVoter(context, caller, repo))
      },
    },
    {
      method: 'POST',
      path: '/v1/votes',
      async answer(call) {
        const asked = await takeJson(call)
        // Last: a session may end while its votes are on their way.
        const caller = await callerNeeded(call, context)
        const votes = votesIn(asked)
        context.limits.person(caller.personId, votes.length / VOTES_A_REQUEST)
        const results = await castVotes(context, caller, votes)
        for (const { status } of results) context.metrics.votes[status]++
        return answerVotes(call, results)
      },
    },
  ]
}

/** How many votes count for as much as a request. */
const VOTES_A_REQUEST = 10

// Scores.

async function answerScores(call: Call, context: Context): Promise<Response> {
  const token = tokenOf(call)
  const caller = token === undefined ? undefined : await callerOf(context, token)
  const text = await takeText(call)
  const known = caller ? undefined : knownScores(call, context, text)
  if (known) return known
  const { subjects } = shaped(ReadScoresSchema, readJson(text))
  checkForges(context, subjects, (place) => `/subjects/${place}`)
  const scores = await readScores(context, subjects, caller)
  const members = [...scores].map(([subject, text]) => `${JSON.stringify(subject)}:${text}`)
  return jsonText(call, `{"scores":{${members.join(',')}}}`)
}

const LIST = { opens: '{"subjects":["', closes: '"]}' }

/**
 * The answer to somebody without a session who asks, in the plainest words, for subjects of one repository
 * whose scores are at hand: a list page does, again and again. The text is then taken apart by nothing but
 * what stands between the numbers. What is in any way different is undefined here and read properly. Whoever
 * asks in the same words again is answered at once.
 */
function knownScores(call: Call, { scores, answers }: Context, text: string): Response | undefined {
  if (!text.startsWith(LIST.opens) || !text.endsWith(LIST.closes)) return undefined
  const repository = text.slice(LIST.opens.length, text.indexOf('#'))
  const between = `","${repository}#`
  const numbers = text
    .slice(LIST.opens.length + repository.length + 1, -LIST.closes.length)
    .split(between, LIMITS.subjects + 1)
  if (numbers.length > LIMITS.subjects) return undefined
  return jsonBytes(call, (into) => {
    const from = into.write('{"scores":{', 0, 'latin1')
    const end = scores.writeMembers(repository, numbers, into, from)
    if (end === undefined || end + 2 > into.length) return undefined
    const whole = end + into.write('}}', end, 'latin1')
    answers.set(text, repository, into.subarray(0, whole))
    return whole
  })
}

// Feeds.

async function answerFeed(call: Call, context: Context): Promise<Response> {
  const token = tokenOf(call)
  const request = token === undefined ? addressOf(call) : undefined
  const known = request && context.feeds.get(request, context.now())
  if (known) return jsonText(call, known)
  const caller = token === undefined ? undefined : await callerOf(context, token)
  const feed = shaped(ReadFeedSchema, queryOf(call))
  checkForges(context, [feed.repo], () => '/repo')
  const readAt = context.now()
  const page = await readFeed(context, feed, caller)
  const { repository } = page
  // Of one without a name nobody would be told that it changed.
  if (request !== undefined && repository !== undefined)
    context.feeds.set(request, { ...page, repository, readAt })
  return jsonText(call, page.text)
}

// Votes.

/** The votes of a request. Plainly good ones are told by hand; the schema speaks about all others. */
function votesIn(asked: unknown): readonly Vote[] {
  return plainVotes(asked) ?? shaped(CastVotesSchema, asked).votes
}

function plainVotes(asked: unknown): Vote[] | undefined {
  if (typeof asked !== 'object' || asked === null) return undefined
  const { votes, ...rest } = asked as { votes?: unknown }
  if (!Array.isArray(votes) || !votes.length || votes.length > LIMITS.votes) return undefined
  if (Object.keys(rest).length) return undefined
  const plain: Vote[] = []
  for (const each of votes) {
    const vote = plainVote(each)
    if (!vote) return undefined
    plain.push(vote)
  }
  return plain
}

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/

/** What a date can hold, as the schema has it. */
const isTime = (at: number) => at >= 0 && at <= 8.64e15

function plainVote(asked: unknown): Vote | undefined {
  if (typeof asked !== 'object' || asked === null || Object.keys(asked).length !== 4)
    return undefined
  const { id, subject, value, castAt } = asked as Partial<Record<keyof Vote, unknown>>
  if (typeof id !== 'string' || !UUID.test(id)) return undefined
  if (value !== 1 && value !== -1 && value !== 0) return undefined
  if (!Number.isInteger(castAt) || !isTime(castAt as number)) return undefined
  const known = typeof subject === 'string' ? parseSubject(subject) : undefined
  return known && { id, subject: known, value, castAt: castAt as number }
}

/** All results; when every vote was rejected also as the problem of the first, so that it is not missed. */
function answerVotes(call: Call, results: readonly CastResult[]): Response {
  const text = `"results":[${results.map(resultText).join(',')}]`
  const first = results[0]
  if (first?.status === 'rejected' && results.every(({ status }) => status === 'rejected')) {
    const errors = results.flatMap((result) =>
      'error' in result ? (result.error.errors ?? []) : [],
    )
    return refusal(call, { ...first.error, errors }, { extra: text })
  }
  return jsonText(call, `{${text}}`)
}

function resultText(result: CastResult): string {
  const { id, status } = result
  return result.status === 'rejected'
    ? `{"id":"${id}","status":"${status}","receipt":null,"score":null,"error":${JSON.stringify(result.error)}}`
    : `{"id":"${id}","status":"${status}","receipt":${result.receipt},"score":${result.score},"error":null}`
}

// The server itself.

function explainProblem(call: Call): Response {
  const type = call.req.param('type') ?? ''
  if (!Object.hasOwn(PROBLEMS, type)) throw new Problem('not-found', 'There is no such problem.')
  const { status, title } = PROBLEMS[type as ProblemType]
  return plainText(
    call,
    `${title}.\n\nThis answer has the status ${status}; its "detail" says more.\n`,
  )
}
