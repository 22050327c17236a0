import { afterAll, beforeAll, expect, test } from 'vitest'
import { openReferee, type Referee } from './referee.ts'
import { startRestForge, type RestForge } from './rest.ts'

let forge: RestForge
let referee: Referee

beforeAll(async () => {
  referee = openReferee()
  forge = await startRestForge({ size: 300, commits: 60 })
}, 60_000)
afterAll(() => forge.close())

const ISSUES = '/repos/{owner}/{repo}/issues'

test.each([
  ['/repos/{owner}/{repo}', '/repos/moot/meadow', 200],
  [ISSUES, '/repos/moot/meadow/issues?state=all&per_page=100', 200],
  [ISSUES, '/repos/moot/meadow/issues?state=open&per_page=100&page=2', 200],
  [`${ISSUES}/{issue_number}`, '/repos/moot/meadow/issues/5', 200],
  [`${ISSUES}/{issue_number}`, '/repos/moot/meadow/issues/301', 404],
  [`${ISSUES}/{issue_number}`, '/repos/moot/was/issues/5', 301],
  ['/repos/{owner}/{repo}/pulls/{pull_number}', '/repos/moot/meadow/pulls/5', 200],
  ['/repos/{owner}/{repo}/pulls', '/repos/moot/meadow/pulls?state=closed&base=main', 200],
  ['/repos/{owner}/{repo}/commits', '/repos/moot/meadow/commits?per_page=100', 200],
  ['/repos/{owner}/{repo}/commits', '/repos/moot/bare/commits', 409],
  ['/repos/{owner}/{repo}', '/repos/moot/was', 301],
  ['/repos/{owner}/{repo}', '/repos/moot/nowhere', 404],
  ['/user', '/user', 200],
  ['/user', '/user', 401],
  ['/rate_limit', '/rate_limit', 200],
  ['/search/issues', '/search/issues?q=repo:moot/meadow', 200],
])('the stand-in answers %s (%s) with %i as GitHub describes it', async (path, asked, status) => {
  forge.world.moved?.set('moot/was', 880_003)
  forge.squat('moot/bare')
  const headers = status === 401 ? {} : { authorization: 'Bearer forge-token-ashdibble' }
  const response = await fetch(forge.url + asked, { headers, redirect: 'manual' })
  expect(response.status).toBe(status)
  expect(referee.misfits(path, status, await response.json())).toEqual([])
})

test('the referee sees what is wrong', async () => {
  const response = await fetch(`${forge.url}/repos/moot/meadow/issues/5`)
  const issue = (await response.json()) as Record<string, unknown>
  const path = `${ISSUES}/{issue_number}`
  expect(referee.misfits(path, 200, { ...issue, comments: '3' })).toEqual([
    '/comments must be integer',
  ])
  expect(referee.misfits(path, 200, { ...issue, closed_at: undefined })).not.toEqual([])
})
