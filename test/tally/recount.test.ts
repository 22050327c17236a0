/** That every decision follows from the record, and that whoever meddles with either is found out. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { recountTallies } from '../../server/services/recount-tallies.ts'
import { QUICK, type Setting, startSetting } from './setting.ts'

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
