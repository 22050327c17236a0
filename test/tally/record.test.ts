/** Gates 9 to 12 and 15: what happens around a vote, in any order, and what stays of it. */
import { randomUUID } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { QUICK, REPO, type Setting, startSetting } from './setting.ts'

let setting: Setting

afterEach(() => setting.close())

const subject = `${REPO}#1`

test('closing, reopening, renaming and editing lose no ballot and change no outcome', async () => {
  setting = await startSetting()
  await setting.open('bob')
  await setting.vote('bob', 'for')
  await setting.vote('cat', 'against', { reason: 'no tests' })
  const before = await setting.read()
  const pull = setting.subjectOf()
  for (const change of [
    { state: 'closed' as const },
    { state: 'open' as const },
    { title: 'Another title' },
    { body: 'Another body' },
    { comments: [] },
  ]) {
    Object.assign(pull, change)
    await setting.deliver(1, 'edited')
    await setting.look()
    const { outcome, counts, ballots, id } = await setting.read()
    expect({ outcome, counts, ballots, id }).toEqual({
      outcome: before.outcome,
      counts: before.counts,
      ballots: before.ballots,
      id: before.id,
    })
  }
})

test('a base branch of another name is voted on anew: support is asked for again, objections stay', async () => {
  setting = await startSetting()
  await setting.open('bob')
  await setting.vote('bob', 'for')
  await setting.vote('eve', 'against', { reason: 'no tests' })
  const before = await setting.read()
  const { branches } = setting.forge.code
  branches.set('trunk', branches.get('main') ?? '')
  branches.delete('main')
  setting.forge.code.of(1).baseRef = 'trunk'
  await setting.deliver(1, 'edited')
  await setting.look()
  const { id, baseRef, counts, electorate } = await setting.read()
  expect(id).not.toBe(before.id)
  expect({ baseRef, electorate }).toEqual({ baseRef: 'trunk', electorate: before.electorate })
  expect(counts).toMatchObject({ for: 0, against: 1 })
  for (const login of ['bob', 'cat', 'dan']) await setting.vote(login, 'for')
  await setting.until(({ merge }) => merge.state === 'done')
})

test('what passes while it is closed is merged when it is opened again, and not before', async () => {
  setting = await startSetting()
  await setting.open('bob')
  Object.assign(setting.subjectOf(), { state: 'closed' })
  for (const login of ['bob', 'cat', 'dan']) await setting.vote(login, 'for')
  await setting.look()
  expect(await setting.read()).toMatchObject({
    outcome: { status: 'passed' },
    merge: { state: 'wanted', note: 'It is closed.' },
  })
  Object.assign(setting.subjectOf(), { state: 'open' })
  await setting.deliver(1, 'reopened')
  await setting.until(({ merge }) => merge.state === 'done')
})

test('ending it needs the right and a reason, is neutral, and stays in the record', async () => {
  setting = await startSetting({ constitution: `${QUICK}maintainers: [cat]\n` })
  await setting.open('bob')
  await setting.vote('bob', 'for')
  expect((await setting.cancel('bob', 'because')).status).toBe(403)
  expect((await setting.cancel('cat', '  ')).status).toBe(400)
  expect((await setting.cancel('cat', 'it was opened too early')).status).toBe(200)
  const tally = await setting.read()
  expect(tally.outcome).toEqual({
    status: 'cancelled',
    reason: 'it was opened too early',
    words: 'It was ended without a decision: it was opened too early',
  })
  expect(tally.history[0]).toMatchObject({ kind: 'cancelled', by: 'cat' })
  expect((await setting.vote('dan', 'for')).body).toMatchObject({ type: '/problems/tally-closed' })
  await setting.look()
  expect(setting.forge.code.checks).toMatchObject([{ conclusion: 'neutral' }])
  expect((await setting.cancel('cat', 'again')).status).toBe(409)
  // It decided nothing, so the same commit can be voted on again, and what was cast stands.
  expect((await setting.open('bob')).status).toBe(201)
  expect((await setting.read()).counts).toMatchObject({ for: 1 })
})

test('200 ballots at once, some of them twice, give exactly the right count', async () => {
  const names = Array.from({ length: 200 }, (_, i) => `member-${i}`)
  setting = await startSetting({
    contributors: ['ada', ...names],
    constitution: QUICK.replace('2 days', '2 days, earlyPass: false, earlyFail: false'),
  })
  await setting.open('member-0')
  const head = setting.headOf()
  const tokens = await Promise.all(names.map((login) => setting.tokenOf(login)))
  const sent = tokens.flatMap((token, i) => {
    const choice = i % 3 === 0 ? 'against' : i % 3 === 1 ? 'abstain' : 'for'
    const body = { id: randomUUID(), subject, head, choice, reason: '' }
    return i % 4 === 0
      ? [
          { token, body },
          { token, body },
        ]
      : [{ token, body }]
  })
  const answers = await Promise.all(
    sent.map(({ token, body }) => setting.server.ask('/v1/ballots', { token, body })),
  )
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  const statuses = answers.map(({ body }) => (body as { status: string }).status)
  expect(statuses.filter((status) => status === 'duplicate')).toHaveLength(50)
  expect((await setting.read()).counts).toMatchObject({
    against: 67,
    abstain: 67,
    for: 66,
    cast: 200,
    remaining: 0,
  })
  const receipts = answers.map(({ body }) => (body as { receipt: number }).receipt)
  expect(new Set(receipts).size).toBe(200)
})

test('two who open at once open one vote', async () => {
  setting = await startSetting()
  const opened = await Promise.all(
    ['bob', 'cat', 'dan', 'eve', 'bob', 'cat'].map((login) => setting.open(login)),
  )
  expect(opened.map(({ status }) => status)).toEqual(Array(6).fill(201))
  const ids = new Set(opened.map(({ body }) => (body as { id: number }).id))
  expect(ids.size).toBe(1)
})

test('after it closed nothing changes it', async () => {
  setting = await startSetting({ constitution: QUICK.replace('action: merge', 'action: check') })
  await setting.open('bob')
  for (const login of ['bob', 'cat', 'dan']) await setting.vote(login, 'for')
  const before = await setting.read()
  expect(before.outcome.status).toBe('passed')
  expect((await setting.vote('eve', 'against', { reason: 'too late' })).status).toBe(409)
  expect((await setting.vote('bob', 'withdrawn')).status).toBe(409)
  expect((await setting.open('bob')).status).toBe(409)
  setting.pass(30 * setting.seconds.day)
  await setting.importAgain()
  await setting.look()
  expect(await setting.read()).toEqual(before)
})

test('an id that was used is answered as before, or refused when it says something else', async () => {
  setting = await startSetting()
  await setting.open('bob')
  const id = randomUUID()
  const first = await setting.vote('bob', 'for', { id })
  const again = await setting.vote('bob', 'for', { id })
  expect(again.body).toMatchObject({
    status: 'duplicate',
    receipt: (first.body as { receipt: number }).receipt,
  })
  const other = await setting.vote('bob', 'against', { id })
  expect(other.body).toMatchObject({ type: '/problems/ballot-id-taken' })
  // Ids are each person's own.
  expect((await setting.vote('cat', 'against', { id })).body).toMatchObject({ status: 'accepted' })
})

test('deliveries that are forged, repeated, in any order or lost come to the same', async () => {
  setting = await startSetting({ constitution: `${QUICK}open: automatic\n` })
  expect((await setting.deliver(1, 'opened', 'not the secret')).status).toBe(401)
  await expect(setting.read()).rejects.toThrow('no-tally')
  // The end before the beginning, and each twice.
  for (const action of ['synchronize', 'opened', 'synchronize', 'opened']) {
    await setting.deliver(1, action)
  }
  await setting.until(({ outcome }) => outcome.status === 'open')
  const { id } = await setting.read()
  setting.forge.code.push(1, { 'src/new-1.js': 'changed()\n' })
  // Nobody tells us of it: what is open is looked at from time to time.
  const tally = await setting.until(({ head }) => {
    setting.pass(setting.seconds.minute / 2)
    return head === setting.headOf()
  })
  expect(tally.id).not.toBe(id)
  const db = setting.db()
  const { rows } = await db.execute('SELECT count(*) AS n FROM tallies')
  db.close()
  expect(rows[0]?.n).toBe(2)
})

test('a delivery that is played again, at once or a season later, changes nothing', async () => {
  setting = await startSetting({ constitution: `${QUICK}open: automatic\n` })
  Object.assign(setting.subjectOf(), { title: 'The first title' })
  await setting.deliver(1, 'opened')
  await setting.until(({ outcome }) => outcome.status === 'open')
  Object.assign(setting.subjectOf(), {
    title: 'The second title',
    updatedAt: new Date(Date.now() + 60_000).toISOString(),
  })
  await setting.deliver(1, 'edited')
  for (const login of ['bob', 'cat', 'dan']) await setting.vote(login, 'for')
  await setting.until(({ merge }) => merge.state === 'done')
  await setting.look()
  const state = async () => {
    const feed = await setting.server.ask(`/v1/feed?repo=${REPO}&state=all`)
    return { tally: await setting.read(), feed: feed.body }
  }
  const before = await state()
  expect(JSON.stringify(before.feed)).toContain('The second title')
  for (const wait of [0, 90 * setting.seconds.day]) {
    setting.pass(wait)
    for (const place of [1, 0, 0]) expect((await setting.replay(place)).status).toBe(202)
    await setting.look()
    expect((await state()).tally).toEqual(before.tally)
    expect(JSON.stringify((await state()).feed)).toContain('The second title')
  }
  expect(setting.forge.code.merges).toHaveLength(1)
})

test('a merge outside the vote is not held up, and is recorded with how the vote stood', async () => {
  setting = await startSetting()
  await setting.open('bob')
  await setting.vote('bob', 'for')
  await setting.vote('cat', 'against', { reason: 'not yet' })
  setting.forge.code.merge(1, {}, setting.forge.accountOf('dan'))
  await setting.deliver(1, 'closed')
  const tally = await setting.until(({ outcome }) => outcome.status === 'overridden')
  expect(tally.outcome.words).toBe('It was merged without waiting for the vote, by dan.')
  expect(tally.history[0]).toMatchObject({
    kind: 'overridden',
    by: 'dan',
    words: 'merged by dan outside the vote, which stood at open (voting)',
  })
  expect((await setting.vote('eve', 'for')).status).toBe(409)
})

test('the record has every step in order, without a gap, and comes to what is shown', async () => {
  setting = await startSetting()
  await setting.open('bob')
  await setting.vote('bob', 'for')
  await setting.vote('cat', 'against')
  await setting.vote('bob', 'abstain')
  const db = setting.db()
  const { rows } = await db.execute('SELECT seq, kind FROM record ORDER BY seq')
  db.close()
  expect(rows.map(({ seq, kind }) => [seq, kind])).toEqual([
    [0, 'opened'],
    [1, 'ballot'],
    [2, 'ballot'],
    [3, 'ballot'],
  ])
  // Anybody can have it.
  const { body } = await setting.server.ask(`/v1/record?subject=${encodeURIComponent(subject)}`)
  expect(body).toMatchObject({
    subject,
    entries: [
      { receipt: 0, kind: 'opened' },
      { receipt: 1, kind: 'ballot', account: setting.forge.accountOf('bob').id },
      { receipt: 2, detail: { choice: 'against' } },
      { receipt: 3, detail: { choice: 'abstain' } },
    ],
  })
  const { ballots } = await setting.read()
  expect(ballots.map(({ voter, choice, receipt }) => [voter, choice, receipt])).toEqual([
    ['cat', 'against', 2],
    ['bob', 'abstain', 3],
  ])
})
