/** The doors of votes on merging. */
import type { Context as Call } from 'hono'
import {
  BallotRequestSchema,
  CancelRequestSchema,
  DelegationRequestSchema,
  OpenTallySchema,
  ReadTallySchema,
  ReadTallyStatesSchema,
} from '#shared/api/tallies'
import { callerNeeded, tokenOf } from './authorization.ts'
import type { Context } from '../context.ts'
import { json } from './replies.ts'
import type { Route } from './route.ts'
import { callerOf } from '../services/caller-of.ts'
import { cancelTally } from '../services/cancel-tally.ts'
import { castBallot } from '../services/cast-ballot.ts'
import { checkForges } from '../services/check-forges.ts'
import { delegateVote } from '../services/delegate-vote.ts'
import { openTally } from '../services/open-tally.ts'
import { readRecord } from '../services/read-record.ts'
import { readTally } from '../services/read-tally.ts'
import { readTallyStates } from '../services/read-tally-states.ts'
import { queryOf, shaped, takeJson } from './take.ts'

export function tallyRoutes(context: Context): Route[] {
  return [
    { method: 'GET', path: '/v1/tallies', answer: (call) => answerTally(call, context) },
    {
      method: 'POST',
      path: '/v1/tallies/states',
      async answer(call) {
        const { subjects } = shaped(ReadTallyStatesSchema, await takeJson(call))
        checkForges(context, subjects, (place) => `/subjects/${place}`)
        return json(call, await readTallyStates(context, subjects))
      },
    },
    {
      method: 'GET',
      path: '/v1/record',
      async answer(call) {
        const { subject } = shaped(ReadTallySchema, queryOf(call))
        checkForges(context, [subject], () => '/subject')
        return json(call, await readRecord(context, subject))
      },
    },
    {
      method: 'POST',
      path: '/v1/tallies',
      async answer(call) {
        const asked = await takeJson(call)
        const caller = await callerNeeded(call, context)
        const { subject } = shaped(OpenTallySchema, asked)
        checkForges(context, [subject], () => '/subject')
        await openTally(context, caller, subject)
        return json(call, await readTally(context, caller, subject), 201)
      },
    },
    {
      method: 'POST',
      path: '/v1/tallies/cancel',
      async answer(call) {
        const asked = await takeJson(call)
        const caller = await callerNeeded(call, context)
        const request = shaped(CancelRequestSchema, asked)
        checkForges(context, [request.subject], () => '/subject')
        await cancelTally(context, caller, request)
        return json(call, await readTally(context, caller, request.subject))
      },
    },
    {
      method: 'POST',
      path: '/v1/ballots',
      async answer(call) {
        const asked = await takeJson(call)
        const caller = await callerNeeded(call, context)
        const request = shaped(BallotRequestSchema, asked)
        checkForges(context, [request.subject], () => '/subject')
        const cast = await castBallot(context, caller, request)
        return json(call, { ...cast, tally: await readTally(context, caller, request.subject) })
      },
    },
    {
      method: 'POST',
      path: '/v1/delegations',
      async answer(call) {
        const asked = await takeJson(call)
        const caller = await callerNeeded(call, context)
        const request = shaped(DelegationRequestSchema, asked)
        checkForges(context, [request.repo], () => '/repo')
        return json(call, await delegateVote(context, caller, request))
      },
    },
  ]
}

async function answerTally(call: Call, context: Context): Promise<Response> {
  const token = tokenOf(call)
  const caller = token === undefined ? undefined : await callerOf(context, token)
  const { subject } = shaped(ReadTallySchema, queryOf(call))
  checkForges(context, [subject], () => '/subject')
  return json(call, await readTally(context, caller, subject))
}
