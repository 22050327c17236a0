/** What a vote costs where many people voted on the same: on one subject, by the writer itself, without HTTP. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SubjectId } from '#shared/subject'
import { type Value, voteIdOf } from '#shared/vote'
import { type Ledger, openLedger } from '../../../server/db/ledger.ts'
import { migrateDatabase } from '../../../server/db/migrate.ts'
import { nameRepository } from '../../../server/db/name-repository.ts'
import { openDatabase, openForWriting } from '../../../server/db/open.ts'
import { takeItems } from '../../../server/db/take-items.ts'
import { appendVotes, type PersonsVote } from '../../../server/db/vote-log.ts'
import { anItem } from '../../../server/testing.ts'
import { type BenchResult, figureOf } from '../result.ts'
import { ROUNDS } from './processes.ts'

const FEW = 100
const MANY = 100_000

/** Votes of a round, each in a transaction of its own. */
const VOTES = 200

const REPOSITORY = { host: 'github.com', owner: 'crowd', name: 'crowd' }

/** An issue: how many people voted on it, and the pull request that closes it, if one does. */
interface Place {
  people: number
  number: number
  pull?: number
}

function voteOf(personId: number, { number }: Place, value: Value): PersonsVote {
  const castAt = Date.now()
  const id = voteIdOf(crypto.randomUUID(), castAt)
  const subject = `github.com/crowd/crowd#${number}` as SubjectId
  return { id, personId, subject, value, castAt }
}

/** Makes pull requests that close the places that have one. */
async function close(ledger: Ledger, places: readonly Place[]) {
  const facts = { ...REPOSITORY, forgeId: 1, defaultBranch: 'main' }
  const { repositoryId } = await nameRepository(ledger, facts)
  for (const { number, pull } of places) {
    if (pull === undefined) continue
    const item = anItem({ kind: 'pull', number: pull, closes: [number] })
    await takeItems(ledger, repositoryId, [item])
  }
}

async function gather(ledger: Ledger, place: Place) {
  for (let from = 0; from < place.people; from += 500) {
    const persons = Array.from({ length: Math.min(500, place.people - from) }, (_, i) => from + i)
    await appendVotes(
      ledger,
      persons.map((person) => voteOf(person, place, 1)),
    )
  }
}

/** Microseconds a vote, of people who voted before. */
async function costOf(ledger: Ledger, place: Place): Promise<number> {
  const began = performance.now()
  for (let i = 0; i < VOTES; i++) {
    const person = Math.floor(Math.random() * place.people)
    await appendVotes(ledger, [voteOf(person, place, i % 2 ? 1 : -1)])
  }
  return ((performance.now() - began) * 1000) / VOTES
}

async function compare(ledger: Ledger, few: Place, many: Place) {
  const [limits, ours]: [number[], number[]] = [[], []]
  for (let round = 0; round <= ROUNDS; round++) {
    const costs = [await costOf(ledger, few), await costOf(ledger, many)] as const
    // The first round is for the compiler.
    if (round === 0) continue
    limits.push(costs[0])
    ours.push(costs[1])
  }
  return { limits, ours, unit: 'µs', better: 'lower' } as const
}

export async function benchCrowd(): Promise<BenchResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'forgemoot-bench-crowd-'))
  const address = { url: `file:${join(folder, 'votes.db')}` }
  const reader = await openDatabase(address)
  await migrateDatabase(reader)
  reader.close()
  const db = await openForWriting(address)
  try {
    const ledger = await openLedger(db, Date.now, { alone: true, localLogins: true })
    const few = { people: FEW, number: 1 }
    const many = { people: MANY, number: 2 }
    const fewClosed = { people: FEW, number: 3, pull: 5 }
    const manyClosed = { people: MANY, number: 4, pull: 6 }
    const places = [few, many, fewClosed, manyClosed]
    await close(ledger, places)
    for (const place of places) await gather(ledger, place)
    const crowd = `${MANY.toLocaleString('en')} people voted on (limit: ${FEW})`
    return [
      figureOf({
        name: `a vote on what ${crowd}`,
        aim: { of: 'ratio', is: 1.5 },
        ...(await compare(ledger, few, many)),
      }),
      figureOf({
        name: 'the same, where a pull request closes it',
        ...(await compare(ledger, fewClosed, manyClosed)),
      }),
    ]
  } finally {
    db.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
