/** From a ballot to a merge, and what must never be merged. */
import { afterEach, expect, test } from 'vitest'
import type { BallotRequest } from '#shared/api/tallies'
import { type Setting, startSetting } from './setting.ts'

let setting: Setting

afterEach(() => setting.close())

type Choice = BallotRequest['choice']

const votesOf = async (votes: Record<string, Choice>, over = {}) => {
  const statuses: number[] = []
  for (const [login, choice] of Object.entries(votes)) {
    statuses.push((await setting.vote(login, choice, over)).status)
  }
  return statuses
}

test('enough contributors in favour merge a pull request, and GitHub is told all along', async () => {
  setting = await startSetting()
  const opened = await setting.open('bob')
  expect(opened.status, JSON.stringify(opened.body)).toBe(201)
  expect(opened.body).toMatchObject({
    outcome: { status: 'open', reason: 'voting' },
    electorate: { size: 4 },
    missing: ['2 more in favour', '4 of 4 members may still vote'],
  })
  const head = setting.headOf()
  expect(await votesOf({ bob: 'for', cat: 'for' })).toEqual([200, 200])
  await setting.until(({ counts }) => counts?.for === 2)
  expect(setting.forge.code.merges).toEqual([])
  expect(await votesOf({ dan: 'for' })).toEqual([200])
  const tally = await setting.until(({ merge }) => merge.state === 'done')
  expect(tally.outcome).toMatchObject({ status: 'passed', reason: 'early-pass' })
  expect(setting.forge.code.merges).toMatchObject([{ number: 1, head, by: 'forgemoot' }])
  expect(tally.merge.sha).toBe(setting.forge.code.branches.get('main'))
  expect(setting.forge.code.checks).toMatchObject([
    { head, name: 'Forgemoot', status: 'completed', conclusion: 'success' },
  ])
  expect(tally.history.map(({ kind }) => kind)).toEqual([
    'merged',
    'merging',
    'decided',
    'ballot',
    'ballot',
    'ballot',
    'opened',
  ])
})

test('approve, then swap the code: what was not seen is not merged', async () => {
  setting = await startSetting()
  await setting.open('bob')
  await votesOf({ bob: 'for', cat: 'for' })
  const seen = setting.headOf()
  setting.forge.code.push(1, { 'src/evil.js': 'steal()\n' })
  // The third voter has not seen it, and says so.
  const stale = await setting.vote('dan', 'for', { head: seen })
  expect(stale.status).toBe(200) // the server has not heard of the push either: the ballot is about what was seen
  const tally = await setting.until(({ head }) => head === setting.headOf())
  expect(setting.forge.code.merges).toEqual([])
  expect(tally).toMatchObject({ outcome: { status: 'open' }, counts: { for: 0 } })
  expect(tally.ballots.map(({ isStale }) => isStale)).toEqual([true, true, true])
})
