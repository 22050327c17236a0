/** Gate 14: a GitHub that is away, slow, or says no: told, tried again where that is safe, never merged wrongly. */
import { afterEach, expect, test } from 'vitest'
import { jsonReply } from '../forge/reply.ts'
import { CUT } from '../forge/code/merging-rest.ts'
import { QUICK, type Setting, startSetting } from './setting.ts'

let setting: Setting

afterEach(() => setting.close())

const MERGE = 'PUT /pulls/1/merge'

async function passed(options: Parameters<typeof startSetting>[0] = {}) {
  setting = await startSetting(options)
  await setting.open('bob')
}

async function carry() {
  for (const login of ['bob', 'cat', 'dan']) await setting.vote(login, 'for')
}

/** Answers the first so many requests of a name in this way. */
function failing(
  name: string,
  times: number,
  reply: ReturnType<typeof jsonReply>,
  when = 'before',
) {
  let left = times
  setting.forge.meddle = (request, at) =>
    request === name && at === when && left-- > 0 ? reply : undefined
}

const says = (status: number, message: string, headers = {}) => {
  const reply = jsonReply({ message }, status)
  return { ...reply, headers: { ...reply.headers, ...headers } }
}

test.each<[string, ReturnType<typeof jsonReply>]>([
  ['is away', CUT],
  ['has a problem of its own', says(502, 'Bad gateway')],
  [
    'wants to be left alone for a second',
    says(403, 'secondary rate limit', { 'retry-after': '1' }),
  ],
])('GitHub %s when it is to merge: it is merged once, later', async (_, reply) => {
  await passed()
  failing(MERGE, 1, reply)
  await carry()
  await setting.until(({ merge }) => merge.state === 'done')
  expect(setting.forge.code.merges).toHaveLength(1)
})

test('the answer to a merge that happened is lost: it is found, and not done twice', async () => {
  await passed()
  failing(MERGE, 1, CUT, 'after')
  await carry()
  const { merge, history } = await setting.until((tally) => tally.merge.state === 'done')
  expect(merge.sha).toBe(setting.forge.code.merges[0]?.sha)
  expect(setting.forge.code.merges).toHaveLength(1)
  expect(history.filter(({ kind }) => kind === 'merged')).toHaveLength(1)
  expect(setting.forge.asked.filter((request) => request === MERGE)).toHaveLength(1)
})

test.each<[string, ReturnType<typeof jsonReply>, string]>([
  [
    'not mergeable',
    says(405, 'Pull Request is not mergeable'),
    '(405): Pull Request is not mergeable',
  ],
  [
    'no right',
    says(403, 'Resource not accessible by integration'),
    '(403): Resource not accessible',
  ],
  ['not valid', says(422, 'Validation Failed'), '(422): Validation Failed'],
])('GitHub says %s: the page says so, and it is merged once it goes', async (_, reply, words) => {
  await passed()
  failing(MERGE, Infinity, reply)
  await carry()
  await setting.until(({ merge }) => merge.note?.includes(words) === true)
  expect(setting.forge.code.merges).toEqual([])
  setting.forge.meddle = () => undefined
  setting.pass(10)
  await setting.until(({ merge }) => merge.state === 'done')
})

test.each<[string, (s: Setting) => void, (s: Setting) => void, string]>([
  [
    'a draft',
    (s) => Object.assign(s.subjectOf(), { draft: true }),
    (s) => Object.assign(s.subjectOf(), { draft: false }),
    'It is a draft.',
  ],
  [
    'in conflict with its base',
    (s) => s.forge.code.commitTo('main', { 'src/new-1.js': 'mine()\n' }),
    (s) => s.forge.code.commitTo('main', { 'src/new-1.js': null }),
    'It conflicts with the base branch.',
  ],
  [
    'without a check that the branch wants',
    (s) => Object.assign(s.forge.code.settings, { requiredCheck: 'tests' }),
    (s) => Object.assign(s.forge.code.settings, { requiredCheck: 'Forgemoot' }),
    'GitHub’s rules for the branch are not met yet: a check or a review is missing.',
  ],
  [
    'part of a stack',
    (s) => Object.assign(s.forge.code.of(1), { isStacked: true }),
    (s) => Object.assign(s.forge.code.of(1), { isStacked: false }),
    'It is part of a stack, which would be merged with it: that is for people to do.',
  ],
])('%s: nothing is forced, and it is merged once that is over', async (_, begin, end, words) => {
  await passed()
  begin(setting)
  await carry()
  await setting.until(({ merge }) => merge.note === words)
  expect(setting.forge.code.merges).toEqual([])
  expect(setting.forge.asked).not.toContain(MERGE)
  end(setting)
  setting.pass(10)
  await setting.until(({ merge }) => merge.state === 'done')
})

test('what cannot be merged in time lapses, and says what stood against it', async () => {
  await passed()
  Object.assign(setting.subjectOf(), { draft: true })
  await carry()
  await setting.until(({ merge }) => merge.note === 'It is a draft.')
  setting.pass(2 * setting.seconds.day + setting.seconds.hour)
  const { merge } = await setting.until((tally) => tally.merge.state === 'lapsed')
  expect(merge.note).toContain('It is a draft.')
  Object.assign(setting.subjectOf(), { draft: false })
  await setting.look()
  expect(setting.forge.code.merges).toEqual([])
  // It can be voted on again as it is, and by whom it was: what was said for it then was for then.
  const lapsed = await setting.read()
  expect((await setting.open('bob')).status).toBe(201)
  const again = await setting.read()
  expect(again.id).not.toBe(lapsed.id)
  expect(again).toMatchObject({ outcome: { status: 'open' }, counts: { for: 0 } })
  await carry()
  await setting.until((tally) => tally.merge.state === 'done')
})

test('GitHub falls silent between a pass that lapses and the vote in its place: there is one all the same', async () => {
  await passed()
  const lines = setting.forge.code.git
    .blob(setting.forge.code.git.entryAt(setting.headOf(), 'src/main.js')?.sha ?? '')
    .toString()
  setting.forge.code.push(1, { 'src/main.js': lines.replace('line(3)', 'changed()') })
  await setting.look()
  setting.forge.code.commitTo('main', { 'src/main.js': null, 'src/moved.js': lines })
  const before = await setting.read()
  failing('GET /contents/.github/forgemoot.yml', 1, CUT)
  await carry()
  const tally = await setting.until(({ id }) => id !== before.id)
  expect(tally).toMatchObject({ head: before.head, outcome: { status: 'open' } })
  expect(setting.forge.code.merges).toEqual([])
})

test('rules that cannot be read leave a lapsed pass to people, who open the vote once they can', async () => {
  await passed()
  const lines = setting.forge.code.git
    .blob(setting.forge.code.git.entryAt(setting.headOf(), 'src/main.js')?.sha ?? '')
    .toString()
  setting.forge.code.push(1, { 'src/main.js': lines.replace('line(3)', 'changed()') })
  await setting.look()
  setting.forge.code.commitTo('main', {
    'src/main.js': null,
    'src/moved.js': lines,
    '.github/forgemoot.yml': 'nonsense',
  })
  await carry()
  await setting.until(({ merge }) => merge.state === 'lapsed')
  setting.forge.code.commitTo('main', { '.github/forgemoot.yml': QUICK })
  expect((await setting.open('bob')).status).toBe(201)
  expect((await setting.read()).outcome.status).toBe('open')
})

test('where GitHub merges in its own time, that is waited for', async () => {
  await passed()
  setting.forge.code.settings.mergeAsync = 700
  await carry()
  await setting.until(({ merge }) => merge.state === 'done')
  expect(setting.forge.asked).toContain('PUT /pulls/1/merge-async')
  expect(setting.forge.code.merges).toHaveLength(1)
})

test('a merge queue is waited for, and told', async () => {
  await passed()
  Object.assign(setting.forge.code.settings, { mergeAsync: 0, queue: true })
  await carry()
  await setting.until(({ merge }) => merge.note === 'It is in the merge queue.')
  setting.forge.code.merge(1, {}, setting.forge.accountOf('forgemoot'))
  setting.pass(10)
  await setting.until(({ merge }) => merge.state === 'done')
})

test('a GitHub that takes no checks from us holds no merge up, and the page says so', async () => {
  setting = await startSetting()
  // Before there is a vote: the first check may be there as soon as that is.
  setting.forge.meddle = (request) =>
    request === 'POST /check-runs' ? says(403, 'Resource not accessible') : undefined
  await setting.open('bob')
  await setting.vote('bob', 'for')
  await setting.until(({ problem }) => problem?.includes('/setup') === true)
  await setting.vote('cat', 'for')
  await setting.vote('dan', 'for')
  await setting.until(({ merge }) => merge.state === 'done')
})

test('a GitHub that does not answer holds no decision up', async () => {
  await passed()
  setting.forge.meddle = () => CUT
  await carry()
  const tally = await setting.until(({ problem }) => problem !== null)
  expect(tally).toMatchObject({
    outcome: { status: 'passed' },
    problem: 'GitHub cannot be reached.',
    merge: { state: 'wanted' },
  })
  setting.forge.meddle = () => undefined
  setting.pass(10)
  await setting.until(({ merge }) => merge.state === 'done')
})

test('what people write does not become markup in what GitHub is told', async () => {
  await passed({ constitution: QUICK.replace('inFavour: 2', 'inFavour: 4') })
  await setting.vote('bob', 'for', {
    reason: '<img src=x onerror=alert(1)> | [a](javascript:x) @everyone #1\n# big',
  })
  await setting.until(() =>
    setting.forge.code.checks.some(({ summary }) => summary.includes('bob')),
  )
  const { summary } = setting.forge.code.checks.at(-1) ?? { summary: '' }
  const line = summary.split('\n').find((each) => each.includes('bob')) ?? ''
  expect(line.replaceAll(/&#\d+;/g, '')).not.toMatch(/[<>[\]@#`]/)
  expect(line.split('|')).toHaveLength(5)
})
