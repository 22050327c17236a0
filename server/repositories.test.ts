/** Repositories by the forge's id: what a rename, a transfer or a squatter does to votes. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ScoresReply } from '#shared/api/scores'
import { openDatabase } from './db/open.ts'
import { recount } from './services/recount.ts'
import { temporaryFolder } from './testing-database.ts'
import { aVote, startTestServer, type TestServer } from './testing.ts'
import { startWriter } from './writer/writer.ts'

const FACTS = {
  host: 'github.com',
  forgeId: 7,
  owner: 'moot',
  name: 'garden',
  defaultBranch: 'main',
}

let folder: ReturnType<typeof temporaryFolder>
let server: TestServer

beforeEach(async () => {
  folder = temporaryFolder()
  server = await startTestServer(`${folder.path}/votes.db`)
})

afterEach(async () => {
  await server.stop()
  folder.remove()
})

/** How many voted for a subject, as the server tells somebody who asks twice: what is remembered, too. */
async function ups(subject: string): Promise<number> {
  const ask = async () => {
    const { body } = await server.ask('/v1/scores', { body: { subjects: [subject] } })
    const { scores } = body as ScoresReply
    return Object.values(scores)[0]?.others.up
  }
  const first = await ask()
  expect(await ask()).toBe(first)
  return first ?? NaN
}

async function vote(login: string, subject: string, value = 1) {
  const [result] = await server.cast(await server.signIn(login), [aVote({ subject, value })])
  expect(result?.status).toBe('accepted')
  return result
}

interface Step {
  /** A name that the forge says a repository has now, as `owner/name=id`. */
  learn?: string
  /** A vote in favour, as `login name#number`. */
  vote?: string
}

/** Runs steps; afterwards a recount must agree. */
async function run(steps: Step[]) {
  for (const { learn, vote: cast } of steps) {
    if (learn !== undefined) {
      const [, owner = '', name = '', id] = /^(.+)\/(.+)=(\d+)$/.exec(learn) ?? []
      await server.writer.nameRepository({ ...FACTS, owner, name, forgeId: Number(id) })
    }
    if (cast !== undefined) {
      const [login = '', subject = ''] = cast.split(' ')
      await vote(login, `github.com/${subject}`)
    }
  }
}

test.for<[name: string, steps: Step[], counts: Record<string, number>]>([
  [
    'a renamed repository keeps its votes, and its old name leads to them',
    [{ learn: 'a/old=1' }, { vote: 'ada a/old#1' }, { learn: 'a/new=1' }],
    { 'a/old#1': 1, 'a/new#1': 1 },
  ],
  [
    'votes cast by the old and by the new name are counted together, one a person',
    [
      { learn: 'a/old=1' },
      { vote: 'ada a/old#1' },
      { learn: 'a/new=1' },
      { vote: 'ada a/new#1' },
      { vote: 'bob a/old#1' },
      { vote: 'eve a/new#1' },
    ],
    { 'a/old#1': 3, 'a/new#1': 3 },
  ],
  [
    'a transferred repository keeps its votes',
    [{ learn: 'a/x=1' }, { vote: 'ada a/x#1' }, { learn: 'b/x=1' }],
    { 'a/x#1': 1, 'b/x#1': 1 },
  ],
  [
    'renamed twice, all its names lead to it',
    [{ learn: 'a/x=1' }, { vote: 'ada a/x#1' }, { learn: 'a/y=1' }, { learn: 'a/z=1' }],
    { 'a/x#1': 1, 'a/y#1': 1, 'a/z#1': 1 },
  ],
  [
    'renamed and named back, nothing is lost',
    [{ learn: 'a/x=1' }, { vote: 'ada a/x#1' }, { learn: 'a/y=1' }, { learn: 'a/x=1' }],
    { 'a/x#1': 1, 'a/y#1': 1 },
  ],
  [
    'a new repository on an old name inherits nothing',
    [{ learn: 'a/x=1' }, { vote: 'ada a/x#1' }, { learn: 'a/y=1' }, { learn: 'a/x=2' }],
    { 'a/x#1': 0, 'a/y#1': 1 },
  ],
  [
    'a new repository on the name of one whose new name was not heard yet inherits nothing',
    [
      { learn: 'a/x=1' },
      { vote: 'ada a/x#1' },
      { learn: 'a/x=2' },
      { vote: 'bob a/x#1' },
      { vote: 'eve a/x#1' },
      { learn: 'a/y=1' },
    ],
    { 'a/x#1': 2, 'a/y#1': 1 },
  ],
  [
    'a repository that was deleted and made again under its name starts anew',
    [{ learn: 'a/x=1' }, { vote: 'ada a/x#1' }, { learn: 'a/x=9' }, { vote: 'bob a/x#1' }],
    { 'a/x#1': 1 },
  ],
  [
    'two that swap names keep their own votes',
    [
      { learn: 'a/x=1' },
      { learn: 'a/y=2' },
      { vote: 'ada a/x#1' },
      { vote: 'bob a/y#2' },
      { learn: 'a/y=1' },
      { learn: 'a/x=2' },
    ],
    { 'a/y#1': 1, 'a/x#2': 1, 'a/x#1': 0, 'a/y#2': 0 },
  ],
  [
    'letters’ case in a name makes no other repository',
    [{ learn: 'A/X=1' }, { vote: 'ada a/x#1' }, { learn: 'a/X=1' }],
    { 'a/x#1': 1, 'A/X#1': 1 },
  ],
  [
    'votes from before anybody imported it stay with the one that has the name',
    [{ vote: 'ada a/x#1' }, { learn: 'a/x=1' }, { learn: 'a/y=1' }],
    { 'a/x#1': 1, 'a/y#1': 1 },
  ],
  [
    'votes cast under a new name that was not heard of yet are its own: a later one stands',
    [
      { learn: 'a/x=1' },
      { vote: 'ada a/x#1' },
      { vote: 'bob a/x#2' },
      { vote: 'ada a/y#1' },
      { vote: 'eve a/y#1' },
      { vote: 'eve a/y#3' },
      { learn: 'a/y=1' },
    ],
    { 'a/x#1': 2, 'a/y#1': 2, 'a/y#2': 1, 'a/y#3': 1, 'a/x#3': 1 },
  ],
])('%s', async ([, steps, counts]) => {
  // Everything is asked for beforehand too, so that what is remembered has to be forgotten.
  for (const step of steps) {
    for (const subject of Object.keys(counts)) await ups(`github.com/${subject}`)
    await run([step])
  }
  const found: Record<string, number> = {}
  for (const subject of Object.keys(counts)) found[subject] = await ups(`github.com/${subject}`)
  expect(found).toEqual(counts)
  await expectTrueSums()
})

/** Stops the server, and counts again. */
async function expectTrueSums() {
  await server.stop()
  const database = { url: server.url }
  const db = await openDatabase(database)
  const writer = await startWriter({ database, localLogins: true }, () => {})
  expect(await recount({ db, writer, auth: 'local' })).toMatchObject({
    gaps: [],
    subjects: [],
    votes: [],
  })
  await writer.close()
  db.close()
}

test('one that lost its name is voted on by two older names at once, and counts each vote', async () => {
  await run([
    { learn: 'moot/first=7' },
    { learn: 'moot/second=7' },
    { learn: 'moot/third=7' },
    { learn: 'moot/third=8' },
  ])
  const [one, two] = [await server.signIn('ada'), await server.signIn('ben')]
  const cast = (token: string, names: string[]) =>
    server.cast(
      token,
      names.map((name) => aVote({ subject: `github.com/moot/${name}#1` })),
    )
  await cast(one, ['first', 'second'])
  await cast(two, ['second', 'first'])
  expect(await ups('github.com/moot/first#1')).toBe(2)
  const db = server.open()
  const { subjects } = await recount(
    { db, writer: server.writer, auth: 'local' },
    { repair: false },
  )
  db.close()
  expect(subjects).toEqual([])
})

test('one that lost its name is told the same by all its older names, whoever asks', async () => {
  await run([
    { learn: 'moot/first=7' },
    { learn: 'moot/second=7' },
    { learn: 'moot/third=7' },
    { learn: 'moot/third=8' },
  ])
  for (const [login, name] of [
    ['ada', 'first'],
    ['ben', 'second'],
    ['cyd', 'first'],
  ] as const) {
    const cast = await vote(login, `github.com/moot/${name}#1`)
    expect(cast).toMatchObject({ score: { mine: 1 } })
  }
  expect(await ups('github.com/moot/first#1')).toBe(3)
  expect(await ups('github.com/moot/second#1')).toBe(3)
})

test('a vote that is sent again after its subject was merged is the same vote', async () => {
  const { writer } = server
  await writer.nameRepository({ ...FACTS, owner: 'a', name: 'x', forgeId: 1 })
  await vote('bob', 'github.com/a/x#1')
  const token = await server.signIn('ada')
  const cast = aVote({ subject: 'github.com/a/y#1' })
  const [first] = await server.cast(token, [cast])
  await writer.nameRepository({ ...FACTS, owner: 'a', name: 'y', forgeId: 1 })
  const [again] = await server.cast(token, [cast])
  expect(again).toMatchObject({ status: 'duplicate', receipt: first?.receipt })
  expect(again?.score?.others.up).toBe(2)
})
