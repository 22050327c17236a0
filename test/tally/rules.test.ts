/** Gate 8: whose rules, and what they protect. */
import { afterEach, expect, test } from 'vitest'
import { type Setting, startSetting } from './setting.ts'

let setting: Setting

afterEach(() => setting.close())

const RULES = `version: 1
vote: { threshold: '> 1/2', inFavour: 1, minPeriod: 0 minutes, maxPeriod: 2 days }
protected:
  - { paths: [.github/workflows, src/secret], threshold: at least 3/4, inFavour: 3 }
pass: { action: merge, method: merge }
`

const HIGH = { threshold: { num: 3, den: 4, strict: false }, minFor: 3 }
const LOW = { threshold: { num: 1, den: 2, strict: true }, minFor: 1 }

const code = () => setting.forge.code

async function ruleAfter(push: () => void) {
  push()
  const opened = await setting.open('bob')
  expect(opened.status, JSON.stringify(opened.body)).toBe(201)
  return (await setting.read()).rule
}

test('a pull request that lowers its own bar is judged by the rules in force, at their highest', async () => {
  setting = await startSetting({ constitution: RULES })
  const lax = RULES.replace('inFavour: 1,', 'inFavour: 1, veto: false,').replace(
    'inFavour: 3',
    'inFavour: 1',
  )
  const rule = await ruleAfter(() => code().push(1, { '.github/forgemoot.yml': lax }))
  expect(rule).toMatchObject(HIGH)
})

test('rules come from the tip of the base branch, also for a branch that began before they did', async () => {
  setting = await startSetting({ constitution: null })
  expect((await setting.open('bob')).body).toMatchObject({ type: '/problems/no-constitution' })
  code().commitTo('main', { '.github/forgemoot.yml': RULES })
  const rule = await ruleAfter(() => {})
  expect(rule).toMatchObject(LOW)
})

test('rules that do not parse are refused with line and column, and nothing is opened', async () => {
  setting = await startSetting({ constitution: 'version: 1\nvote: { threshold: 1/3 }\n' })
  const { status, body } = await setting.open('bob')
  expect(status).toBe(409)
  expect(body).toMatchObject({ type: '/problems/constitution-invalid' })
  expect(JSON.stringify(body)).toContain('line 2, column 20')
})

test('rules that break while a vote is open end it when the code changes, and merge nothing', async () => {
  setting = await startSetting({ constitution: RULES })
  await setting.open('bob')
  code().commitTo('main', { '.github/forgemoot.yml': 'nonsense' })
  code().push(1, { 'src/new-1.js': 'changed()\n' })
  await setting.look()
  expect(await setting.read()).toMatchObject({ outcome: { status: 'superseded' } })
  expect(code().merges).toEqual([])
})

test('another base branch has other rules: the vote goes on under those', async () => {
  setting = await startSetting({ constitution: RULES })
  await setting.open('bob')
  expect((await setting.read()).rule).toMatchObject(LOW)
  const strict = RULES.replace('inFavour: 1,', 'inFavour: 4,')
  code().branches.set('stable', code().branches.get('main') ?? '')
  code().commitTo('stable', { '.github/forgemoot.yml': strict })
  code().of(1).baseRef = 'stable'
  await setting.look()
  const tally = await setting.read()
  expect(tally).toMatchObject({ baseRef: 'stable', rule: { minFor: 4 } })
})

test.each<[string, Parameters<Setting['forge']['code']['push']>[1], object]>([
  ['nothing protected', { 'src/free.js': '1\n' }, LOW],
  ['a file below a protected path', { '.github/workflows/ci.yml': 'x\n' }, HIGH],
  ['the same in other letters', { '.GitHub/Workflows/ci.yml': 'x\n' }, HIGH],
  [
    'a file moved out of a protected path',
    { 'src/secret/key.js': null, 'src/key.js': 'key\n' },
    HIGH,
  ],
  ['a link', { 'src/link.js': { link: '../anything' } }, HIGH],
  ['what a protected link leads to', { 'ci/real.yml': 'steal\n' }, HIGH],
  ['what a protected link of a folder leads to', { 'hidden/deep/a.js': 'steal\n' }, HIGH],
])('%s', async (_, edits, rule) => {
  setting = await startSetting({
    constitution: RULES,
    files: {
      'src/secret/key.js': 'key\n',
      '.github/workflows/real.yml': { link: '../../ci/real.yml' },
      'src/secret/more': { link: '../../hidden' },
      'hidden/deep/a.js': 'a\n',
    },
  })
  expect(await ruleAfter(() => code().push(1, edits))).toMatchObject(rule)
})
