/** What a vote costs where many people voted on the same: on one subject, by the writer itself, without HTTP. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SubjectId } from '#shared/subject'
import { type Value, voteIdOf } from '#shared/vote'
import { type Ledger, openLedger } from '../../../server/db/ledger.ts'
import { migrateDatabase } from '../../../server/db/migrate.ts'
import { openDatabase, openForWriting } from '../../../server/db/open.ts'
import { appendVotes, type PersonsVote } from '../../../server/db/vote-log.ts'
import { type BenchResult, figureOf } from '../result.ts'
import { ROUNDS } from './processes.ts'

const FEW = 100
const MANY = 100_000

/** Votes of a round, each in a transaction of its own. */
const VOTES = 200

const subjectOf = (people: number) => `github.com/crowd/crowd#${people}` as SubjectId

function voteOf(personId: number, people: number, value: Value): PersonsVote {
  const castAt = Date.now()
  const id = voteIdOf(crypto.randomUUID(), castAt)
  return { id, personId, subject: subjectOf(people), value, castAt }
}

async function gather(ledger: Ledger, people: number) {
  for (let from = 0; from < people; from += 500) {
    const persons = Array.from({ length: Math.min(500, people - from) }, (_, i) => from + i)
    await appendVotes(
      ledger,
      persons.map((person) => voteOf(person, people, 1)),
    )
  }
}

/** Microseconds a vote, of people who voted before. */
async function costOf(ledger: Ledger, people: number): Promise<number> {
  const began = performance.now()
  for (let i = 0; i < VOTES; i++) {
    const person = Math.floor(Math.random() * people)
    await appendVotes(ledger, [voteOf(person, people, i % 2 ? 1 : -1)])
  }
  return ((performance.now() - began) * 1000) / VOTES
}

export async function benchCrowd(): Promise<BenchResult> {
  const folder = mkdtempSync(join(tmpdir(), 'forgemoot-bench-crowd-'))
  const address = { url: `file:${join(folder, 'votes.db')}` }
  const reader = await openDatabase(address)
  await migrateDatabase(reader)
  reader.close()
  const db = await openForWriting(address)
  try {
    const ledger = await openLedger(db, Date.now, { alone: true, localLogins: true })
    for (const people of [FEW, MANY]) await gather(ledger, people)
    const [few, many]: [number[], number[]] = [[], []]
    for (let round = 0; round <= ROUNDS; round++) {
      const costs = [await costOf(ledger, FEW), await costOf(ledger, MANY)] as const
      // The first round is for the compiler.
      if (round === 0) continue
      few.push(costs[0])
      many.push(costs[1])
    }
    return figureOf({
      name: `a vote on what ${MANY.toLocaleString('en')} people voted on (limit: ${FEW})`,
      unit: 'µs',
      ours: many,
      limits: few,
      better: 'lower',
      aim: { of: 'ratio', is: 1.5 },
    })
  } finally {
    db.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
