/**
 * Ways to have code merged that the contributors did not approve. Each was tried for real; each is one that
 * worked on some system, or on this one before its test was written.
 */
import { randomUUID } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { QUICK, REPO, type Setting, startSetting } from './setting.ts'

let setting: Setting

afterEach(() => setting.close())

const code = () => setting.forge.code

/** Two in favour merge; what is below `.github/workflows` or `src/secret` takes all four. */
const GUARDED = `version: 1
vote: { threshold: '> 1/2', inFavour: 2, minPeriod: 0 minutes, maxPeriod: 2 days, earlyFail: false }
protected:
  - { paths: [.github/workflows, src/secret], inFavour: 4, earlyPass: false }
pass: { action: merge, method: merge }
`

async function approve(logins = ['bob', 'cat', 'dan'], number = 1) {
  for (const login of logins) await setting.vote(login, 'for', { number })
}

const mergedAs = (file: string, branch = 'main') => {
  const { git, branches } = code()
  const entry = git.entryAt(branches.get(branch) ?? '', file)
  return entry && git.blob(entry.sha).toString()
}

test('approved for one branch, then pointed at another: that is voted on anew', async () => {
  setting = await startSetting()
  // What is on `dev` was never voted on for `main`; the pull request comes on top of it.
  code().branches.set('dev', code().branches.get('main') ?? '')
  code().commitTo('dev', { 'src/backdoor.js': 'open()\n' })
  code().of(1).baseRef = 'dev'
  code().push(1, { 'src/new-1.js': 'added(1)\n' }, { on: code().branches.get('dev') ?? '' })
  await setting.open('bob')
  await approve(['bob', 'cat'])
  code().of(1).baseRef = 'main'
  await setting.look()
  const tally = await setting.read()
  expect(tally).toMatchObject({ baseRef: 'main', outcome: { status: 'open' }, counts: { for: 0 } })
  expect(tally.ballots.every(({ isStale }) => isStale)).toBe(true)
  await setting.vote('dan', 'for')
  await setting.look()
  expect(code().merges).toEqual([])
})

test('rules of another branch do not bring those whom they let vote along', async () => {
  setting = await startSetting({ constitution: `${QUICK}maintainers: [cat]\n` })
  code().branches.set('dev', code().branches.get('main') ?? '')
  const mine =
    'contributors: { include: [mallory], exclude: [bob, cat, dan] }\nmaintainers: [mallory]\n'
  code().commitTo('dev', { '.github/forgemoot.yml': `${QUICK}${mine}` })
  code().of(1).baseRef = 'dev'
  expect((await setting.open('eve')).status).toBe(201)
  expect((await setting.vote('mallory', 'for')).status).toBe(200)
  code().of(1).baseRef = 'main'
  await setting.look()
  const { baseRef, electorate } = await setting.read()
  expect({ baseRef, size: electorate.size }).toEqual({ baseRef: 'main', size: 4 })
  expect((await setting.vote('mallory', 'for')).status).toBe(403)
  const db = setting.db()
  const { rows } = await db.execute(
    `SELECT account_id FROM electors WHERE is_maintainer
      AND tally_id = (SELECT max(id) FROM tallies)`,
  )
  db.close()
  expect(rows.map((row) => row.account_id)).toEqual([setting.forge.accountOf('cat').id])
})

test('a branch cut from the one that is meant, and deleted after the vote, is no other name of it', async () => {
  setting = await startSetting({ constitution: QUICK.replace('action: merge', 'action: check') })
  code().branches.set('sandbox', code().branches.get('main') ?? '')
  code().of(1).baseRef = 'sandbox'
  await setting.open('bob')
  await setting.vote('bob', 'for')
  const before = await setting.read()
  code().of(1).baseRef = 'main'
  code().branches.delete('sandbox')
  await setting.look()
  const tally = await setting.read()
  expect(tally.id).not.toBe(before.id)
  expect(tally).toMatchObject({ baseRef: 'main', outcome: { status: 'open' }, counts: { for: 0 } })
})

test('nor is one that was deleted once it had passed: what it let through is not green for the other', async () => {
  setting = await startSetting({ constitution: QUICK.replace('action: merge', 'action: check') })
  code().settings.requiredCheck = 'Forgemoot'
  code().branches.set('sandbox', code().branches.get('main') ?? '')
  code().of(1).baseRef = 'sandbox'
  await setting.open('bob')
  await approve()
  await setting.until(({ outcome }) => outcome.status === 'passed')
  await setting.look()
  code().of(1).baseRef = 'main'
  code().branches.delete('sandbox')
  await setting.look()
  const pressed = code().merge(1, {}, setting.forge.accountOf('ada'))
  expect(pressed).toMatchObject({ status: 'refused', code: 405 })
})

test('where support survives a push, it does not survive another branch', async () => {
  const rules = `${QUICK.replace('2 days }', '2 days, supportOnPush: keep }')}`
  setting = await startSetting({ constitution: rules })
  code().branches.set('dev', code().branches.get('main') ?? '')
  code().of(1).baseRef = 'dev'
  await setting.open('bob')
  await approve(['bob', 'cat'])
  await setting.vote('eve', 'against', { reason: 'no tests' })
  code().push(1, { 'src/new-1.js': 'changed()\n' })
  await setting.look()
  expect((await setting.read()).counts).toMatchObject({ for: 2, against: 1 })
  code().of(1).baseRef = 'main'
  await setting.look()
  const { baseRef, counts } = await setting.read()
  expect(baseRef).toBe('main')
  expect(counts).toMatchObject({ for: 0, against: 1 })
  await setting.vote('dan', 'for')
  await setting.look()
  expect(code().merges).toEqual([])
})

test('pointed at another branch while it is being merged: it is not merged there', async () => {
  setting = await startSetting()
  code().branches.set('stable', code().branches.get('main') ?? '')
  await setting.open('bob')
  setting.forge.meddle = (request, when) => {
    // The forge is told first that it passed. Whoever waits for that has time to do something.
    const isTold = request.startsWith('PATCH /check-runs') && when === 'after'
    if (isTold && code().checks.at(-1)?.conclusion === 'success') code().of(1).baseRef = 'stable'
    return undefined
  }
  await approve()
  await setting.until(({ baseRef }) => baseRef === 'stable')
  await setting.look()
  expect(code().merges).toEqual([])
})

test('a protected file is reached from an old base, under the name that it had there', async () => {
  setting = await startSetting({ constitution: GUARDED })
  // Since the pull request began, main has moved the file to where it is protected. Git follows that.
  const lines = mergedAs('src/main.js') ?? ''
  code().push(1, { 'src/main.js': lines.replace('line(3)', 'steal()') })
  code().commitTo('main', { 'src/main.js': null, 'src/secret/main.js': lines })
  await setting.open('bob')
  expect((await setting.read()).rule.minFor).toBe(4)
  await approve()
  await setting.look()
  expect(mergedAs('src/secret/main.js')).toBe(lines)
})

test('the same when main moves it only while the vote is on', async () => {
  setting = await startSetting({ constitution: GUARDED })
  const lines = mergedAs('src/main.js') ?? ''
  code().push(1, { 'src/main.js': lines.replace('line(3)', 'steal()') })
  await setting.open('bob')
  expect((await setting.read()).rule.minFor).toBe(2)
  code().commitTo('main', { 'src/main.js': null, 'src/secret/main.js': lines })
  await approve()
  await setting.until(({ rule }) => rule.minFor === 4)
  await setting.look()
  expect(mergedAs('src/secret/main.js')).toBe(lines)
  expect(code().merges).toEqual([])
})

/** While the vote is on, main moves what the pull request changes to where it is protected. */
async function moving() {
  setting = await startSetting({ constitution: GUARDED })
  const lines = mergedAs('src/main.js') ?? ''
  code().push(1, { 'src/main.js': lines.replace('line(3)', 'steal()') })
  await setting.open('bob')
  return () => code().commitTo('main', { 'src/main.js': null, 'src/secret/main.js': lines })
}

const greens = () => code().checks.filter(({ conclusion }) => conclusion === 'success')

test('the same when GitHub does not know yet, and then waits for us: nothing is green unseen', async () => {
  const move = await moving()
  Object.assign(code().settings, { trial: 'under way', requiredCheck: 'Forgemoot' })
  move()
  let wasGreen = false
  setting.forge.meddle = () => {
    wasGreen ||= greens().length > 0
    return undefined
  }
  await approve()
  await setting.until(({ merge }) => merge.note?.includes('still working out') === true)
  code().settings.trial = 'at once'
  setting.pass(10)
  await setting.until(({ rule }) => rule.minFor === 4)
  await setting.look()
  expect(wasGreen).toBe(false)
})

test('the same while it is closed: it is not green when it is opened again', async () => {
  const move = await moving()
  code().settings.requiredCheck = 'Forgemoot'
  Object.assign(setting.subjectOf(), { state: 'closed' })
  await approve()
  await setting.until(({ merge }) => merge.note === 'It is closed.')
  move()
  Object.assign(setting.subjectOf(), { state: 'open' })
  expect(code().merge(1, {}, setting.forge.accountOf('ada'))).toMatchObject({ code: 405 })
  await setting.deliver(1, 'reopened')
  await setting.until(({ rule }) => rule.minFor === 4)
  expect(greens()).toEqual([])
})

test('the same when it passes in the midst of a look that began before', async () => {
  const move = await moving()
  await setting.look()
  move()
  let step = 0
  setting.forge.meddle = async (request, when) => {
    if (step === 0 && request === 'GET /pulls/1' && when === 'after') {
      step++
      await approve(['bob'])
    } else if (step === 1 && request.startsWith('PATCH /check-runs') && when === 'after') {
      step++
      await approve(['cat', 'dan'])
    }
    return undefined
  }
  await setting.look()
  await setting.until(({ rule }) => rule.minFor === 4)
  expect(step).toBe(2)
  expect(code().merges).toEqual([])
})

test('what GitHub never tries is not waited for longer than the vote might have lasted', async () => {
  setting = await startSetting({ constitution: GUARDED })
  await setting.open('bob')
  await setting.look()
  code().settings.trial = 'late'
  code().commitTo('main', { 'src/other.js': 'other()\n' })
  await approve()
  await setting.until(({ merge }) => merge.note?.includes('still working out') === true)
  setting.pass(3 * setting.seconds.day)
  await setting.until(({ merge }) => merge.state === 'lapsed')
  expect(greens()).toEqual([])
  expect(code().merges).toEqual([])
})

test('a protected link that came after the pull request began still protects what it leads to', async () => {
  setting = await startSetting({ constitution: GUARDED })
  code().push(1, { 'ci/real.yml': 'steal\n' })
  code().commitTo('main', { '.github/workflows/real.yml': { link: '../../ci/real.yml' } })
  await setting.open('bob')
  expect((await setting.read()).rule.minFor).toBe(4)
})

test('a merge that quietly undoes what main has since then shows, although no comparison has it', async () => {
  setting = await startSetting({ constitution: GUARDED, files: { 'src/secret/key.js': 'weak\n' } })
  const { git, branches } = code()
  const begin = branches.get('main') ?? ''
  // Two histories that cross: the fix is on main; the branch has it in its past, and not in its tree.
  const fix = git.commit([begin], { 'src/secret/key.js': 'strong\n' }, 'A fix')
  const feature = git.commit([begin], { 'src/feature.js': 'f()\n' }, 'A feature')
  const main = git.commit([fix, feature], { 'src/feature.js': 'f()\n' }, 'Merge the feature')
  branches.set('main', main)
  const head = git.commit(
    [feature, fix],
    { 'src/new-1.js': 'added(1)\n' },
    'Merge, undoing the fix',
  )
  code().force(1, head)
  expect(git.mergeBase(main, head)).toBe(feature)
  await setting.open('bob')
  expect((await setting.read()).rule.minFor).toBe(4)
  await approve()
  await setting.look()
  expect(mergedAs('src/secret/key.js')).toBe('strong\n')
})

test('the check of a vote that a push ended lets nothing through when the head goes back', async () => {
  setting = await startSetting({ constitution: QUICK.replace('action: merge', 'action: check') })
  code().settings.requiredCheck = 'Forgemoot'
  await setting.open('bob')
  await setting.look()
  const first = setting.headOf()
  code().push(1, { 'src/new-1.js': 'changed()\n' })
  await setting.look()
  code().force(1, first)
  // Somebody who may press the button does so before we hear of it.
  const pressed = code().merge(1, {}, setting.forge.accountOf('ada'))
  expect(pressed).toMatchObject({ status: 'refused', code: 405 })
})

test('an author who ends the vote does not turn the check of it green', async () => {
  const rules = QUICK.replace('action: merge', 'action: check')
  setting = await startSetting({ constitution: `${rules}cancel: author\n` })
  code().settings.requiredCheck = 'Forgemoot'
  await setting.open('bob')
  await setting.look()
  expect((await setting.cancel('ada', 'never mind')).status).toBe(200)
  await setting.look()
  const pressed = code().merge(1, {}, setting.forge.accountOf('ada'))
  expect(pressed).toMatchObject({ status: 'refused', code: 405 })
})

test('what passed for one branch is not green for another, by another pull request of the same commit', async () => {
  setting = await startSetting({ constitution: QUICK.replace('action: merge', 'action: check') })
  code().settings.requiredCheck = 'Forgemoot'
  code().branches.set('dev', code().branches.get('main') ?? '')
  code().of(1).baseRef = 'dev'
  code().force(2, setting.headOf(1))
  await setting.open('bob', 1)
  await approve()
  await setting.until(({ outcome }) => outcome.status === 'passed')
  await setting.look()
  const pressed = code().merge(2, {}, setting.forge.accountOf('ada'))
  expect(pressed).toMatchObject({ status: 'refused', code: 405 })
})

test('a merge that somebody else asked for, of whatever is there, is not taken for ours', async () => {
  setting = await startSetting()
  code().settings.mergeAsync = 300
  await setting.open('bob')
  const voted = setting.headOf()
  setting.forge.meddle = (request, when) => {
    if (request !== 'PUT /pulls/1/merge-async' || when !== 'before') return undefined
    setting.forge.meddle = () => undefined
    // Theirs is under way, without a head; the code is swapped before it is done.
    code().jobs.set('1-theirs', { status: 'pending' })
    setTimeout(() => {
      code().push(1, { 'src/evil.js': 'steal()\n' })
      const done = code().merge(1, {}, setting.forge.accountOf('dan'))
      code().jobs.set('1-theirs', { ...done, status: 'merged' } as never)
    }, 200)
    return undefined
  }
  await approve()
  const tally = await setting.until(({ merge }) => merge.state === 'done')
  expect(setting.headOf()).not.toBe(voted)
  expect(tally.history[0]).toMatchObject({ kind: 'overridden', by: 'dan' })
})

test('rules of another branch do not make a squatter of an old login a maintainer', async () => {
  setting = await startSetting({ constitution: `${QUICK}maintainers: [cat]\n` })
  await setting.open('bob', 1)
  const { world, accountOf } = setting.forge
  accountOf('cat').login = 'cat-renamed'
  world.accounts.push({ login: 'cat', id: 3_999_999 })
  // A branch whose rules do not name her is voted on in between.
  code().branches.set('dev', code().branches.get('main') ?? '')
  code().commitTo('dev', { '.github/forgemoot.yml': QUICK })
  code().of(2).baseRef = 'dev'
  await setting.open('bob', 2)
  await setting.open('bob', 3)
  const db = setting.db()
  const { rows } = await db.execute(
    'SELECT account_id FROM electors WHERE is_maintainer ORDER BY 1',
  )
  db.close()
  expect(new Set(rows.map((row) => row.account_id))).toEqual(new Set([3_000_003]))
})

test('a vote cast for others in the last hour puts the end off like any other', async () => {
  setting = await startSetting({
    constitution: QUICK.replace(
      'minPeriod: 0 minutes',
      'minPeriod: 0 minutes, earlyPass: false, earlyFail: false, delegation: true',
    ),
  })
  await setting.open('bob')
  await setting.vote('bob', 'for')
  const { endsAt } = await setting.read()
  setting.pass(2 * setting.seconds.day - setting.seconds.hour)
  const token = await setting.tokenOf('cat')
  const body = { id: randomUUID(), repo: REPO, to: 'bob' }
  expect((await setting.server.ask('/v1/delegations', { token, body })).status).toBe(200)
  const tally = await setting.read()
  expect(tally.counts).toMatchObject({ for: 2 })
  expect(tally.endsAt).toBe(endsAt + (2 * 86_400_000) / 10)
})

test('a clock that is put back forgets no veto and loses no ballot', async () => {
  setting = await startSetting({ constitution: `${QUICK}maintainers: [eve]\n` })
  setting.pass(setting.seconds.hour)
  await setting.open('bob')
  await setting.vote('eve', 'against', { reason: 'it leaks' })
  setting.pass(-setting.seconds.hour)
  await approve()
  const tally = await setting.read()
  expect(tally).toMatchObject({
    outcome: { status: 'open', reason: 'veto' },
    counts: { for: 3, against: 1 },
    vetoes: ['eve'],
  })
  expect(code().merges).toEqual([])
})
