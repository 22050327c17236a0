/** What the stand-in says about code, judged by GitHub's description of its API. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openReferee } from '../referee.ts'
import { type MergingForge, startMergingForge } from './merging-rest.ts'

const referee = openReferee()
let forge: MergingForge

beforeAll(async () => {
  forge = await startMergingForge({ contributors: ['ada', 'bob'], constitution: 'version: 1\n' })
})

afterAll(() => forge.close())

async function ask(method: string, path: string, body?: object) {
  const response = await fetch(`${forge.url}${path}`, {
    method,
    headers: { authorization: 'Bearer forge-token-ada' },
    ...(body && { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

const R = '/repos/{owner}/{repo}'
const repo = '/repos/moot/plot'
const headOf = (number: number) => forge.repository.subjects.get(number)?.headSha ?? ''
const tip = () => forge.code.branches.get('main') ?? ''

type Judged = [
  described: string,
  method: 'get' | 'put' | 'post' | 'patch',
  path: () => string,
  body?: () => object,
]

test.each<Judged>([
  [`${R}/git/ref/{ref}`, 'get', () => `${repo}/git/ref/heads/main`],
  [`${R}/contents/{path}`, 'get', () => `${repo}/contents/.github/forgemoot.yml?ref=${tip()}`],
  [`${R}/compare/{basehead}`, 'get', () => `${repo}/compare/${tip()}...${headOf(1)}`],
  [`${R}/git/trees/{tree_sha}`, 'get', () => `${repo}/git/trees/${headOf(1)}?recursive=1`],
  [
    `${R}/git/blobs/{file_sha}`,
    'get',
    () => `${repo}/git/blobs/${forge.code.git.entryAt(tip(), 'README.md')?.sha}`,
  ],
  [`${R}/pulls/{pull_number}`, 'get', () => `${repo}/pulls/1`],
  ['/users/{username}', 'get', () => '/users/ada'],
  [
    `${R}/check-runs`,
    'post',
    () => `${repo}/check-runs`,
    () => ({
      name: 'Forgemoot',
      head_sha: headOf(1),
      status: 'in_progress',
      output: { title: 't', summary: 's' },
    }),
  ],
  [
    `${R}/check-runs/{check_run_id}`,
    'patch',
    () => `${repo}/check-runs/${forge.code.checks[0]?.id}`,
    () => ({ status: 'completed', conclusion: 'success' }),
  ],
  [`${R}/commits/{ref}/check-runs`, 'get', () => `${repo}/commits/${headOf(1)}/check-runs`],
  [
    `${R}/pulls/{pull_number}/merge`,
    'put',
    () => `${repo}/pulls/1/merge`,
    () => ({ sha: headOf(1) }),
  ],
  [`${R}/pulls/{pull_number}`, 'get', () => `${repo}/pulls/1`], // merged by now
])('%s, %s', async (described, method, path, body) => {
  const answer = await ask(method.toUpperCase(), path(), body?.())
  expect(answer.status).toBeLessThan(300)
  expect(referee.misfits(described, answer.status, answer.body, method)).toEqual([])
})

test.each<[string, () => string, () => object, number]>([
  ['a head that moved', () => `${repo}/pulls/2/merge`, () => ({ sha: '1'.repeat(40) }), 409],
  ['what is merged already', () => `${repo}/pulls/1/merge`, () => ({}), 405],
])('%s is refused as GitHub does', async (_, path, body, status) => {
  const answer = await ask('PUT', path(), body())
  expect(answer.status).toBe(status)
  expect(referee.misfits(`${R}/pulls/{pull_number}/merge`, status, answer.body, 'put')).toEqual([])
})
