/** Gates 5, 16, 17 and 18: time, objections, a swing at the end, and votes that others cast. */
import { randomUUID } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { recountTallies } from '../../server/services/recount-tallies.ts'
import { QUICK, REPO, type Setting, startSetting } from './setting.ts'

let setting: Setting

afterEach(() => setting.close())

const withVote = (words: string) => QUICK.replace('minPeriod: 0 minutes', words)

test('no date but that of our clock moves an end', async () => {
  setting = await startSetting()
  setting.forge.code.push(1, { 'a.js': 'a\n' }, { date: '2001-01-01T00:00:00Z' })
  await setting.open('bob')
  const first = await setting.read()
  expect(Math.abs(first.openedAt - Date.now())).toBeLessThan(60_000)
  expect(first.endsAt).toBe(first.openedAt + 2 * 86_400_000)
  setting.forge.code.push(1, { 'b.js': 'b\n' }, { date: '2040-01-01T00:00:00Z' })
  Object.assign(setting.subjectOf(), {
    createdAt: '2000-01-01T00:00:00Z',
    updatedAt: '2050-01-01T00:00:00Z',
  })
  await setting.look()
  const second = await setting.read()
  expect(second.endsAt - second.openedAt).toBe(2 * 86_400_000)
  expect(Math.abs(second.openedAt - Date.now())).toBeLessThan(60_000)
})

test('the clock decides by itself: passed at the end with a third silent, and merged', async () => {
  setting = await startSetting()
  await setting.open('bob')
  await setting.vote('bob', 'for')
  await setting.vote('cat', 'for')
  expect((await setting.read()).outcome.status).toBe('open')
  setting.pass(2 * setting.seconds.day)
  const tally = await setting.until(({ merge }) => merge.state === 'done')
  expect(tally.outcome).toMatchObject({ status: 'passed', reason: 'deadline' })
})

test('an end that came while the server was away is the end, and later ballots are late', async () => {
  setting = await startSetting()
  await setting.open('bob')
  await setting.vote('bob', 'for')
  const { endsAt } = await setting.read()
  await setting.server.stop()
  setting.pass(5 * setting.seconds.day)
  await setting.restart()
  expect((await setting.vote('cat', 'for')).status).toBe(409)
  expect(await setting.read()).toMatchObject({
    outcome: { status: 'failed', reason: 'min-for' },
    endsAt,
  })
})

test('nothing is decided before the least time, whatever was cast', async () => {
  setting = await startSetting({ constitution: withVote('minPeriod: 1 day') })
  await setting.open('bob')
  for (const login of ['bob', 'cat', 'dan', 'eve']) await setting.vote(login, 'for')
  expect((await setting.read()).outcome).toMatchObject({ status: 'open', reason: 'min-period' })
  setting.pass(setting.seconds.day)
  await setting.until(({ outcome }) => outcome.reason === 'early-pass')
})

test('an outcome that turns in the last tenth puts the end off, once', async () => {
  setting = await startSetting({
    constitution: withVote('minPeriod: 0 minutes, earlyPass: false, earlyFail: false'),
  })
  await setting.open('bob')
  await setting.vote('bob', 'for')
  await setting.vote('cat', 'for')
  const { endsAt } = await setting.read()
  setting.pass(2 * setting.seconds.day - setting.seconds.hour)
  await setting.vote('dan', 'against')
  expect((await setting.read()).endsAt).toBe(endsAt) // two to one: nothing turned
  await setting.vote('eve', 'against')
  const turned = await setting.read()
  expect(turned.endsAt).toBe(endsAt + (2 * 86_400_000) / 10)
  expect(turned.history[0]?.kind).toBe('extended')
  await setting.vote('eve', 'abstain')
  expect((await setting.read()).endsAt).toBe(turned.endsAt)
  setting.pass(2 * setting.seconds.hour)
  await new Promise((done) => setTimeout(done, 1500)) // past the first end: the server has looked
  expect((await setting.read()).outcome.status).toBe('open')
  setting.pass(5 * setting.seconds.hour)
  await setting.until(({ outcome }) => outcome.status === 'passed')
})

test('a veto holds it up with a reason, and only its author or the rules lift it', async () => {
  setting = await startSetting({
    constitution: `${withVote('minPeriod: 0 minutes, setAside: 2/3')}maintainers: [cat, dan, eve]\n`,
  })
  await setting.open('bob')
  await setting.vote('cat', 'against')
  expect((await setting.read()).vetoes).toEqual([]) // without a reason it counts, and blocks nothing
  await setting.vote('cat', 'against', { reason: 'it leaks' })
  await setting.vote('bob', 'for')
  await setting.vote('dan', 'for')
  const held = await setting.read()
  expect(held).toMatchObject({ vetoes: ['cat'], outcome: { reason: 'veto' } })
  expect(held.missing[0]).toBe('held up by a veto of cat')
  expect(held.ballots.find(({ voter }) => voter === 'cat')?.reason).toBe('it leaks')
  await setting.vote('eve', 'for')
  const lifted = await setting.until(({ outcome }) => outcome.status === 'passed')
  expect(lifted).toMatchObject({ vetoes: [], setAside: ['cat'] })
})

test('a veto that the rules let end, ends by the clock', async () => {
  setting = await startSetting({
    constitution: `${withVote('minPeriod: 0 minutes, objectionsLast: 1 day')}maintainers: [mallory]\n`,
  })
  await setting.open('bob')
  // No member, but a maintainer: can object, and counts in nothing else.
  await setting.vote('mallory', 'against', { reason: 'no' })
  for (const login of ['bob', 'cat', 'dan', 'eve']) await setting.vote(login, 'for')
  expect(await setting.read()).toMatchObject({
    outcome: { status: 'open', reason: 'veto' },
    counts: { for: 4, against: 0 },
  })
  setting.pass(setting.seconds.day + 1)
  await setting.until(({ outcome }) => outcome.status === 'passed')
})

test('consent: it passes at the end unless somebody objects with a reason', async () => {
  setting = await startSetting({
    constitution: `version: 1
vote: { mode: consent, inFavour: 1, minPeriod: 1 day, maxPeriod: 3 days }
pass: { action: merge, method: squash }
`,
  })
  for (const number of [1, 2]) await setting.open('bob', number)
  for (const number of [1, 2]) await setting.vote('bob', 'for', { number })
  await setting.vote('cat', 'against', { number: 2, reason: 'not like this' })
  setting.pass(3 * setting.seconds.day)
  await setting.until(({ merge }) => merge.state === 'done', 1)
  const held = await setting.until(({ outcome }) => outcome.status !== 'open', 2)
  expect(held.outcome).toMatchObject({ status: 'failed', reason: 'objection' })
})

async function delegate(from: string, to: string | null) {
  const token = await setting.tokenOf(from)
  const body = { id: randomUUID(), repo: REPO, to }
  return setting.server.ask('/v1/delegations', { token, body })
}

test('members vote through others: in chains, not in circles, their own ballot first', async () => {
  setting = await startSetting({
    constitution: withVote(
      'minPeriod: 0 minutes, earlyPass: false, earlyFail: false, delegation: true',
    ),
  })
  await setting.open('bob')
  expect((await delegate('bob', 'cat')).status).toBe(200)
  expect((await delegate('cat', 'dan')).status).toBe(200)
  await setting.vote('dan', 'for')
  expect(await setting.read()).toMatchObject({
    counts: { for: 3, remaining: 3 },
    delegations: [
      { from: 'bob', to: 'cat' },
      { from: 'cat', to: 'dan' },
    ],
  })
  await setting.vote('bob', 'against') // one's own first
  expect((await setting.read()).counts).toMatchObject({ for: 2, against: 1 })
  await delegate('cat', null) // taken back
  expect((await setting.read()).counts).toMatchObject({ for: 1, against: 1 })
  await delegate('cat', 'eve')
  await delegate('eve', 'cat') // a circle says nothing, and was there
  expect((await setting.read()).counts).toMatchObject({ for: 1, against: 1, abstain: 2 })
  expect((await setting.read(1, 'cat')).you.delegate).toBe('eve')
  expect((await delegate('bob', 'nobody-at-all')).status).toBe(400)
})

test('what was decided stays as it was, whoever lets others vote for them afterwards', async () => {
  setting = await startSetting({
    constitution: withVote(
      'minPeriod: 0 minutes, earlyPass: false, earlyFail: false, delegation: true',
    ),
  })
  await setting.open('bob')
  await delegate('bob', 'cat')
  await setting.vote('dan', 'for')
  await setting.vote('cat', 'for')
  setting.pass(3 * setting.seconds.day)
  const decided = await setting.until(({ outcome }) => outcome.status === 'passed')
  expect(decided.counts).toMatchObject({ for: 3 })
  await delegate('bob', null)
  await delegate('eve', 'cat')
  setting.pass(-3 * setting.seconds.day)
  await delegate('dan', 'eve')
  const { counts, outcome, delegations } = await setting.read()
  expect([counts, outcome]).toEqual([decided.counts, decided.outcome])
  // Eve's word came after the end, and none of these decided anything.
  expect(delegations).toEqual([])
  const db = setting.db()
  expect((await recountTallies(db)).wrong).toEqual([])
  db.close()
})

test('results that are hidden until one voted are hidden everywhere', async () => {
  setting = await startSetting({
    constitution: withVote('minPeriod: 1 day, hideResults: until-voted'),
  })
  await setting.open('bob')
  await setting.vote('bob', 'against', { reason: 'a secret reason' })
  await setting.look()
  for (const reader of [undefined, 'cat']) {
    const text = JSON.stringify(await setting.read(1, reader))
    expect(text).toContain('"turnout":1')
    expect(text).toContain('"counts":null')
    expect(text).not.toContain('secret reason')
  }
  const record = await setting.server.ask(`/v1/record?subject=${encodeURIComponent(`${REPO}#1`)}`)
  expect(JSON.stringify(record.body)).not.toMatch(/secret reason|"ballot"/)
  expect((await setting.read(1, 'bob')).counts).toMatchObject({ against: 1 })
  const said = JSON.stringify(setting.forge.code.checks)
  expect(said).toContain('1 of 4 have voted')
  expect(said).not.toMatch(/secret reason|\| against/)
  const states = await setting.server.ask('/v1/tallies/states', {
    body: { subjects: [`${REPO}#1`] },
  })
  expect(states.body).toEqual({
    states: { [`${REPO}#1`]: { status: 'open', words: '1 of 4 have voted' } },
  })
  // A push ends the vote on the code before it; the vote goes on, and so nothing comes out.
  setting.forge.code.push(1, { 'src/new-1.js': 'changed()\n' })
  await setting.look()
  expect(JSON.stringify(await setting.read(1, 'cat'))).not.toContain('secret reason')
  const after = await setting.server.ask(`/v1/record?subject=${encodeURIComponent(`${REPO}#1`)}`)
  expect(JSON.stringify(after.body)).not.toMatch(/secret reason|"ballot"/)
  expect(JSON.stringify(setting.forge.code.checks)).not.toMatch(/secret reason|\| against/)
  // Once it is over everybody sees all of it.
  setting.pass(3 * setting.seconds.day)
  await setting.until(({ outcome }) => outcome.status === 'failed')
  expect(JSON.stringify(await setting.read())).toContain('secret reason')
})
