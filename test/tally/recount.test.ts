/** That every decision follows from the record, and that whoever meddles with either is found out. */
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { recountTallies } from '../../server/services/recount-tallies.ts'
import type { RecordReply } from '#shared/api/tallies'
import type { Rule } from '#shared/rule'
import { tallyOf } from '#shared/tally'
import { QUICK, REPO, type Setting, startSetting } from './setting.ts'

let setting: Setting

beforeEach(async () => {
  setting = await startSetting({
    constitution: `${QUICK.replace('2 days', '2 days, delegation: true')}maintainers: [cat]\n`,
  })
  await setting.open('bob', 1)
  await setting.vote('bob', 'for')
  await setting.vote('cat', 'against', { reason: 'no tests' })
  await setting.vote('dan', 'abstain')
  setting.forge.code.push(1, { 'src/new-1.js': 'with tests()\n' })
  await setting.look()
  await setting.vote('cat', 'for')
  for (const login of ['bob', 'dan', 'eve']) await setting.vote(login, 'for')
  await setting.open('bob', 2)
  await setting.vote('bob', 'against', { number: 2 })
  await setting.open('bob', 3)
  await setting.vote('bob', 'for', { number: 3 })
  await setting.cancel('cat', 'not now', 3)
})

afterEach(() => setting.close())

async function recounted(meddle?: string) {
  const db = setting.db()
  if (meddle) await db.execute(meddle)
  const found = await recountTallies(db)
  db.close()
  return found
}

test('all tallies follow from the record: pushed over, passed, open, ended', async () => {
  const { entries, tallies, gaps, wrong } = await recounted()
  expect({ tallies, gaps, wrong }).toEqual({ tallies: 4, gaps: [], wrong: [] })
  expect(entries).toBeGreaterThan(14)
})

test.each([
  ["UPDATE ballots SET choice = 'for' WHERE tally_id = 3", [{ tally: 3, what: 'ballots' }]],
  ['DELETE FROM ballots WHERE tally_id = 3', [{ tally: 3, what: 'ballots' }]],
  ["UPDATE tallies SET status = 'passed' WHERE id = 3", [{ tally: 3, what: 'state' }]],
  [
    'DELETE FROM electors WHERE tally_id = 3 AND account_id % 2 = 0',
    [{ tally: 3, what: 'electors' }],
  ],
  [
    `UPDATE record SET detail = json_set(detail, '$.choice', 'against')
      WHERE kind = 'ballot' AND tally_id = 2 AND detail->>'$.choice' = 'for'`,
    [
      { tally: 2, what: 'ballots' },
      { tally: 2, what: 'decision' },
    ],
  ],
])('%s is found out', async (meddle, wrong) => {
  expect((await recounted(meddle)).wrong).toEqual(wrong)
})

test('a stranger comes to the same decision from what is public alone', async () => {
  const token = await setting.tokenOf('eve')
  const body = { id: randomUUID(), repo: REPO, to: 'dan' }
  expect((await setting.server.ask('/v1/delegations', { token, body })).status).toBe(200)
  await setting.vote('dan', 'for', { number: 2 })
  setting.pass(3 * setting.seconds.day)
  await setting.until(({ outcome }) => outcome.status !== 'open', 2)
  const address = `/v1/record?subject=${encodeURIComponent(`${REPO}#2`)}`
  const { entries } = (await setting.server.ask(address)).body as RecordReply
  // The delegate's login is nobody's to publish for good; the number is what is counted by.
  const [delegation] = entries.filter(({ kind }) => kind === 'delegation')
  expect(delegation?.detail).toEqual({ toId: setting.forge.accountOf('dan').id })
  const detailsOf = (kind: string) =>
    entries
      .filter((each) => each.kind === kind)
      .map(({ at, account, detail }) => ({
        at: at / 1000,
        account: String(account),
        detail: detail as Record<string, never>,
      }))
  const [opened] = detailsOf('opened')
  const [decided] = detailsOf('decided')
  const { electors, rule, head, authorId } = opened?.detail ?? {}
  const ids = (is: string) =>
    (electors as unknown as { accountId: number }[])
      .filter((each) => each[is as 'accountId'])
      .map(({ accountId }) => String(accountId))
  const values = { for: 1, against: -1, abstain: 0, withdrawn: null } as const
  const tally = tallyOf({
    rule: rule as unknown as Rule,
    electorate: ids('isMember'),
    maintainers: ids('isMaintainer'),
    author: String(authorId),
    headSha: String(head),
    openedAt: opened?.at ?? 0,
    now: decided?.at ?? 0,
    ballots: detailsOf('ballot').map(({ at, account, detail }) => ({
      voter: account,
      value: values[detail['choice'] as unknown as 'for'],
      at,
      sha: String(detail['head']),
      reason: String(detail['reason']),
    })),
    delegations: detailsOf('delegation').map(({ at, account, detail }) => ({
      from: account,
      to: detail['toId'] === null ? null : String(detail['toId']),
      at,
    })),
  })
  expect({ head, ...tally }).toEqual(decided?.detail)
  expect(tally).toMatchObject({ status: 'passed', for: 2, against: 1 })
})

test('an entry that is taken out leaves a gap', async () => {
  expect((await recounted('DELETE FROM record WHERE seq = 2')).gaps).toEqual([2])
})

test('who has everything about them deleted takes their words along; decisions stay and still follow', async () => {
  const token = await setting.tokenOf('cat')
  const exported = await setting.server.ask('/v1/me/export', { token })
  expect((exported.body as { ballots: unknown[] }).ballots).toMatchObject([
    { choice: 'against', reason: 'no tests', subject: 'github.com/moot/plot#1' },
    { choice: 'for', reason: '' },
  ])
  await setting.server.ask('/v1/me', { method: 'DELETE', token })
  const db = setting.db()
  const { rows } = await db.execute('SELECT json_group_array(detail) FROM record')
  db.close()
  expect(String(rows[0]?.[0])).not.toContain('no tests')
  expect(await recounted()).toMatchObject({ gaps: [], wrong: [] })
})

test('it comes to the same when the base branch got another name after ballots were carried', async () => {
  await setting.open('bob', 3)
  expect((await setting.read(3)).counts).toMatchObject({ for: 1 })
  Object.assign(setting.subjectOf(3), { draft: true })
  for (const login of ['cat', 'dan']) await setting.vote(login, 'for', { number: 3 })
  await setting.until(({ merge }) => merge.note === 'It is a draft.', 3)
  const { branches, of } = setting.forge.code
  branches.set('trunk', branches.get('main') ?? '')
  branches.delete('main')
  for (const number of [2, 3]) of(number).baseRef = 'trunk'
  await setting.look(3)
  expect(await setting.read(3)).toMatchObject({ baseRef: 'trunk', counts: { for: 0 } })
  expect((await recounted()).wrong).toEqual([])
})
