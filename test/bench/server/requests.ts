/** What the clients send, as bytes made beforehand. */
import { voteIdOf } from '#shared/vote'
import type { Load } from './load.ts'
import { NUMBERS, PEOPLE, popular, REPOSITORIES, subjectOf, tokenOf } from './seed.ts'

const SUBJECTS = 100

/** Votes made beforehand; more than are cast in a round, so that few are cast again with a new id. */
const VOTES = 40_000

/** Makes the requests of a load, and answers with what hands out the next. */
export function requestsOf(load: Load): () => Buffer {
  const { kind, votes = 1, path = '/', token, repositories = REPOSITORIES } = load
  if (kind === 'feed') {
    const authorization = token === undefined ? '' : `Authorization: Bearer ${token}\r\n`
    const one = Buffer.from(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${authorization}\r\n`)
    return () => one
  }
  const requests =
    kind === 'votes' ? voteRequests(votes, repositories) : scoreRequestsOf(repositories, token)
  return () => {
    const request = requests[next++ % requests.length] as Buffer // one of at least one
    if (kind === 'votes') renew(request)
    return request
  }
}

const scores = new Map<string, Buffer[]>()

/** Made once: a server that answered one of them before may remember it. */
function scoreRequestsOf(repositories: number, token: string | undefined): Buffer[] {
  const key = `${repositories} ${token}`
  const made = scores.get(key) ?? scoreRequests(Math.min(repositories, REPOSITORIES), token)
  scores.set(key, made)
  return made
}

let next = 0

function request(path: string, body: string, token?: string): Buffer {
  const authorization = token === undefined ? '' : `Authorization: Bearer ${token}\r\n`
  return Buffer.from(
    `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${authorization}Content-Type: application/json\r\n` +
      `Content-Length: ${body.length}\r\n\r\n${body}`,
  )
}

const below = (end: number) => Math.floor(Math.random() * end)

/** Every subject of the table, or of its first million, once, a hundred of one repository in a request, in no order. */
function scoreRequests(repositories: number, token?: string): Buffer[] {
  const requests: Buffer[] = []
  for (let repository = 1; repository <= repositories; repository++) {
    const numbers = shuffled(Array.from({ length: NUMBERS }, (_, i) => i + 1))
    for (let from = 0; from < NUMBERS; from += SUBJECTS) {
      const subjects = numbers.slice(from, from + SUBJECTS).map((n) => subjectOf(repository, n))
      requests.push(request('/v1/scores', JSON.stringify({ subjects }), token))
    }
  }
  return shuffled(requests)
}

function shuffled<T>(list: T[]): T[] {
  for (let last = list.length - 1; last > 0; last--) {
    const other = below(last + 1)
    const [a, b] = [list[last] as T, list[other] as T]
    list[last] = b
    list[other] = a
  }
  return list
}

function voteRequests(count: number, repositories: number): Buffer[] {
  return Array.from({ length: VOTES / count }, () => {
    const votes = Array.from({ length: count }, () => ({
      id: voteIdOf(crypto.randomUUID(), 0),
      subject: subjectOf(popular(repositories), popular(NUMBERS)),
      value: Math.random() < 0.8 ? 1 : -1,
      castAt: 1e12,
    }))
    return request('/v1/votes', JSON.stringify({ votes }), tokenOf(1 + below(PEOPLE)))
  })
}

// What an id and a time look like in a request; an id's last digits stay as random as they were made.
const ID = '"id":"'
const CAST_AT = '"castAt":'

/** Dates the votes of a request now; with its time an id is a new one. */
function renew(bytes: Buffer) {
  const now = Date.now()
  const id = voteIdOf('', now).slice(0, 13)
  for (let at = bytes.indexOf(ID); at !== -1; at = bytes.indexOf(ID, at)) {
    bytes.write(id, at + ID.length, 'latin1')
    at = bytes.indexOf(CAST_AT, at)
    bytes.write(String(now), at + CAST_AT.length, 'latin1')
  }
}
