import { expect, test } from 'vitest'
import * as v from 'valibot'
import { accountFacts, commitFacts } from './facts.ts'
import { CommitSchema } from './schemas.ts'

const commit = (over: object) =>
  v.parse(CommitSchema, {
    sha: 'a'.repeat(40),
    commit: { committer: { date: '2026-11-01T00:00:00Z' } },
    author: { id: 9, login: 'ada', type: 'User' },
    parents: [{}],
    ...over,
  })

test.for<[name: string, over: object, login: string | undefined]>([
  ['of a person is theirs', {}, 'ada'],
  ['of an address that no account has is nobody’s', { author: null }, undefined],
  ['the same, as GitHub says it too', { author: {} }, undefined],
  ['of who has left is nobody’s', { author: { id: 10_137, login: 'ghost' } }, undefined],
  ['that merges is no work', { parents: [{}, {}] }, undefined],
  ['without a committer has no time', { commit: { committer: null } }, undefined],
])('a commit %s', ([, over, login]) => {
  expect(commitFacts(commit(over))?.account.login).toBe(login)
})

test.for<[login: string, type: string | undefined, isBot: boolean]>([
  ['ada', 'User', false],
  ['ada', undefined, false],
  ['dependabot[bot]', 'Bot', true],
  ['dependabot[bot]', undefined, true],
  ['copilot', 'Bot', true],
  ['moot', 'Organization', true],
  ['imported', 'Mannequin', true],
])('%s of type %s', ([login, type, isBot]) => {
  expect(accountFacts({ id: 9, login, type }).isBot).toBe(isBot)
})
