import type { InStatement } from '@libsql/client'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import type { SubjectId } from '#shared/subject'
import { DECAY_WINDOW } from '../scores/order-keys.ts'
import { databaseAt, temporaryFolder } from '../testing-database.ts'
import { recount } from '../services/recount.ts'
import { anItem, aVote } from '../testing.ts'
import { startWriter } from '../writer/writer.ts'
import { type Connection, type Ledger, openLedger } from './ledger.ts'
import { readLinkedPulls, summed } from './linked-pulls.ts'
import { migrateDatabase } from './migrate.ts'
import { nameRepository } from './name-repository.ts'
import { openDatabase, openForWriting } from './open.ts'
import { STANDING } from './subject-states.ts'
import { takeItems } from './take-items.ts'
import { appendVotes, type PersonsVote } from './vote-log.ts'

const folder = temporaryFolder()
afterAll(() => folder.remove())

let databases = 0

async function emptyDatabase() {
  const url = await databaseAt(`${folder.path}/${databases++}.db`)
  const db = await openDatabase({ url })
  await migrateDatabase(db)
  db.close()
  return url
}

/**
 * A ledger whose reads are listed, and of those of single votes how many they ask for, and whose next transaction
 * can be made to fail.
 */
async function openBook(now: () => number) {
  const url = await emptyDatabase()
  const db = await openForWriting({ url })
  const reads: string[] = []
  const places: number[] = []
  let isFailing = false
  const watched: Connection = {
    ...db,
    execute: (statement: InStatement) => {
      const { sql, args } = typeof statement === 'string' ? { sql: statement, args: [] } : statement
      reads.push(sql)
      if (sql === STANDING)
        places.push((JSON.parse(String((args as unknown[])[0])) as unknown[]).length)
      return db.execute(statement)
    },
    batch: (statements, mode) => {
      if (!isFailing) return db.batch(statements, mode)
      isFailing = false
      return Promise.reject(new Error('the disk is full'))
    },
    transaction: db.transaction.bind(db),
    close: db.close.bind(db),
  }
  const ledger = await openLedger(watched, now, { alone: true, localLogins: true })
  reads.length = 0
  return { ledger, reads, places, db, failNext: () => (isFailing = true) }
}

const vote = (personId: number, value: number, number = 1) =>
  ({
    ...aVote({ value, subject: `github.com/a/b#${number}`, castAt: 1 }),
    personId,
  }) as PersonsVote

async function expectRight(db: Connection) {
  const writer = { run: () => Promise.reject(new Error('there is nothing to mend')) }
  const { gaps, subjects, votes } = await recount({ db, writer, auth: 'local' })
  expect({ gaps, subjects, votes }).toEqual({ gaps: [], subjects: [], votes: [] })
}

const crowd = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i)

/** Lets so many people vote for an issue, some in each transaction. */
async function gather(ledger: Ledger, people: number, atOnce: number) {
  for (let from = 0; from < people; from += atOnce)
    await appendVotes(
      ledger,
      crowd(from, from + atOnce).map((one) => vote(one, 1)),
    )
}

test('of a subject that is voted on again nothing is read', async () => {
  const { ledger, reads, db } = await openBook(Date.now)
  await appendVotes(ledger, [vote(1, 1)])
  await appendVotes(ledger, [vote(1, 0)]) // for now the repository has a name
  expect(reads.length).toBeGreaterThan(0)
  reads.length = 0
  await appendVotes(ledger, [vote(1, -1)])
  expect(reads).toEqual([])
  db.close()
})

test('of a crowd nothing is read but what a voter whose last vote is old said then', async () => {
  let at = 1e12
  const { ledger, reads, db } = await openBook(() => (at += 1000))
  await gather(ledger, 8 * DECAY_WINDOW, 64)
  reads.length = 0
  const { outcomes, scores } = await appendVotes(ledger, [vote(3, -1)])
  expect(outcomes).toMatchObject([{ status: 'accepted', mine: -1 }])
  expect([...scores.values()].join('')).toContain(`${8 * DECAY_WINDOW - 1}`)
  expect(reads.length).toBe(1)
  expect(reads[0]).not.toContain('rank()')
  db.close()
})

const REPOSITORY = {
  host: 'github.com',
  owner: 'a',
  name: 'b',
  forgeId: 1,
  defaultBranch: 'main',
}

/** Pull requests that close these issues. */
async function closing(ledger: Ledger, pulls: Record<number, number[]>) {
  const { repositoryId } = await nameRepository(ledger, REPOSITORY)
  const items = Object.entries(pulls).map(([number, closes]) =>
    anItem({ number: Number(number), kind: 'pull', closes }),
  )
  await takeItems(ledger, repositoryId, items)
  ledger.states.forget()
}

test('with a crowd on what a pull request closes, only what a voter said of both is read', async () => {
  let at = 1e12
  const { ledger, reads, db } = await openBook(() => (at += 1000))
  await closing(ledger, { 2: [1] })
  await gather(ledger, 8 * DECAY_WINDOW, 64)
  const readFor = async (...votes: PersonsVote[]) => {
    reads.length = 0
    const { scores } = await appendVotes(ledger, votes)
    return [Object.fromEntries(scores), [...reads]] as const
  }
  const up = (count: number) => expect.stringContaining(`"others":{"up":${count},`) as string
  const all = 8 * DECAY_WINDOW
  await readFor(vote(7, 1, 2))
  ledger.states.forget()
  for (const number of [1, 2]) await readFor(vote(8, 1, number))
  for (const [given, issue, pull] of [
    [vote(3, -1), all - 1, all - 1],
    [vote(3, 1, 2), undefined, all],
    [vote(9999, 1, 2), undefined, all + 1],
    [vote(3, 0, 2), undefined, all],
    [vote(3, 1), all, all + 1],
  ] as const) {
    const [scores, read] = await readFor(given)
    expect(scores['github.com/a/b#2']).toEqual(up(pull))
    if (issue) expect(scores['github.com/a/b#1']).toEqual(up(issue))
    expect(read.filter((sql) => sql.includes('rank()') || sql.includes('FROM closes'))).toEqual([])
  }
  await expectRight(db)
  db.close()
})

type Step =
  | { kind: 'votes'; of: [person: number, value: number, number: number][] }
  | { kind: 'withdrawals'; from: number; number: number }
  | { kind: 'again' }
  | { kind: 'failure' }
  | { kind: 'forgotten' }
  | { kind: 'time'; by: number }

/** More than are kept. */
const PERSONS = 1500
const person = fc.nat(PERSONS - 1)
const value = fc.constantFrom(1, 1, 1, -1, 0)
const steps = fc.array(
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        kind: fc.constant('votes' as const),
        of: fc.array(fc.tuple(person, value, fc.integer({ min: 1, max: 5 })), {
          minLength: 1,
          maxLength: 12,
        }),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('withdrawals' as const),
        // Mostly of the latest: what is known of them decides the orders.
        from: fc.oneof(person, fc.integer({ min: PERSONS - 600, max: PERSONS - 150 })),
        number: fc.constantFrom(1, 1, 4),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constantFrom('again' as const, 'failure' as const, 'forgotten' as const),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('time' as const),
        by: fc.integer({ min: -10 * 86_400_000, max: 86_400_000 }),
      }),
    },
  ),
  { minLength: 5, maxLength: 25 },
)

test('what is kept comes to the same as what is read, whatever happens', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 40, max: PERSONS }), steps, async (atOnce, steps) => {
      let at = 1.7e12
      const [kept, read] = [await openBook(() => at), await openBook(() => at)]
      for (const { ledger } of [kept, read]) await closing(ledger, { 4: [1, 2], 5: [2, 3] })
      let last: PersonsVote[] = []

      async function both(votes: PersonsVote[]) {
        read.ledger.states.forget()
        const ways = [kept, read].map(({ ledger }) =>
          appendVotes(ledger, votes).catch((error: unknown) => String(error)),
        )
        const [one, other] = await Promise.all(ways)
        expect(one).toEqual(other)
        last = votes
      }

      for (let from = 0; from < PERSONS; from += atOnce) {
        at += 60_000
        await both(crowd(from, Math.min(from + atOnce, PERSONS)).map((one) => vote(one, 1)))
      }
      for (const step of steps as Step[]) {
        if (step.kind === 'time') at += step.by
        else if (step.kind === 'again') await both(last)
        else if (step.kind === 'forgotten') kept.ledger.states.forget()
        else if (step.kind === 'failure') {
          for (const { failNext } of [kept, read]) failNext()
          await both([vote(1, -1), vote(2, 1)])
        } else if (step.kind === 'withdrawals')
          await both(crowd(step.from, step.from + 150).map((one) => vote(one, 0, step.number)))
        else await both(step.of.map(([one, value, number]) => vote(one, value, number)))
      }
      const [one, other] = await Promise.all([kept, read].map(({ db }) => contentsOf(db)))
      expect(one).toEqual(other)
      await expectRight(kept.db)
      for (const { db } of [kept, read]) db.close()
    }),
    { numRuns: 12 },
  )
}, 120_000)

async function contentsOf(db: Connection) {
  const tables = ['subjects ORDER BY id', 'votes ORDER BY subject_id, person_id']
  const contents = await Promise.all(tables.map((table) => db.execute(`SELECT * FROM ${table}`)))
  return contents.map(({ rows }) => rows.map((row) => Object.values(row)))
}

test('what else changes a subject is believed, and not what was kept', async () => {
  const url = await emptyDatabase()
  const writer = await startWriter({ database: { url }, localLogins: true }, () => {})
  const sums = async (of: PersonsVote) => [...(await writer.castVotes([of])).scores.values()].join()
  await writer.castVotes([vote(1, 1)])
  await writer.run([{ sql: 'UPDATE subjects SET others_up = 40', args: [] }])
  expect(await sums(vote(2, 1))).toContain('"others":{"up":41')
  await writer.run([{ sql: 'DELETE FROM votes WHERE person_id = 2', args: [] }])
  expect(await sums(vote(2, 1))).toContain('"others":{"up":42')
  const repositoryId = await writer.nameRepository(REPOSITORY)
  await writer.takeItems(repositoryId, [anItem({ number: 1, reactions: { '+1': 7 } })])
  expect(await sums(vote(3, 1))).toContain('"+1":7')
  await writer.close()
})

test('two names that turn out to be one repository are one, and not what was kept of each', async () => {
  const url = await emptyDatabase()
  const writer = await startWriter({ database: { url }, localLogins: true }, () => {})
  await writer.nameRepository(REPOSITORY)
  const elsewhere = { ...vote(2, 1), subject: 'github.com/a/c#1' as SubjectId }
  for (const one of [vote(1, 1), elsewhere, vote(1, 1)]) await writer.castVotes([one])
  await writer.nameRepository({ ...REPOSITORY, name: 'c' })
  const { scores } = await writer.castVotes([vote(3, 1)])
  expect([...scores]).toEqual([['github.com/a/c#1', expect.stringContaining('"others":{"up":3')]])
  await writer.close()
})

test('a crowd that votes in few large commits is read once, and so is one that comes anew', async () => {
  let at = 1e12
  const { ledger, reads, db } = await openBook(() => (at += 1000))
  const many = async (from: number) => {
    await appendVotes(
      ledger,
      crowd(from, from + 800).map((one) => vote(one, 1)),
    )
  }
  for (let from = 0; from < 4000; from += 800) await many(from)
  ledger.states.forget()
  reads.length = 0
  for (const one of [3990, 3991]) await appendVotes(ledger, [vote(one, -1)])
  for (let from = 4000; from < 8000; from += 800) await many(from)
  expect(reads.filter((sql) => sql.includes('rank()')).length).toBe(1)
  db.close()
})

test('when those who voted last withdraw, the orders are those of a recount', async () => {
  let at = 1e12
  const { ledger, db } = await openBook(() => (at += 3_600_000))
  await closing(ledger, { 2: [1, 3] })
  // By turns here and there: of both together, which is the pull request, first too little is known.
  const many = (from: number, value: number) =>
    appendVotes(
      ledger,
      crowd(from, from + 40).map((one) => vote(one, value, from % 80 ? 1 : 3)),
    )
  for (let from = 0; from < 2000; from += 40) await many(from, 1)
  for (let from = 1960; from > 1000; from -= 40) {
    await many(from, 0)
    await expectRight(db)
  }
  db.close()
})

test('of a transaction that failed nothing counts for a pull request', async () => {
  const { ledger, db, failNext } = await openBook(Date.now)
  await closing(ledger, { 2: [1, 3] })
  for (const number of [1, 3]) await appendVotes(ledger, [vote(1, 1, number)])
  failNext()
  await expect(appendVotes(ledger, [vote(2, 1, 1)])).rejects.toThrow('full')
  await appendVotes(ledger, [vote(3, 1, 3)])
  await expectRight(db)
  db.close()
})

test('what many pull requests close costs no reading twice', async () => {
  const { ledger, places, db } = await openBook(Date.now)
  const many = Object.fromEntries(crowd(10, 60).map((number) => [number, [1]]))
  await closing(ledger, many)
  const votes = (value: number) =>
    appendVotes(
      ledger,
      crowd(0, 10).map((one) => vote(one, value)),
    )
  await votes(1)
  places.length = 0
  await votes(-1)
  // Of ten people, what they said of fifty pull requests and of the issue.
  expect(places).toEqual([10 * 51])
  await expectRight(db)
  db.close()
})

test('of a crowd that supports a pull request only the latest votes are kept', async () => {
  let at = 1e12
  const { ledger, db } = await openBook(() => (at += 1000))
  await closing(ledger, { 2: [1] })
  await gather(ledger, 1000, 10)
  const [read] = await readLinkedPulls(db, [1, 2])
  if (!read) throw new Error('it is not linked')
  const pull = { state: summed(read.state, read.votes), group: read.group }
  expect(pull.state.standing.size).toBe(1000)
  ledger.states.pulls.keep(pull)
  expect(pull.state.standing.size).toBeLessThan(2 * DECAY_WINDOW)
  expect(pull.state.standing.size).toBeGreaterThan(DECAY_WINDOW)
  db.close()
})

test('a vote that comes twice leaves what is kept', async () => {
  const { ledger, reads, db } = await openBook(Date.now)
  const once = vote(1, 1)
  for (let i = 0; i < 2; i++) await appendVotes(ledger, [once])
  reads.length = 0
  await appendVotes(ledger, [vote(2, 1)])
  expect(reads.filter((sql) => sql.includes('FROM found'))).toEqual([])
  db.close()
})
