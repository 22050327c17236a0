/**
 * A server that is busy for long: scores, votes, pages of feeds, tallies and ballots, as people ask for them,
 * at four fifths of what it can answer. Requests are sent when they are due, whether or not the ones before
 * were answered, and are timed from then: a server that falls behind cannot hide it.
 */
import { readFileSync } from 'node:fs'
import { Agent } from 'node:http'
import { openDatabase } from '../../server/db/open.ts'
import { recount } from '../../server/services/recount.ts'
import { recountTallies } from '../../server/services/recount-tallies.ts'
import { temporaryFolder } from '../../server/testing-database.ts'
import { killed, spawnServer } from '../../server/testing-process.ts'
import { type Asked, askOnce, type Kind, KINDS } from './soak-requests.ts'
import { seedSoak } from './soak-seed.ts'

/** Milliseconds. */
export interface Times {
  p50: number
  p99: number
}

export interface Sample extends Times {
  /** Since the beginning. */
  seconds: number
  requests: number
  errors: number
  /** Bytes that are the process's own, and not the database's file shown in memory. */
  memory: number
  /**
   * Its processor time for one request, microseconds: where this and the waiting grow together the machine does
   * less for a while, and not the server more.
   */
  processor: number
}

export interface Soaked extends Times {
  /** Requests a second that it can answer, and that it was asked. */
  capacity: number
  rate: number
  samples: Sample[]
  requests: number
  errors: number
  /** How often what was not answered as it should. */
  faults: ReadonlyMap<string, number>
  kinds: (Times & { kind: Kind; requests: number })[]
  /** What memory grew by from the second quarter of the time to the last, as a part of the former. */
  growth: number
  /** Sums of votes, and decisions on merging, that a recount found wrong. */
  wrong: number
}

/**
 * How long it is used before it is measured, in seconds: until most people have voted on most of what they are
 * asked about. Before that every answer is shorter, and what it can do then says nothing of later.
 */
const WARM = 120

/**
 * How long it is found out what it can do, in seconds: a machine that others use does more or less from one ten
 * seconds to the next, and of what it does at its best four fifths may be more than it does on average.
 */
const FULL = 60

/** How long a sample is, in seconds. */
const SAMPLE = 10

/** Keeps a server busy for so many minutes, at a part of what it can answer or at a rate, requests a second. */
export async function soak(
  minutes: number,
  load: { part: number } | { rate: number },
  told: (sample: Sample) => void,
): Promise<Soaked> {
  const folder = temporaryFolder()
  const file = `${folder.path}/soaked.db`
  const seed = await seedSoak(file)
  const server = await spawnServer({
    FORGEMOOT_DATABASE_URL: `file:${file}`,
    ...seed.environment,
  })
  const agent = new Agent({ keepAlive: true, maxSockets: 256 })
  const ask = () => askOnce(agent, server.address, seed)
  try {
    await capacityOf(ask, Math.min(WARM, minutes * 60))
    const capacity = await capacityOf(ask, Math.min(FULL, minutes * 60))
    const rate = 'rate' in load ? load.rate : capacity * load.part
    const { samples, times, errors, faults } = await paced(
      ask,
      rate,
      minutes * 60,
      server.child.pid,
      (sample) => {
        // What the stand-in wrote down is nobody's, and would fill this process.
        seed.forge.requests.length = 0
        seed.forge.asked.length = 0
        told(sample)
      },
    )
    await killed(server.child, 'SIGTERM')
    const all = KINDS.flatMap((kind) => times[kind])
    return {
      capacity,
      rate,
      samples,
      errors,
      faults,
      requests: all.length,
      ...percentiles(all),
      kinds: KINDS.map((kind) => ({
        kind,
        requests: times[kind].length,
        ...percentiles(times[kind]),
      })),
      growth: growthOf(samples),
      wrong: await wrongSums(file),
    }
  } finally {
    agent.destroy()
    server.child.kill('SIGKILL')
    await seed.forge.close()
    folder.remove()
  }
}

/** Requests a second when 32 ask one after the other. */
async function capacityOf(ask: () => Promise<Asked>, seconds: number): Promise<number> {
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
  ask: () => Promise<Asked>,
  rate: number,
  seconds: number,
  pid: number | undefined,
  told: (sample: Sample) => void,
) {
  const samples: Sample[] = []
  const times: Record<Kind, number[]> = {
    scores: [],
    vote: [],
    feed: [],
    tally: [],
    ballot: [],
    voter: [],
  }
  let recent: number[] = []
  let errors = 0
  let errorsBefore = 0
  let processorBefore = processorOf(pid)
  const faults = new Map<string, number>()
  let sent = 0
  const open = new Set<Promise<void>>()
  const began = performance.now()
  const one = async (due: number) => {
    const { kind, status, why } = await ask()
    const took = performance.now() - due
    times[kind].push(took)
    recent.push(took)
    if (status === 200) return
    errors++
    faults.set(`${kind}: ${why ?? status}`, (faults.get(`${kind}: ${why ?? status}`) ?? 0) + 1)
  }
  for (;;) {
    const elapsed = (performance.now() - began) / 1000
    for (; sent < Math.min(elapsed, seconds) * rate; sent++) {
      const going = one(began + (sent / rate) * 1000)
      open.add(going)
      void going.then(() => open.delete(going))
    }
    if (elapsed >= (samples.length + 1) * SAMPLE || elapsed >= seconds) {
      const processor = processorOf(pid)
      const sample = {
        seconds: Math.round(elapsed),
        requests: recent.length,
        errors: errors - errorsBefore,
        ...percentiles(recent),
        memory: memoryOf(pid),
        processor: (processor - processorBefore) / Math.max(1, recent.length),
      }
      recent = []
      processorBefore = processor
      errorsBefore = errors
      samples.push(sample)
      told(sample)
    }
    if (elapsed >= seconds) break
    await new Promise((done) => setTimeout(done, 2))
  }
  await Promise.all(open)
  return { samples, times, errors, faults }
}

function percentiles(times: readonly number[]): Times {
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

/** What a process has worked so far, microseconds; the system counts it in hundredths of a second (proc(5)). */
function processorOf(pid: number | undefined): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // Behind the name, which may hold anything, the 12th and 13th are the time in user and in kernel mode.
    const [user = '', kernel = ''] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11)
    return (Number(user) + Number(kernel)) * 10_000
  } catch {
    return Number.NaN
  }
}

async function wrongSums(file: string): Promise<number> {
  const db = await openDatabase({ url: `file:${file}` })
  const writer = { run: () => Promise.reject(new Error('not asked')) }
  const { gaps, subjects, votes } = await recount({ db, writer, auth: 'local' })
  const tallies = await recountTallies(db)
  db.close()
  return [gaps, subjects, votes, tallies.gaps, tallies.wrong].flat().length
}
