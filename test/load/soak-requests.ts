/** What people ask a soaked server for. */
import { randomUUID } from 'node:crypto'
import { type Agent, request } from 'node:http'
import { aVote } from '../../server/testing.ts'
import { FIELD, type SoakSeed, SUBJECTS } from './soak-seed.ts'

export const KINDS = ['scores', 'vote', 'feed', 'tally', 'ballot', 'voter'] as const
export type Kind = (typeof KINDS)[number]

/** What is asked how often, in hundredths. */
const MIX: Readonly<Record<Kind, number>> = {
  scores: 58,
  vote: 20,
  feed: 15,
  tally: 3,
  ballot: 2,
  voter: 2,
}

export interface Asked {
  kind: Kind
  /** 0 when there was no answer. */
  status: number
  /** Why there was none. */
  why?: string
}

/** One request as people make them. */
export function askOnce(
  agent: Agent,
  address: string,
  { tokens, pulls }: Pick<SoakSeed, 'tokens' | 'pulls'>,
): Promise<Asked> {
  const token = oneOf(tokens)
  const kind = thrown()
  const { method, path, body, isForAnybody } = requestOf(kind, pulls)
  const isSigned = !isForAnybody || below(2) === 1
  return new Promise(send)

  function send(resolve: (asked: Asked) => void) {
    const sent = request(`${address}${path}`, {
      agent,
      method,
      headers: {
        ...(isSigned && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
        }),
      },
    })
    const failed = (error: NodeJS.ErrnoException) => {
      // A server closes what nobody used for seconds, perhaps in the moment in which it is used: browsers
      // send again, and so do we, until a connection is a new one.
      if (sent.reusedSocket && error.code === 'ECONNRESET') send(resolve)
      else resolve({ kind, status: 0, why: String(error.code ?? error) })
    }
    sent.on('error', failed)
    sent.on('response', (response) => {
      response.resume()
      response.on('end', () => resolve({ kind, status: response.statusCode ?? 0 }))
      response.on('error', failed)
    })
    sent.end(body)
  }
}

function thrown(): Kind {
  let dice = below(100)
  return KINDS.find((kind) => (dice -= MIX[kind]) < 0) ?? 'scores'
}

function requestOf(kind: Kind, pulls: SoakSeed['pulls']) {
  const get = (path: string, isForAnybody: boolean) => {
    return { method: 'GET', path, body: undefined, isForAnybody }
  }
  const post = (path: string, body: object, isForAnybody: boolean) => {
    return { method: 'POST', path, body: JSON.stringify(body), isForAnybody }
  }
  if (kind === 'scores') {
    const subjects = [...new Set(Array.from({ length: 25 }, subject))]
    return post('/v1/scores', { subjects }, true)
  }
  if (kind === 'vote') {
    const votes = [aVote({ subject: subject(), value: below(3) - 1 })]
    return post('/v1/votes', { votes }, false)
  }
  if (kind === 'feed') {
    const sort = oneOf(['value', 'top', 'hot', 'rising', 'new'])
    return get(`/v1/feed?repo=${FIELD}&sort=${sort}`, true)
  }
  if (kind === 'voter') return get(`/v1/voter?repo=${FIELD}`, false)
  const pull = oneOf(pulls)
  if (kind === 'tally') return get(`/v1/tallies?subject=${encodeURIComponent(pull.subject)}`, true)
  const choice = oneOf(['for', 'for', 'against', 'abstain'])
  return post('/v1/ballots', { id: randomUUID(), ...pull, choice, reason: '' }, false)
}

const below = (end: number) => Math.floor(Math.random() * end)
const subject = () => `${FIELD}#${1 + below(SUBJECTS)}`

function oneOf<T>(list: readonly T[]): T {
  return list[below(list.length)] as T // of at least one
}
