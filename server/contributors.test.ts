/** What an import teaches: items, work, and who is a contributor; and what that does to votes that stand. */
import { expect, test } from 'vitest'
import type { ScoreReply, ScoresReply } from '#shared/api/scores'
import { valueOf } from '#shared/score'
import { openDatabase } from './db/open.ts'
import type { ItemFacts, RepositoryFacts, WorkFacts } from './forge-facts.ts'
import { workSince } from './contribution.ts'
import { recount } from './services/recount.ts'
import { anItem, aVote } from './testing.ts'
import { sharedServer } from './testing-server.ts'

const { server } = sharedServer()

let lastId = 100
/** A repository of its own for each test. */
async function repository(name: string) {
  const facts: RepositoryFacts = {
    host: 'github.com',
    forgeId: ++lastId,
    owner: 'moot',
    name,
    defaultBranch: 'main',
  }
  const id = await server.writer.nameRepository(facts)
  return { id, subject: (number: number) => `github.com/moot/${name}#${number}` }
}

const account = (login: string, isBot = false) => ({
  forgeId: [...login].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 1e9,
  login,
  isBot,
})

const gardeners = (over: Partial<ItemFacts> = {}) =>
  anItem({ author: account('gardener'), ...over })

const merged = (login: string, at: number, isBot = false): WorkFacts => ({
  kind: 'pull',
  ref: `${login}-${at}`,
  account: account(login, isBot),
  at,
})

async function scoreOf(subject: string, token?: string): Promise<ScoreReply> {
  const { body } = await server.ask('/v1/scores', { token, body: { subjects: [subject] } })
  return Object.values((body as ScoresReply).scores)[0] as ScoreReply
}

const counts = async (subject: string) => {
  const { contributors, others } = await scoreOf(subject)
  return [contributors.up, contributors.down, others.up, others.down]
}

async function vote(login: string, subject: string, value = 1) {
  const [result] = await server.cast(await server.signIn(login), [aVote({ subject, value })])
  return result?.score as ScoreReply
}

test('reactions that an import learns are worth what the formula says', async () => {
  const { id, subject } = await repository('reactions')
  expect((await scoreOf(subject(1))).value).toBeCloseTo(0.164, 3)
  const reactions = { '+1': 40, heart: 3, '-1': 2 }
  await server.writer.takeItems(id, [gardeners({ reactions })])
  const score = await scoreOf(subject(1))
  expect(score.reactions).toEqual(reactions)
  expect(score.value).toBe(valueOf(score))
  expect((await vote('ada', subject(1))).reactions).toEqual(reactions)
})

test('older news changes nothing, and what was not said stays', async () => {
  const { id, subject } = await repository('news')
  await server.writer.takeItems(id, [
    gardeners({ updatedAt: 50, title: 'New', reactions: { '+1': 4 } }),
  ])
  await server.writer.takeItems(id, [
    gardeners({ updatedAt: 40, title: 'Old', reactions: { '+1': 3 } }),
  ])
  await server.writer.takeItems(id, [
    gardeners({ updatedAt: 60, title: 'Newer', reactions: null, closes: null, state: 'closed' }),
  ])
  const db = server.open()
  const { rows } = await db.execute(
    'SELECT title, state FROM items i JOIN subjects s ON s.id = i.subject_id WHERE i.updated_at = 60',
  )
  expect(rows).toMatchObject([{ title: 'Newer', state: 'closed' }])
  expect((await scoreOf(subject(1))).reactions).toEqual({ '+1': 4 })
  db.close()
})

test('an issue that nobody has told of yet counts for what it is, although a pull request closes it', async () => {
  const { id, subject } = await repository('foretold')
  await server.writer.takeItems(id, [gardeners({ number: 9, kind: 'pull', closes: [2] })])
  const db = server.open()
  const sums = 'SELECT value, top, hot FROM subjects WHERE repository_id = ? AND number = 2'
  const { rows: first } = await db.execute({ sql: sums, args: [id] })
  await vote('ada', subject(2))
  await vote('ada', subject(2), 0)
  const { rows: again } = await db.execute({ sql: sums, args: [id] })
  expect(first).toEqual(again)
  db.close()
})

test('a label that was taken off is off, and one that changed its case is the same', async () => {
  const { id } = await repository('labels')
  const labels = (...names: string[]) => names.map((name) => ({ name, color: 'd73a4a' }))
  await server.writer.takeItems(id, [
    gardeners({ number: 1, labels: labels('Bug', 'help wanted') }),
    gardeners({ number: 2, labels: labels('bug') }),
  ])
  await server.writer.takeItems(id, [
    gardeners({ number: 1, labels: labels('BUG'), updatedAt: 3_000 }),
  ])
  const db = server.open()
  const { rows } = await db.execute({
    sql: `SELECT s.number, l.name FROM subject_labels x JOIN labels l ON l.id = x.label_id
      JOIN subjects s ON s.id = x.subject_id WHERE s.repository_id = ? ORDER BY s.number`,
    args: [id],
  })
  expect(rows.map((row) => [row.number, row.name])).toEqual([
    [1, 'BUG'],
    [2, 'BUG'],
  ])
  db.close()
})

test('merged work inside the window makes a contributor, and standing votes move', async () => {
  const { id, subject } = await repository('window')
  await vote('wanda', subject(1))
  await vote('otto', subject(1), -1)
  expect(await counts(subject(1))).toEqual([0, 0, 1, 1])
  await server.writer.takeWork(id, [
    merged('wanda', 1_000),
    merged('otto', 500),
    merged('Robot', 900, true),
  ])
  expect(await counts(subject(1))).toEqual([0, 0, 1, 1])
  expect(await server.writer.settleContributors(id, 400)).toEqual({ joined: 2, left: 0 })
  expect(await counts(subject(1))).toEqual([1, 1, 0, 0])
  expect(await server.writer.settleContributors(id, 501)).toEqual({ joined: 0, left: 1 })
  expect(await counts(subject(1))).toEqual([1, 0, 0, 1])
  expect((await vote('wanda', subject(2))).voter).toBe('contributor')
  expect((await vote('otto', subject(2))).voter).toBe('other')
  expect((await vote('robot', subject(2))).voter).toBe('other')
  expect(await counts(subject(2))).toEqual([1, 0, 2, 0])
  const { voter, mine } = await scoreOf(subject(3), await server.signIn('wanda'))
  expect([voter, mine]).toEqual(['contributor', 0])
  // Taken back, it is taken from where it was counted.
  await vote('wanda', subject(1), 0)
  expect(await counts(subject(1))).toEqual([0, 0, 0, 1])
})

test('everybody is told why they are a contributor, or what is missing', async () => {
  const { id } = await repository('why')
  const ask = async (token?: string, repo = 'github.com/moot/why') =>
    server.ask(`/v1/voter?repo=${encodeURIComponent(repo)}`, { token })
  const ines = await server.signIn('ines')
  const day = 86_400_000
  const now = Date.now()
  const rule = { repo: 'github.com/moot/why', windowDays: 365, needed: 1, importedAt: null }
  const nothing = { voter: 'other', pulls: 0, commits: 0, latestAt: null }
  expect((await ask(ines)).body).toEqual({ ...rule, ...nothing })
  await server.writer.takeWork(id, [
    merged('ines', now - 10 * day),
    merged('ines', now - 400 * day),
    { ...merged('ines', now - 3 * day), kind: 'commit' },
  ])
  await server.writer.settleContributors(id, workSince(now))
  expect((await ask(ines, 'https://github.com/Moot/Why/pulls')).body).toEqual({
    ...rule,
    voter: 'contributor',
    pulls: 1,
    commits: 1,
    latestAt: now - 3 * day,
  })
  expect((await ask(ines, 'github.com/moot/nobody-knows')).body).toMatchObject(nothing)
  expect((await ask()).status).toBe(401)
  expect((await ask(ines, 'gitlab.com/a/b')).status).toBe(422)
  expect((await server.ask('/v1/voter?repo=x&who=me', { token: ines })).body).toMatchObject({
    status: 400,
    errors: [{ pointer: '/repo' }, { pointer: '/who' }],
  })
})

test('a contributor of one repository is none of another', async () => {
  const [one, other] = [await repository('one'), await repository('other')]
  await server.writer.takeWork(one.id, [merged('nomad', 1_000)])
  await server.writer.settleContributors(one.id, 0)
  expect((await vote('nomad', one.subject(1))).voter).toBe('contributor')
  expect((await vote('nomad', other.subject(1))).voter).toBe('other')
})

test('who supports an issue supports what closes it, and is counted there once', async () => {
  const { id, subject } = await repository('closes')
  await vote('ada', subject(1))
  const closing = gardeners({ number: 9, kind: 'pull', closes: [1, 2] })
  await server.writer.takeItems(id, [closing])
  expect(await counts(subject(9))).toEqual([0, 0, 1, 0])
  await vote('ada', subject(2))
  await vote('ada', subject(9))
  await vote('bob', subject(2))
  expect(await counts(subject(9))).toEqual([0, 0, 2, 0])
  // Against an issue is not against its solution; against the solution is, whatever one thinks of the issue.
  await vote('eve', subject(1), -1)
  expect(await counts(subject(9))).toEqual([0, 0, 2, 0])
  expect((await vote('bob', subject(9), -1)).others).toEqual({ up: 1, down: 1 })
  await vote('ada', subject(9), 0)
  expect(await counts(subject(9))).toEqual([0, 0, 1, 1])
  await vote('ada', subject(1), 0)
  await vote('ada', subject(2), 0)
  expect(await counts(subject(9))).toEqual([0, 0, 0, 1])
  await vote('zoe', subject(1))
  await server.writer.takeItems(id, [{ ...closing, closes: [2], updatedAt: 3_000 }])
  expect(await counts(subject(9))).toEqual([0, 0, 0, 1])
  expect(await counts(subject(1))).toEqual([0, 0, 1, 1])
})

test('whatever comes in whatever order, the sums are those of a recount, bit for bit', async () => {
  let state = 11
  const random = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const people = Array.from({ length: 9 }, (_, i) => `voter${i}`)
  const tokens = await Promise.all(people.map((login) => server.signIn(login)))
  const [a, b] = [await repository('random-a'), await repository('random-b')]
  const places = [a, b]
  for (let step = 0; step < 250; step++) {
    const { id, subject } = places[random(2)] ?? a
    const what = random(10)
    if (what < 6) {
      await server.cast(
        tokens[random(9)] ?? '',
        Array.from({ length: 1 + random(4) }, () =>
          aVote({ subject: subject(1 + random(8)), value: random(3) - 1 }),
        ),
      )
    } else if (what < 8) {
      const number = 5 + random(4)
      const closes = [1 + random(4), 1 + random(4)].slice(random(3))
      const reactions = random(2) ? { '+1': random(50) } : null
      const item = { number, kind: 'pull', closes, reactions, updatedAt: step } as const
      await server.writer.takeItems(id, [gardeners(item)])
    } else if (what < 9) {
      await server.writer.takeWork(id, [merged(people[random(9)] ?? '', random(100))])
    } else await server.writer.settleContributors(id, random(100))
  }
  const db = await openDatabase({ url: server.url })
  const nobody = () => Promise.reject(new Error('not asked'))
  const sums = await recount({ db, writer: { run: nobody }, auth: 'local' })
  const { rows } = await db.execute(`SELECT sum(contributors_up + contributors_down) AS own,
    sum(others_up + others_down) AS others, sum(is_linked) AS linked FROM subjects`)
  expect(Number(rows[0]?.own)).toBeGreaterThan(0)
  expect(Number(rows[0]?.others)).toBeGreaterThan(0)
  expect(Number(rows[0]?.linked)).toBeGreaterThan(0)
  db.close()
  expect(sums).toMatchObject({ gaps: [], subjects: [], votes: [] })
}, 120_000)
