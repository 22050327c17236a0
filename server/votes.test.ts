import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ScoresReply } from '#shared/api/scores'
import type { VoteResult } from '#shared/api/votes'
import { type Score, scoreAfter, unvoted } from '#shared/score'
import { temporaryFolder } from './testing-database.ts'
import { aVote, startTestServer, type TestServer } from './testing.ts'

const folder = temporaryFolder()
let server: TestServer
let ada: string
let bob: string

beforeAll(async () => {
  server = await startTestServer(`${folder.path}/votes.db`)
  ada = await server.signIn('ada')
  bob = await server.signIn('bob')
})

afterAll(async () => {
  await server.stop()
  folder.remove()
})

let last = 0
const freshSubject = () => `github.com/numpy/numpy#${++last}`

async function scoreOf(subject: string, token?: string) {
  const { body } = await server.ask('/v1/scores', { token, body: { subjects: [subject] } })
  const score = (body as ScoresReply).scores[subject]
  if (!score) throw new Error('no score')
  return score
}

test('the first vote has receipt 0', async () => {
  expect((await server.cast(ada, [aVote({ subject: freshSubject() })]))[0]?.receipt).toBe(0)
})

test('a vote sent again is told its first receipt and counted once', async () => {
  const vote = aVote({ subject: freshSubject() })
  const [first] = await server.cast(ada, [vote])
  const [again] = await server.cast(ada, [vote])
  expect(first).toMatchObject({ id: vote.id, status: 'accepted', error: null })
  expect(again).toMatchObject({ status: 'duplicate', receipt: first?.receipt, score: first?.score })
  expect((await scoreOf(vote.subject)).others).toEqual({ up: 1, down: 0 })
})

test('a vote sent again late is told the present score', async () => {
  const vote = aVote({ subject: freshSubject() })
  await server.cast(ada, [vote])
  await server.cast(bob, [aVote({ subject: vote.subject })])
  await server.cast(ada, [aVote({ subject: vote.subject, value: -1 })])
  const [again] = await server.cast(ada, [vote])
  expect(again?.status).toBe('duplicate')
  expect(again?.score).toMatchObject({ others: { up: 1, down: 1 }, mine: -1 })
})

test('an id is another person’s to use too', async () => {
  const vote = aVote({ subject: freshSubject() })
  await server.cast(ada, [vote])
  const [result] = await server.cast(bob, [{ ...vote, value: -1 }])
  expect(result).toMatchObject({ status: 'accepted', score: { others: { up: 1, down: 1 } } })
})

test('an id used for another vote is refused, the rest of the batch is not', async () => {
  const vote = aVote({ subject: freshSubject() })
  await server.cast(ada, [vote])
  const others = [{ value: -1 }, { castAt: vote.castAt - 1 }, { subject: freshSubject() }]
  for (const other of others) {
    const results = await server.cast(ada, [
      { ...vote, ...other },
      aVote({ subject: freshSubject() }),
    ])
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'accepted'])
    expect(results[0]).toMatchObject({
      receipt: null,
      score: null,
      error: { type: '/problems/vote-id-taken', errors: [{ pointer: '/votes/0/id' }] },
    })
  }
  expect((await scoreOf(vote.subject)).others).toEqual({ up: 1, down: 0 })
})

test('the same id twice in one request counts once', async () => {
  const vote = aVote({ subject: freshSubject() })
  const results = await server.cast(ada, [vote, vote, { ...vote, value: -1 }])
  expect(results.map(({ status }) => status)).toEqual(['accepted', 'duplicate', 'rejected'])
  expect(results[1]?.receipt).toBe(results[0]?.receipt)
})

test('an id is the same in upper case', async () => {
  const vote = aVote({ subject: freshSubject() })
  await server.cast(ada, [vote])
  const [again] = await server.cast(ada, [{ ...vote, id: vote.id.toUpperCase() }])
  expect(again).toMatchObject({ id: vote.id, status: 'duplicate' })
})

test('a vote from the future is refused, the rest of the batch is not', async () => {
  const results = await server.cast(ada, [
    aVote({ subject: freshSubject(), castAt: Date.now() + 4 * 60_000 }),
    aVote({ subject: freshSubject(), castAt: Date.now() + 6 * 60_000 }),
  ])
  expect(results.map(({ status }) => status)).toEqual(['accepted', 'rejected'])
  expect(results[1]?.error).toMatchObject({ errors: [{ pointer: '/votes/1/castAt' }] })
})

test('when every vote is refused the answer is a problem that has the results', async () => {
  const vote = aVote({ castAt: Date.now() + 1e9 })
  const answer = await server.ask('/v1/votes', { token: ada, body: { votes: [vote] } })
  expect(answer.status).toBe(422)
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  expect(answer.body).toMatchObject({
    type: '/problems/from-the-future',
    errors: [{ pointer: '/votes/0/castAt' }],
    results: [{ id: vote.id, status: 'rejected', receipt: null, score: null }],
  })
})

test('every vote moves the score as the page foretold', async () => {
  const subject = freshSubject()
  let foretold: Score = unvoted()
  for (let i = 0; i < 20; i++) {
    const value = ([1, -1, 0, 1] as const)[i % 4] ?? 0
    foretold = scoreAfter(foretold, value)
    const [result] = await server.cast(ada, [aVote({ subject, value })])
    expect(result?.score).toMatchObject(foretold)
  }
  const { hot: _, rising: __, ...score } = await scoreOf(subject, ada)
  expect(score).toEqual(foretold)
})

test('of several votes on one subject in a request the last stands', async () => {
  const subject = freshSubject()
  const results = await server.cast(
    ada,
    [1, -1, 0, -1].map((value) => aVote({ subject, value })),
  )
  expect(new Set(results.map(({ score }) => JSON.stringify(score))).size).toBe(1)
  expect(results[0]?.score).toMatchObject({ others: { up: 0, down: 1 }, mine: -1 })
  const receipts = results.map(({ receipt }) => Number(receipt))
  expect(receipts).toEqual(receipts.map((_, i) => Number(receipts[0]) + i))
})

test('which vote stands is decided by receipts and not by castAt', async () => {
  const subject = freshSubject()
  await server.cast(ada, [aVote({ subject, value: 1, castAt: 2000 })])
  await server.cast(ada, [aVote({ subject, value: -1, castAt: 1000 })])
  expect((await scoreOf(subject, ada)).mine).toBe(-1)
})

test('two people see one score and each their own vote', async () => {
  const subject = freshSubject()
  await server.cast(ada, [aVote({ subject })])
  await server.cast(bob, [aVote({ subject, value: -1 })])
  const [asAda, asBob, asNobody] = await Promise.all([
    scoreOf(subject, ada),
    scoreOf(subject, bob),
    scoreOf(subject),
  ])
  expect([asAda.mine, asBob.mine, asNobody.mine]).toEqual([1, -1, 0])
  expect({ ...asAda, mine: 0 }).toEqual(asNobody)
  expect({ ...asBob, mine: 0 }).toEqual(asNobody)
})

test('in every score that a voter reads while voting, the own vote is counted', async () => {
  const subject = freshSubject()
  await scoreOf(subject)
  const voted = new AbortController()
  const torn: unknown[] = []
  const readers = Array.from({ length: 6 }, async () => {
    while (!voted.signal.aborted) {
      const { others, mine } = await scoreOf(subject, ada)
      if (others.up !== mine) torn.push({ others, mine })
    }
  })
  for (let i = 0; i < 150; i++) await server.cast(ada, [aVote({ subject, value: (i + 1) % 2 })])
  voted.abort()
  await Promise.all(readers)
  expect(torn).toEqual([])
}, 30_000)

test('a login in another case is the same person', async () => {
  const subject = freshSubject()
  await server.cast(ada, [aVote({ subject })])
  expect((await scoreOf(subject, await server.signIn('ADA'))).mine).toBe(1)
})

test('a subject may be named by any of its addresses, and is answered once by its id', async () => {
  const names = [
    'github.com/NumPy/numpy#45',
    'https://github.com/numpy/numpy/issues/45?x=1#top',
    'https://github.com/numpy/numpy/pull/45/files',
    'github.com/numpy/numpy#45',
    'github.com/numpy/numpy#45',
  ]
  for (const subjects of [names, names.toReversed()]) {
    const { body } = await server.ask('/v1/scores', { body: { subjects } })
    expect(Object.keys((body as ScoresReply).scores)).toEqual(['github.com/numpy/numpy#45'])
  }
})

test('parts of a conversation are subjects of their own', async () => {
  const subject = freshSubject()
  const part = `${subject}/issuecomment-678`
  await server.cast(ada, [aVote({ subject: part })])
  expect((await scoreOf(part)).others.up).toBe(1)
  expect((await scoreOf(subject)).others.up).toBe(0)
})

test('a list from memory is the list from the disk, in any order and without twins', async () => {
  const subjects = Array.from({ length: 40 }, () => freshSubject())
  await server.cast(
    ada,
    subjects.slice(0, 20).map((subject) => aVote({ subject })),
  )
  await server.stop()
  server = await startTestServer(server.file)
  const read = async (list: string[]) =>
    (await server.ask('/v1/scores', { body: { subjects: list } })).body as ScoresReply
  const fromDisk = await read(subjects)
  expect(Object.keys(fromDisk.scores)).toEqual(subjects)
  expect(await read(subjects)).toEqual(fromDisk)
  expect(await read(subjects.toReversed())).toEqual(fromDisk)
  const twins = await server.ask('/v1/scores', { body: { subjects: [...subjects, ...subjects] } })
  expect(twins.body).toEqual(fromDisk)
})

test('no subjects have no scores', async () => {
  expect((await server.ask('/v1/scores', { body: { subjects: [] } })).body).toEqual({ scores: {} })
})

test('whoever has a receipt reads the vote', async () => {
  for (let i = 0; i < 20; i++) {
    const subject = freshSubject()
    await scoreOf(subject)
    await server.cast(ada, [aVote({ subject })])
    expect((await scoreOf(subject)).others.up).toBe(1)
  }
})

test('a rejected vote leaves no trace, whatever is cast beside it', async () => {
  const other = await startTestServer(`${folder.path}/mixed.db`)
  const token = await other.signIn('ada')
  const first = aVote({ subject: 'github.com/a/kept#1' })
  const [cast] = await other.cast(token, [first])
  const results = await other.cast(token, [
    { ...first, subject: 'github.com/a/never#1' },
    aVote({ subject: 'github.com/a/new#1' }),
    first,
    { ...first, subject: 'github.com/a/new#2' },
    { ...first, subject: 'github.com/a/kept#2' },
    aVote({ subject: 'github.com/a/kept#3' }),
  ])
  expect(results.map(({ status }) => status)).toEqual([
    'rejected',
    'accepted',
    'duplicate',
    'rejected',
    'rejected',
    'accepted',
  ])
  expect(results[2]).toMatchObject({ receipt: cast?.receipt, score: cast?.score })
  await other.cast(token, [aVote({ subject: 'github.com/a/never#1' })])
  const db = other.open()
  const { rows } = await db.execute(`SELECT r.name || '#' || s.number AS subject FROM repositories r
    LEFT JOIN subjects s ON s.repository_id = r.id ORDER BY s.id`)
  db.close()
  expect(rows.map(({ subject }) => subject)).toEqual(['kept#1', 'new#1', 'kept#3', 'never#1'])
  await other.stop()
})

test('200 votes at once get 200 receipts without a gap', async () => {
  const other = await startTestServer(`${folder.path}/crowd.db`)
  const people = await Promise.all(
    Array.from({ length: 20 }, (_, i) => other.signIn(`person-${i}`)),
  )
  const results = await Promise.all(
    Array.from({ length: 200 }, (_, i) =>
      other.cast(people[i % 20] ?? '', [aVote({ subject: `github.com/a/b#${(i % 7) + 1}` })]),
    ),
  )
  const receipts = results.flat().map((result: VoteResult) => Number(result.receipt))
  expect(receipts.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, i) => i))
  await other.stop()
})
