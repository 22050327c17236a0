/** Gates 1 to 4: what a push does to ballots. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Setting, startSetting } from './setting.ts'

let setting: Setting

beforeEach(async () => {
  setting = await startSetting()
  await setting.open('bob')
})

afterEach(() => setting.close())

const code = () => setting.forge.code

test('a push does not wipe objections, and does not carry support to other content', async () => {
  await setting.vote('bob', 'for')
  await setting.vote('eve', 'abstain')
  await setting.vote('cat', 'against', { reason: 'it breaks the build' })
  code().push(1, { 'src/new-1.js': 'changed()\n' })
  await setting.look()
  const tally = await setting.read()
  expect(tally).toMatchObject({
    head: setting.headOf(),
    outcome: { status: 'open' },
    counts: { for: 0, against: 1, abstain: 0 },
  })
  const of = (voter: string) => tally.ballots.find((ballot) => ballot.voter === voter)
  expect(of('bob')).toMatchObject({ isStale: true })
  expect(of('cat')).toMatchObject({
    isStale: false,
    isCarried: true,
    reason: 'it breaks the build',
  })
  expect(of('eve')).toMatchObject({ isStale: true })
  // Only its author lifts it, whatever the head.
  await setting.vote('cat', 'withdrawn', { head: '0'.repeat(40) })
  expect((await setting.read()).counts).toMatchObject({ for: 0, against: 0 })
})

test('a new content has a vote and a clock of its own, with the same people', async () => {
  const before = await setting.read()
  setting.pass(setting.seconds.day)
  code().push(1, { 'src/new-1.js': 'changed()\n' })
  await setting.look()
  const after = await setting.read()
  expect(after.id).not.toBe(before.id)
  expect(after.openedAt).toBeGreaterThanOrEqual(before.openedAt + 86_400_000)
  expect(after.electorate).toEqual(before.electorate)
  // The server may be looking at the same time as this test, which nobody but a test does: then the old
  // commit has two checks, of which one stays unfinished. None lets it through.
  const old = code().checks.filter(({ head }) => head === before.head)
  expect(old.map(({ conclusion }) => conclusion)).toContain('cancelled')
  expect(old.filter(({ conclusion }) => conclusion !== 'cancelled' && conclusion !== null)).toEqual(
    [],
  )
})

test('a push in the last second before the end neither merges nor turns the new head green', async () => {
  await setting.vote('bob', 'for')
  await setting.vote('cat', 'for')
  setting.pass(2 * setting.seconds.day - 2)
  const old = setting.headOf()
  code().push(1, { 'src/evil.js': 'steal()\n' })
  setting.pass(3)
  await setting.look()
  const tally = await setting.until(({ head }) => head === setting.headOf())
  expect(code().merges).toEqual([])
  expect(tally).toMatchObject({ outcome: { status: 'open' }, counts: { for: 0 } })
  const green = code().checks.filter(({ conclusion }) => conclusion === 'success')
  expect(green.every(({ head }) => head === old)).toBe(true)
})

test('a push between the decision and the merge is not merged, and is voted on', async () => {
  setting.forge.meddle = (request, when) => {
    if (request === 'PUT /pulls/1/merge' && when === 'before') {
      setting.forge.meddle = () => undefined
      code().push(1, { 'src/evil.js': 'steal()\n' })
    }
    return undefined
  }
  const old = setting.headOf()
  for (const login of ['bob', 'cat', 'dan']) await setting.vote(login, 'for')
  const tally = await setting.until(({ head }) => head !== old)
  expect(code().merges).toEqual([])
  expect(tally).toMatchObject({ outcome: { status: 'open' }, counts: { for: 0 } })
})

test('a rebase and a squash with identical content keep support, and need somebody who saw them', async () => {
  await setting.vote('bob', 'for')
  await setting.vote('cat', 'for')
  const id = (await setting.read()).id
  // Rebased: the base branch has moved on elsewhere.
  code().commitTo('main', { 'src/other.js': 'another()\n' })
  const rebased = code().git.rebase(setting.headOf(), code().branches.get('main') ?? '')
  code().force(1, rebased ?? '')
  await setting.look()
  expect(await setting.read()).toMatchObject({
    id,
    head: rebased,
    counts: { for: 2, neededFor: 0 },
    missing: ['somebody in favour of exactly this commit', '2 of 4 members may still vote'],
  })
  // Two commits that come to the same are squashed into one.
  code().push(1, { 'src/two.js': 'two()\n' })
  await setting.look()
  await setting.vote('bob', 'for')
  const squashed = code().git.commit(
    [code().git.mergeBase(setting.headOf(), code().branches.get('main') ?? '')],
    { 'src/new-1.js': 'added(1)\n', 'src/two.js': 'two()\n' },
    'Both',
  )
  code().force(1, squashed)
  await setting.look()
  expect(await setting.read()).toMatchObject({ head: squashed, counts: { for: 1 } })
  for (const login of ['cat', 'dan']) await setting.vote(login, 'for')
  await setting.until(({ merge }) => merge.state === 'done')
  expect(code().merges).toMatchObject([{ head: squashed }])
})

test('the same tree on another base is another content when it takes something back', async () => {
  await setting.vote('bob', 'for')
  await setting.vote('cat', 'for')
  const tip = code().commitTo('main', { 'src/main.js': 'a fix of a hole\n' })
  // The head's tree as it was, on the new base: merging it would open the hole again.
  const old = code().git.blob(code().git.entryAt(setting.headOf(), 'src/main.js')?.sha ?? '')
  const reverting = code().git.commit(
    [tip],
    { 'src/new-1.js': 'added(1)\n', 'src/main.js': old.toString() },
    'As before',
  )
  expect(code().git.treeOf(reverting)).toBe(code().git.treeOf(setting.headOf()))
  code().force(1, reverting)
  await setting.look()
  expect((await setting.read()).counts).toMatchObject({ for: 0 })
})

test('a change of a file’s mode, and only of that, is another content', async () => {
  await setting.vote('bob', 'for')
  code().push(1, { 'src/new-1.js': { executable: 'added(1)\n' } })
  await setting.look()
  expect((await setting.read()).counts).toMatchObject({ for: 0 })
})

test('the pin is ours: a ballot says what its voter saw, and nothing else moves it', async () => {
  const seen = setting.headOf()
  code().push(1, { 'src/new-1.js': 'changed()\n' })
  await setting.look()
  const late = await setting.vote('bob', 'for', { head: seen })
  expect(late.status).toBe(409)
  expect(late.body).toMatchObject({ type: '/problems/other-head' })
  // GitHub binding a review to the new head is a delivery about the pull request, and changes no ballot.
  await setting.vote('cat', 'for')
  await setting.deliver(1, 'synchronize')
  await setting.look()
  const { ballots } = await setting.read()
  expect(ballots).toMatchObject([{ voter: 'cat', head: setting.headOf(), isStale: false }])
})

test('back to a head that was voted on, its ballots speak of it again', async () => {
  await setting.vote('bob', 'for')
  const first = setting.headOf()
  code().push(1, { 'src/new-1.js': 'changed()\n' })
  await setting.look()
  expect((await setting.read()).counts).toMatchObject({ for: 0 })
  code().force(1, first)
  await setting.look()
  expect((await setting.read()).counts).toMatchObject({ for: 1 })
})
