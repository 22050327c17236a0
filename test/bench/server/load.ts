/**
 * The clients, in a process of their own. HTTP/1.1 by hand on keep-alive connections, one request in flight
 * on each. Whatever the client spends is missing on a machine of two cores, so requests are made before the
 * clock runs, and answers are read no further than their head.
 */
import { connect } from 'node:net'
import { requestsOf } from './requests.ts'

/** What to send, for how long, or how many. */
export interface Load {
  kind: 'scores' | 'votes' | 'feed'
  /** What is asked for, with GET; for `feed`. */
  path?: string
  /** The session that asks; for `feed` and `scores`. */
  token?: string
  port: number
  /** How many repositories there are. */
  repositories?: number
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

/** Every answer is read into the same memory: it is looked at before the next one comes. */
const READ = Buffer.allocUnsafeSlow(64 * 1024)

/** Sends a load and counts. */
async function send(load: Load): Promise<Loaded> {
  const nextRequest = requestsOf(load)
  const times: number[] = []
  let failures = 0
  let left = load.requests ?? Infinity
  const began = performance.now()
  const ends = began + (load.seconds ?? Infinity) * 1000

  function client(resolve: () => void, reject: (error: Error) => void) {
    let sent = 0
    let missing = 0
    const socket = connect({
      port: load.port,
      host: '127.0.0.1',
      noDelay: true,
      onread: { buffer: READ, callback: received },
    })
    socket.on('connect', next)
    socket.on('error', reject)

    function next() {
      const now = performance.now()
      if (left-- <= 0 || now >= ends) return void socket.end(() => resolve())
      sent = now
      socket.write(nextRequest())
    }

    function received(size: number) {
      missing = (missing || lengthOf(size)) - size
      if (missing > 0) return true
      times.push(performance.now() - sent)
      next()
      return true
    }
  }

  /** How long the answer is whose head, and maybe more, has just been read. */
  function lengthOf(size: number): number {
    const head = READ.toString('latin1', 0, Math.min(size, 600))
    const body = head.indexOf('\r\n\r\n') + 4
    const length = /content-length: (\d+)/i.exec(head)?.[1]
    if (body < 4 || length === undefined) throw new Error('an answer begins as none should')
    if (!head.startsWith('HTTP/1.1 200')) failures++
    return body + Number(length)
  }

  await Promise.all(Array.from({ length: load.connections }, () => new Promise<void>(client)))
  const seconds = (performance.now() - began) / 1000
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? 0
  return { requests: times.length, seconds, failures, p50: at(0.5), p99: at(0.99) }
}

process.on('message', (load: Load) => {
  void send(load).then((loaded) => process.send?.(loaded))
})
process.send?.('ready')
