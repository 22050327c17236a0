/** Clocks that are put back, or leap and come back, while votes on merging are open. */
import { createHmac, randomUUID } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import type { ProblemDocument } from '#shared/problem'
import { askNightlyImports } from '../../server/services/ask-nightly-imports.ts'
import { recountTallies } from '../../server/services/recount-tallies.ts'
import { QUICK, REPO, SECRET, type Setting, startSetting } from './setting.ts'

let setting: Setting

afterEach(() => setting.close())

const HOUR = 3600
const DAY = 24 * HOUR
const YEAR = 365 * DAY

const SLOW = QUICK.replace('minPeriod: 0 minutes', 'minPeriod: 1 day')

/** What a recount says is wrong with the record. */
async function wrong() {
  const db = setting.db()
  const { gaps, wrong } = await recountTallies(db)
  db.close()
  return [...gaps, ...wrong]
}

/** Lets the server decide what the clock has decided; whether that was anything. */
async function decides(number = 1) {
  return setting.server.writer.settleTally((await setting.read(number)).id)
}

test.each([HOUR, DAY])(
  'put back by %i seconds, ballots of before and after count, and it ends by its rules',
  async (back) => {
    setting = await startSetting({ constitution: SLOW })
    await setting.open('bob')
    const { openedAt, endsAt } = await setting.read()
    setting.pass(2 * HOUR)
    await setting.vote('bob', 'for')
    await setting.vote('cat', 'against')
    const before = await setting.read()
    setting.pass(-back)
    for (const login of ['dan', 'cat']) {
      expect(await setting.vote(login, 'for')).toMatchObject({ status: 200 })
    }
    // By the moment of what came before, not by a time before it.
    expect(await setting.read()).toMatchObject({
      counts: { for: 3, against: 0 },
      outcome: { status: 'open', reason: 'min-period' },
      openedAt,
      endsAt,
    })
    const { ballots } = await setting.read()
    expect(ballots.map(({ voter }) => voter).toSorted()).toEqual(['bob', 'cat', 'dan'])
    for (const { castAt } of ballots)
      expect(castAt).toBeGreaterThanOrEqual(before.ballots[0]?.castAt ?? NaN)
    await setting.restart()
    expect(await setting.read()).toMatchObject({ counts: { for: 3 }, outcome: { status: 'open' } })

    setting.pass((openedAt + DAY * 1000 - setting.now()) / 1000 - 5 * 60)
    expect(await decides()).toBe(false)
    setting.pass(5 * 60)
    await setting.until(({ merge }) => merge.state === 'done')
    expect((await setting.read()).outcome).toMatchObject({ status: 'passed', reason: 'early-pass' })
    expect(await wrong()).toEqual([])
  },
)

test('put back with the least turnout not reached, it fails at its end and not before', async () => {
  setting = await startSetting({ constitution: SLOW })
  await setting.open('bob')
  setting.pass(HOUR)
  await setting.vote('bob', 'for')
  setting.pass(-DAY)
  const { endsAt } = await setting.read()
  setting.pass((endsAt - setting.now()) / 1000 - 5 * 60)
  expect(await decides()).toBe(false)
  expect((await setting.read()).outcome.status).toBe('open')
  setting.pass(5 * 60)
  const { outcome } = await setting.until((tally) => tally.outcome.status !== 'open')
  expect(outcome).toMatchObject({ status: 'failed', reason: 'min-for' })
  expect(await wrong()).toEqual([])
})

/** Tells the server that somebody pushed; how many imports were asked for by then. */
async function importsAfterPush() {
  const { id, name } = setting.forge.repository
  const [owner = '', short = ''] = name.split('/')
  const body = JSON.stringify({
    ref: 'refs/heads/main',
    after: randomUUID(),
    repository: {
      id,
      name: short,
      owner: { login: owner, id: 77, type: 'Organization' },
      private: false,
      default_branch: 'main',
    },
  })
  const signature = createHmac('sha256', SECRET).update(body).digest('hex')
  const headers = { 'x-github-event': 'push', 'x-hub-signature-256': `sha256=${signature}` }
  expect(await setting.server.ask('/webhooks/github', { body, headers })).toMatchObject({
    body: { taken: true },
  })
  return imports()
}

async function imports() {
  const db = setting.db()
  const { rows } = await db.execute('SELECT count(*) FROM imports')
  db.close()
  return Number(rows[0]?.[0])
}

async function delegate(from: string, to: string) {
  const token = await setting.server.signIn(from)
  const body = { id: randomUUID(), repo: REPO, to }
  return setting.server.ask('/v1/delegations', { token, body })
}

test('leapt a year ahead and back: what the clock ended has ended, and nothing after it is held up', async () => {
  setting = await startSetting({
    pulls: 2,
    constitution: SLOW.replace('minPeriod', 'delegation: true, minPeriod'),
  })
  await setting.open('bob')
  await setting.vote('bob', 'for')
  await setting.vote('cat', 'for')
  setting.pass(YEAR)
  // Its end by the only clock that counts: nobody else's is asked.
  const ended = await setting.until(({ outcome }) => outcome.status !== 'open')
  expect(ended.outcome).toMatchObject({ status: 'passed', reason: 'deadline' })
  expect((await setting.vote('bob', 'against')).status).toBe(401) // sessions are over, too
  await setting.importAgain()
  expect((await delegate('eve', 'cat')).status).toBe(200)
  setting.pass(-YEAR)

  // Sessions of before hold again, and what was decided stays so.
  expect((await setting.vote('bob', 'against')).status).toBe(409)
  expect((await setting.read()).outcome).toEqual(ended.outcome)
  // Of an import that seems to be of next year, or of the next hour, nobody knows how old it is.
  for (const seconds of [YEAR, HOUR]) {
    const db = setting.db()
    const args = [setting.now() + seconds * 1000]
    await db.execute({ sql: 'UPDATE repositories SET imported_at = ?', args })
    db.close()
    const refused = await setting.open('bob', 2)
    expect((refused.body as ProblemDocument).type).toContain('electorate-unknown')
  }
  // A push, and every night, bring another import all the same.
  setting.pass(HOUR)
  const before = await imports()
  expect(await importsAfterPush()).toBe(before + 1)
  await setting.importAgain()
  const db = setting.db()
  await db.execute({
    sql: 'UPDATE repositories SET imported_at = ?',
    args: [setting.now() + YEAR * 1000],
  })
  await askNightlyImports({ db, writer: setting.server.writer, now: setting.now })
  const { rows } = await db.execute("SELECT 1 FROM imports WHERE kind = 'nightly'")
  expect(rows).toHaveLength(1)
  db.close()
  await setting.importAgain()

  expect((await setting.open('bob', 2)).status).toBe(201)
  const { openedAt } = await setting.read(2)
  expect(Math.abs(openedAt - setting.now())).toBeLessThan(60_000)
  await setting.vote('bob', 'for', { number: 2 })
  await setting.vote('cat', 'for', { number: 2 })
  // Eve's word of when the clock was ahead counts as of now, and not of then.
  expect((await setting.read(2)).counts).toMatchObject({ for: 3 })
  await setting.vote('dan', 'for', { number: 2 })
  expect(await decides(2)).toBe(false)
  setting.pass(DAY)
  await setting.until(({ outcome }) => outcome.status === 'passed', 2)
  expect(await wrong()).toEqual([])
})

test('opened while the clock was ahead, it decides nothing early, and can be opened anew', async () => {
  setting = await startSetting({ constitution: `${SLOW}maintainers: [cat]\n` })
  setting.pass(YEAR / 2)
  await setting.importAgain()
  expect((await setting.open('bob')).status).toBe(201)
  const ahead = await setting.read()
  setting.pass(-YEAR / 2)
  await setting.importAgain()
  for (const login of ['cat', 'dan', 'eve']) await setting.vote(login, 'for')
  setting.pass(3 * DAY)
  expect(await decides()).toBe(false)
  expect(await setting.read()).toMatchObject({
    openedAt: ahead.openedAt,
    counts: { for: 3 },
    outcome: { status: 'open', reason: 'min-period' },
  })
  expect((await setting.cancel('cat', 'the clock was wrong')).status).toBe(200)
  await setting.importAgain()
  expect((await setting.open('bob')).status).toBe(201)
  const again = await setting.read()
  expect(Math.abs(again.openedAt - setting.now())).toBeLessThan(60_000)
  await setting.vote('bob', 'for')
  setting.pass(DAY)
  await setting.until(({ outcome }) => outcome.status === 'passed')
  expect(await wrong()).toEqual([])
})

test('a vote let to somebody while the clock was ahead counts to the end, and in the decision', async () => {
  setting = await startSetting({
    constitution: QUICK.replace(
      'minPeriod: 0 minutes',
      'minPeriod: 0 minutes, earlyPass: false, earlyFail: false, delegation: true',
    ),
  })
  setting.pass(10 * DAY)
  expect((await delegate('eve', 'dan')).status).toBe(200)
  setting.pass(-10 * DAY)
  await setting.open('bob')
  await setting.vote('bob', 'for')
  await setting.vote('cat', 'for')
  await setting.vote('dan', 'against')
  setting.pass(2 * DAY - 60)
  expect((await setting.read()).counts).toMatchObject({ for: 2, against: 2 })
  setting.pass(120)
  const ended = await setting.until(({ outcome }) => outcome.status !== 'open')
  expect(ended.counts).toMatchObject({ for: 2, against: 2 })
  expect(ended.outcome.status).toBe('failed')
  expect(setting.forge.code.merges).toEqual([])
  expect(await wrong()).toEqual([])
})

test('ended by its maintainers after the clock was put back, it shows what was cast', async () => {
  setting = await startSetting({ constitution: `${SLOW}maintainers: [cat]\n` })
  await setting.open('bob')
  setting.pass(2 * HOUR)
  await setting.vote('bob', 'for')
  await setting.vote('dan', 'against')
  setting.pass(-HOUR)
  expect((await setting.cancel('cat', 'enough')).status).toBe(200)
  expect((await setting.read()).counts).toMatchObject({ for: 1, against: 1 })
})

test('passed while the clock was ahead and not merged by then, it is not merged once that is put back', async () => {
  setting = await startSetting()
  setting.pass(YEAR / 2)
  await setting.importAgain()
  await setting.open('bob')
  Object.assign(setting.subjectOf(), { draft: true })
  for (const login of ['bob', 'cat', 'dan']) await setting.vote(login, 'for')
  await setting.until(({ merge }) => merge.note === 'It is a draft.')
  setting.pass(-YEAR / 2)
  Object.assign(setting.subjectOf(), { draft: false })
  await setting.look()
  // How long it has waited nobody knows: it may be longer than the vote might have lasted.
  await setting.until(({ merge }) => merge.state === 'lapsed')
  expect(setting.forge.code.merges).toEqual([])
  await setting.importAgain()
  expect((await setting.open('bob')).status).toBe(201)
  for (const login of ['bob', 'cat', 'dan']) await setting.vote(login, 'for')
  await setting.until(({ merge }) => merge.state === 'done')
  expect(await wrong()).toEqual([])
})
