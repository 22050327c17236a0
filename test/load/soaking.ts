/**
 * A server that is busy for long: scores, votes, pages of feeds, tallies and readiness, as people ask for
 * them, at four fifths of what it can answer. Requests are sent when they are due, whether or not the ones
 * before were answered, and are timed from then: a server that falls behind cannot hide it.
 */
import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import type { ItemFacts } from '../../server/forge-facts.ts'
import { openDatabase } from '../../server/db/open.ts'
import { recount } from '../../server/services/recount.ts'
import { aVote, startTestServer, temporaryFolder } from '../../server/testing.ts'
import { killed, spawnServer } from '../../server/testing-process.ts'

export interface Sample {
  /** Since the beginning. */
  seconds: number
  requests: number
  errors: number
  /** Milliseconds. */
  p50: number
  p99: number
  /** Bytes that are the process's own, and not the database's file shown in memory. */
  memory: number
}

export interface Soaked {
  /** Requests a second that it can answer, and that it was asked. */
  capacity: number
  rate: number
  samples: Sample[]
  requests: number
  errors: number
  p50: number
  p99: number
  /** What memory grew by from the second quarter of the time to the last, as a part of the former. */
  growth: number
  wrong: number
}

const SUBJECTS = 5000
const PEOPLE = 200

/** How long a sample is, in seconds. */
const SAMPLE = 10

/** What is asked how often, in hundredths. */
const MIX: readonly (readonly [
  share: number,
  kind: 'scores' | 'vote' | 'feed' | 'tally' | 'voter',
])[] = [
  [60, 'scores'],
  [20, 'vote'],
  [15, 'feed'],
  [3, 'tally'],
  [2, 'voter'],
]

const below = (end: number) => Math.floor(Math.random() * end)
const subject = () => `github.com/moot/plot#${1 + below(SUBJECTS)}`

/** Keeps a server busy for so many minutes. */
export async function soak(
  minutes: number,
  part: number,
  told: (sample: Sample) => void,
): Promise<Soaked> {
  const folder = temporaryFolder()
  const file = `${folder.path}/soaked.db`
  const tokens = await seeded(file)
  const server = await spawnServer({ FORGEMOOT_DATABASE_URL: `file:${file}` })
  const agent = new Agent({ keepAlive: true, maxSockets: 256 })
  const ask = () => asked(agent, server.address, tokens)
  try {
    await capacityOf(ask, 5) // warm
    const capacity = await capacityOf(ask, 10)
    const rate = capacity * part
    const memory = () => memoryOf(server.child.pid)
    const { samples, times, errors } = await paced(ask, rate, minutes * 60, memory, told)
    await killed(server.child, 'SIGTERM')
    return {
      capacity,
      rate,
      samples,
      errors,
      requests: times.length,
      ...percentiles(times),
      growth: growthOf(samples),
      wrong: await wrongSums(file),
    }
  } finally {
    agent.destroy()
    server.child.kill('SIGKILL')
    folder.remove()
  }
}

/** A repository of items, and people with sessions. */
async function seeded(file: string): Promise<string[]> {
  const server = await startTestServer(file)
  const facts = {
    host: 'github.com',
    forgeId: 7,
    owner: 'moot',
    name: 'plot',
    defaultBranch: 'main',
  }
  const id = await server.writer.nameRepository(facts)
  const author = { forgeId: 1, login: 'gardener', isBot: false }
  for (let from = 1; from <= SUBJECTS; from += 500) {
    const items = Array.from({ length: 500 }, (_, i): ItemFacts => ({
      number: from + i,
      kind: i % 3 ? 'issue' : 'pull',
      state: i % 4 ? 'open' : 'closed',
      title: `Plant tree ${from + i}`,
      author,
      labels: i % 5 ? [] : [{ name: 'bug', color: 'ff0000' }],
      comments: i % 7,
      openedAt: 1.7e12 + i,
      updatedAt: 1.7e12 + i,
      closedAt: null,
      mergedAt: null,
      isDraft: false,
      isHome: null,
      reactions: {},
      closes: [],
    }))
    await server.writer.takeItems(id, items)
  }
  await server.writer.run([{ sql: 'UPDATE repositories SET imported_at = ?', args: [Date.now()] }])
  const tokens: string[] = []
  for (let i = 0; i < PEOPLE; i++) tokens.push(await server.signIn(`person-${i}`))
  await server.stop()
  return tokens
}

/** One request as people make them; resolves to its status. */
function asked(agent: Agent, address: string, tokens: readonly string[]): Promise<number> {
  const { method, path, body, token } = picked(tokens[below(tokens.length)] ?? '')
  return new Promise((resolve) => {
    const sent = request(`${address}${path}`, {
      agent,
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
        }),
      },
    })
    sent.on('error', () => resolve(0))
    sent.on('response', (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
      response.on('error', () => resolve(0))
    })
    sent.end(body)
  })
}

function picked(token: string) {
  let dice = below(100)
  const [, kind] = MIX.find(([share]) => (dice -= share) < 0) ?? [0, 'scores']
  const reader = below(2) ? token : undefined
  if (kind === 'scores') {
    const subjects = [...new Set(Array.from({ length: 25 }, subject))]
    return { method: 'POST', path: '/v1/scores', body: JSON.stringify({ subjects }), token: reader }
  }
  if (kind === 'vote') {
    const votes = [aVote({ subject: subject(), value: below(3) - 1 })]
    return { method: 'POST', path: '/v1/votes', body: JSON.stringify({ votes }), token }
  }
  const get = (path: string, token?: string) => ({ method: 'GET', path, body: undefined, token })
  if (kind === 'feed') {
    const sort = ['value', 'top', 'hot', 'rising', 'new'][below(5)]
    return get(`/v1/feed?repo=github.com/moot/plot&sort=${sort}`, reader)
  }
  if (kind === 'tally') return get(`/v1/tallies?subject=${encodeURIComponent(subject())}`, reader)
  return get('/v1/voter?repo=github.com/moot/plot', token)
}

/** Requests a second when 32 ask one after the other. */
async function capacityOf(ask: () => Promise<number>, seconds: number): Promise<number> {
  const ends = performance.now() + seconds * 1000
  let count = 0
  const client = async () => {
    while (performance.now() < ends) {
      await ask()
      count++
    }
  }
  await Promise.all(Array.from({ length: 32 }, client))
  return count / seconds
}

async function paced(
  ask: () => Promise<number>,
  rate: number,
  seconds: number,
  memory: () => number,
  told: (sample: Sample) => void,
) {
  const samples: Sample[] = []
  const times: number[] = []
  let errors = 0
  let sent = 0
  const open = new Set<Promise<void>>()
  let from = { at: 0, errors: 0 }
  const began = performance.now()
  const one = async (due: number) => {
    const status = await ask()
    times.push(performance.now() - due)
    if (status !== 200 && status !== 404) errors++
  }
  for (;;) {
    const elapsed = (performance.now() - began) / 1000
    for (; sent < Math.min(elapsed, seconds) * rate; sent++) {
      const going = one(began + (sent / rate) * 1000)
      open.add(going)
      void going.then(() => open.delete(going))
    }
    if (elapsed >= (samples.length + 1) * SAMPLE || elapsed >= seconds) {
      const some = times.slice(from.at)
      const sample = {
        seconds: Math.round(elapsed),
        requests: some.length,
        errors: errors - from.errors,
        ...percentiles(some),
        memory: memory(),
      }
      from = { at: times.length, errors }
      samples.push(sample)
      told(sample)
    }
    if (elapsed >= seconds) break
    await new Promise((done) => setTimeout(done, 2))
  }
  await Promise.all(open)
  return { samples, times, errors }
}

function percentiles(times: readonly number[]) {
  const sorted = Float64Array.from(times).toSorted()
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? 0
  return { p50: at(0.5), p99: at(0.99) }
}

function growthOf(samples: readonly Sample[]): number {
  const mean = (from: number, to: number) => {
    const some = samples.slice(Math.floor(samples.length * from), Math.ceil(samples.length * to))
    return some.reduce((sum, { memory }) => sum + memory, 0) / Math.max(1, some.length)
  }
  return mean(0.75, 1) / mean(0.25, 0.5) - 1
}

/** Where the system says which memory is a file’s, without that. */
function memoryOf(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return Number(/^RssAnon:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024
  } catch {
    return Number.NaN
  }
}

async function wrongSums(file: string): Promise<number> {
  const db = await openDatabase({ url: `file:${file}` })
  const writer = { run: () => Promise.reject(new Error('not asked')) }
  const { gaps, subjects, votes } = await recount({ db, writer, auth: 'local' })
  db.close()
  return gaps.length + subjects.length + votes.length
}
