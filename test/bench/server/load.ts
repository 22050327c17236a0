/**
 * The clients, in a process of their own. HTTP/1.1 by hand on keep-alive connections, one request in flight
 * on each: whatever the client spends is missing on a machine of two cores.
 */
import { connect } from 'node:net'
import { voteIdOf } from '#shared/vote'
import { NUMBERS, PEOPLE, popular, REPOSITORIES, subjectOf, tokenOf } from './seed.ts'

/** What to send, for how long, or how many. */
export interface Load {
  kind: 'scores' | 'votes'
  port: number
  connections: number
  /** Votes in a request. */
  votes?: number
  /** Ends after this long … */
  seconds?: number
  /** … or after this many requests. */
  requests?: number
}

export interface Loaded {
  requests: number
  seconds: number
  /** Answers that were not 200. */
  failures: number
  /** Milliseconds. */
  p50: number
  p99: number
}

const SUBJECTS = 100

function request(path: string, body: string, token?: string): string {
  const authorization = token === undefined ? '' : `Authorization: Bearer ${token}\r\n`
  return (
    `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${authorization}Content-Type: application/json\r\n` +
    `Content-Length: ${body.length}\r\n\r\n${body}`
  )
}

const below = (end: number) => Math.floor(Math.random() * end)

/** Every subject of the table once, a hundred of one repository in a request, in no order. */
function scoreRequests(): string[] {
  const requests: string[] = []
  for (let repository = 1; repository <= REPOSITORIES; repository++) {
    const numbers = shuffled(Array.from({ length: NUMBERS }, (_, i) => i + 1))
    for (let from = 0; from < NUMBERS; from += SUBJECTS) {
      const subjects = numbers.slice(from, from + SUBJECTS).map((n) => subjectOf(repository, n))
      requests.push(request('/v1/scores', JSON.stringify({ subjects })))
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

function voteRequest(count: number): string {
  const votes = Array.from({ length: count }, () => ({
    id: voteIdOf(crypto.randomUUID(), Date.now()),
    subject: subjectOf(popular(REPOSITORIES), popular(NUMBERS)),
    value: Math.random() < 0.8 ? 1 : -1,
    castAt: Date.now(),
  }))
  return request('/v1/votes', JSON.stringify({ votes }), tokenOf(1 + below(PEOPLE)))
}

let scores: string[] | undefined
let nextScore = 0

function nextRequest({ kind, votes = 1 }: Load): string {
  if (kind === 'votes') return voteRequest(votes)
  scores ??= scoreRequests()
  const next = scores[nextScore++ % scores.length]
  return next ?? ''
}

/** Sends a load and counts. */
async function send(load: Load): Promise<Loaded> {
  nextRequest(load)
  const times: number[] = []
  let failures = 0
  let left = load.requests ?? Infinity
  const began = performance.now()
  const ends = began + (load.seconds ?? Infinity) * 1000

  await Promise.all(
    Array.from(
      { length: load.connections },
      () =>
        new Promise<void>((resolve, reject) => {
          const socket = connect({ port: load.port, host: '127.0.0.1', noDelay: true })
          let sent = 0
          let received = 0
          let total = Infinity
          let head = ''
          const next = () => {
            if (left-- <= 0 || performance.now() >= ends) return socket.end(() => resolve())
            const text = nextRequest(load)
            sent = performance.now()
            socket.write(text, 'latin1')
          }
          socket.on('connect', next)
          socket.on('error', reject)
          socket.on('data', (chunk) => {
            received += chunk.length
            if (total === Infinity) {
              head += chunk.toString('latin1', 0, 2000)
              const end = head.indexOf('\r\n\r\n')
              if (end === -1) return
              if (head.slice(9, 12) !== '200') failures++
              total = end + 4 + Number(/content-length: (\d+)/i.exec(head)?.[1])
            }
            if (received < total) return
            times.push(performance.now() - sent)
            received = 0
            total = Infinity
            head = ''
            next()
          })
        }),
    ),
  )
  const seconds = (performance.now() - began) / 1000
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? 0
  return { requests: times.length, seconds, failures, p50: at(0.5), p99: at(0.99) }
}

process.on('message', (load: Load) => {
  void send(load).then((loaded) => process.send?.(loaded))
})
process.send?.('ready')
