import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startForge, type Forge } from './forge.ts'
import { ask } from './request.ts'

const site = 'https://github.com'
const api = 'https://api.github.com'
const me = { authorization: 'Bearer forge-token-ashdibble' }
let forge: Forge

beforeAll(async () => {
  forge = await startForge()
}, 60_000)
afterAll(() => forge.close())
beforeEach(() => {
  forge.control.resetLimits()
  forge.control.resetRequests()
  forge.control.api({ down: false, failing: false, delay: 0, left: {}, reset: null })
  forge.control.signIn(null)
  forge.control.pullList('rails')
})

// Where a template breaks its lines says nothing.
const page = async (path: string, port = forge.port) =>
  (await ask(port, site + path)).body.replaceAll(/\s+/g, ' ')
const count = (text: string, part: RegExp) => [...text.matchAll(part)].length
const json = async (path: string, headers = {}) => {
  const reply = await ask(forge.port, api + path, headers)
  return { ...reply, json: JSON.parse(reply.body || 'null') }
}

test('the issue list is React: 25 rows in two wrappers with relative links', async () => {
  const body = await page('/moot/garden/issues')
  expect(body).toContain('<react-app app-name="issues-react"')
  expect(body).toContain('data-target="react-app.embeddedData"')
  expect(count(body, /data-testid="issue-pr-title-link"/g)).toBe(25)
  expect(body).toMatch(
    /<ul class="ListView-module__ul__\w+"[^>]*data-listview-component="items-list"[^>]*><div class="ListItems-module__listItem__\w+"><div class="IssueRow-module__row__\w+"><li id="\w+-list-view-node-\w+"/,
  )
  expect(body).toMatch(/href="\/moot\/garden\/issues\/\d+" data-testid="issue-pr-title-link"/)
  expect(body).toContain('PinnedIssues-module__area')
})

test('an issue list may hold pull requests, and a label page mixes both', async () => {
  const pulls = await page('/moot/garden/issues?q=is%3Apr')
  expect(count(pulls, /href="\/moot\/garden\/pull\/\d+" data-testid="issue-pr-title-link"/g)).toBe(
    25,
  )
  const label = await page('/moot/garden/labels/bug')
  expect(label).toMatch(/href="\/moot\/garden\/pull\/\d+" data-testid/)
  expect(label).toMatch(/href="\/moot\/garden\/issues\/\d+" data-testid/)
})

test('the pull request list has a Rails form and a React form with absolute links', async () => {
  const rails = await page('/moot/garden/pulls')
  expect(count(rails, /class="[^"]*js-issue-row/g)).toBe(25)
  expect(rails).not.toContain('react-app')
  forge.control.pullList('react')
  const react = await page('/moot/garden/pulls')
  expect(react).toContain('app-name="pull-requests"')
  expect(react).toMatch(/items-list"[^>]*><li id="/)
  expect(react).toMatch(
    /href="https:\/\/github.com\/moot\/garden\/pull\/\d+" data-testid="listitem-title-link"/,
  )
})

test('a milestone mixes issues and pull requests in Rails rows', async () => {
  const body = await page('/moot/garden/milestone/2')
  expect(body).toMatch(/js-navigation-open markdown-title" data-hovercard-type="issue"/)
  expect(body).toMatch(/js-navigation-open markdown-title" data-hovercard-type="pull_request"/)
})

test('dashboards span repositories and ask for sign-in', async () => {
  const away = await ask(forge.port, `${site}/issues`)
  expect([away.status, away.headers.location]).toEqual([302, '/login'])
  forge.control.signIn('ashdibble')
  const issues = await page('/issues?q=is:open+is:issue+sort:updated-desc')
  expect(issues).toMatch(/href="\/moot\/garden\/issues\/\d+" data-testid/)
  expect(await page('/issues?q=is:issue+repo:moot/pond')).toMatch(
    /href="\/moot\/pond\/issues\/\d+"/,
  )
  const pulls = await page('/pulls')
  expect(pulls).toContain('app-name="dashboard-surface"')
  expect(pulls).toMatch(/<button [^>]*data-testid="author-filter-link"/)
})

test('an issue has two copies of its metadata, and its comments come later', async () => {
  const body = await page('/moot/garden/issues/100')
  expect(count(body, /data-testid="issue-metadata-(fixed|sticky)"/g)).toBe(2)
  expect(count(body, /data-testid="comment-skeleton"/g)).toBe(5)
  expect(count(body, /id="issuecomment-/g)).toBe(0)
})

test('a pull request is a React shell around Rails islands', async () => {
  const body = await page('/moot/garden/pull/1868')
  expect(body).toContain('<h1 data-component="PH_Title"')
  expect(body).toContain('rails-partial data-partial-name="pullRequestsConversationsRoute.Body"')
  expect(body).toMatch(/<div data-testid="mergebox-partial"/)
  expect(count(body, /<div id="discussion_r\d+"/g)).toBe(6)
  expect(await page('/moot/garden/pull/1868/files')).not.toContain('js-discussion"')
})

test('a long pull request keeps threads and the middle of its timeline for later', async () => {
  const body = await page('/moot/garden/pull/1887')
  const threads = [...new Set(body.match(/\/moot\/garden\/pull\/1887\/partials\/review\/\d+/g))]
  expect(count(body, /id="discussion_r/g)).toBe(0)
  const middle = await page('/moot/garden/pull/1887/partials/middle')
  const all = [
    ...threads,
    ...new Set(middle.match(/\/moot\/garden\/pull\/1887\/partials\/review\/\d+/g)),
  ]
  const lines = await Promise.all(all.map((path) => page(path)))
  expect(lines.reduce((sum, html) => sum + count(html, /<div id="discussion_r/g), 0)).toBe(80)
  const { json: told } = await json('/repos/moot/garden/pulls/1887/comments?per_page=100')
  expect(told).toHaveLength(80)
  expect(told[1].html_url).toBe('https://github.com/moot/garden/pull/1887#discussion_r2390000001')
  expect(told[1].in_reply_to_id).toBe(2390000000)
})

test('comments are written, edited, hidden and deleted', async () => {
  const id = forge.control.say('moot/garden#5', 'ashdibble', 'Good.')
  forge.control.comment('moot/garden#5', id, { body: 'Better.', minimized: true })
  const last = async () =>
    (await json('/repos/moot/garden/issues/5/comments?per_page=100')).json.at(-1)
  expect(await last()).toMatchObject({ id, body: 'Better.', user: { login: 'ashdibble' } })
  forge.control.comment('moot/garden#5', id, null)
  expect((await last())?.id).not.toBe(id)
})

test('a number leads to the page of its kind', async () => {
  const pull = await ask(forge.port, `${site}/moot/garden/issues/1868`)
  expect([pull.status, pull.headers.location]).toEqual([302, '/moot/garden/pull/1868'])
  expect((await ask(forge.port, `${site}/moot/garden/issues/99999`)).status).toBe(404)
  expect((await ask(forge.port, 'https://example.com/')).status).toBe(404)
})

test('React asks for the same address as JSON', async () => {
  const reply = await ask(forge.port, `${site}/moot/garden/issues?page=2`, {
    accept: 'application/json',
  })
  expect(JSON.parse(reply.body).payload.preloadedQueries[0].result.rows).toHaveLength(25)
})

test('pages allow no script, style or image from elsewhere', async () => {
  const { headers, body } = await ask(forge.port, `${site}/moot/garden/issues`)
  expect(headers['content-security-policy']).toContain("default-src 'none'")
  expect(count(body, /(?:src|<link[^>]*href)="https?:/g)).toBe(0)
})

test('two starts give the same pages', async () => {
  const other = await startForge()
  for (const path of [
    '/moot/garden/issues',
    '/moot/garden/pulls',
    '/moot/garden/issues/100',
    '/moot/garden/pull/1868',
  ]) {
    expect(await page(path, other.port)).toBe(await page(path))
  }
  await other.close()
})

test('the API writes an issue, a pull request and comments as GitHub does', async () => {
  const { json: issue } = await json('/repos/moot/garden/issues/100', me)
  expect(issue).toMatchObject({
    number: 100,
    html_url: 'https://github.com/moot/garden/issues/100',
    repository_url: 'https://api.github.com/repos/moot/garden',
    comments: 60,
    reactions: {
      total_count: expect.any(Number),
      '+1': expect.any(Number),
      eyes: expect.any(Number),
    },
  })
  expect(issue.pull_request).toBeUndefined()
  const { json: asIssue } = await json('/repos/moot/garden/issues/1868', me)
  expect(asIssue.pull_request.url).toBe('https://api.github.com/repos/moot/garden/pulls/1868')
  const { json: pull } = await json('/repos/moot/garden/pulls/1868', me)
  expect(pull).toMatchObject({
    number: 1868,
    merged: false,
    head: { sha: expect.stringMatching(/^[0-9a-f]{40}$/) },
  })
  const comments = await json('/repos/moot/garden/issues/100/comments?per_page=25&page=2', me)
  expect(comments.json).toHaveLength(25)
  expect(comments.headers.link).toMatch(
    /page=1>; rel="prev".*page=3>; rel="next".*page=3>; rel="last".*rel="first"/,
  )
})

test('search finds, sorts and pages; what it does not understand it refuses', async () => {
  const { json: found } = await json(
    '/search/issues?q=repo:moot/garden+is:issue+is:open&sort=reactions-%2B1&order=desc&per_page=100',
    me,
  )
  const votes: number[] = found.items.map(
    (item: { reactions: { '+1': number } }) => item.reactions['+1'],
  )
  expect(found).toMatchObject({ total_count: 338, incomplete_results: false })
  expect(votes).toHaveLength(100)
  expect(votes).toEqual(votes.toSorted((a, b) => b - a))
  for (const q of [
    '',
    'q=is:open+author:@me',
    'q=repo:moot/nowhere',
    'q=is:open&per_page=100&page=11',
  ]) {
    expect((await json(`/search/issues?${q}`)).status).toBe(422)
  }
  expect((await json('/search/issues?q=is:open+author:@me', me)).status).toBe(200)
})

test('an unchanged answer is 304, free of charge for those who are known', async () => {
  const first = await json('/repos/moot/garden/issues/1', me)
  const again = { ...me, 'if-none-match': String(first.headers.etag) }
  const second = await json('/repos/moot/garden/issues/1', again)
  expect(first.headers.etag).toMatch(/^W\/"[0-9a-f]{64}"$/)
  expect([second.status, second.body]).toEqual([304, ''])
  expect(second.headers['x-ratelimit-remaining']).toBe(first.headers['x-ratelimit-remaining'])
  forge.control.react('moot/garden#1', { '+1': 77 })
  expect((await json('/repos/moot/garden/issues/1', again)).json.reactions['+1']).toBe(77)
})

test('limits are counted per caller and refused with 403', async () => {
  const { headers } = await json('/repos/moot/garden/issues/1')
  expect(headers).toMatchObject({ 'x-ratelimit-limit': '60', 'x-ratelimit-remaining': '59' })
  for (let times = 0; times < 10; times++) await json('/search/issues?q=is:open&per_page=1')
  const spent = await json('/search/issues?q=is:open&per_page=1')
  expect([spent.status, spent.headers['x-ratelimit-remaining']]).toEqual([403, '0'])
  expect(spent.json.message).toMatch(/^API rate limit exceeded/)
  expect((await json('/search/issues?q=is:open&per_page=1', me)).status).toBe(200)
  expect((await json('/rate_limit', me)).json.resources.core.limit).toBe(5000)
})

test('a token that is not ours is refused', async () => {
  const wrong = await json('/user', { authorization: 'Bearer other' })
  expect([wrong.status, wrong.json.message]).toEqual([401, 'Bad credentials'])
  expect((await json('/user', me)).json.login).toBe('ashdibble')
  expect((await json('/user')).status).toBe(401)
})

test('browsers of other origins may read the API and its headers', async () => {
  const before = await ask(
    forge.port,
    `${api}/search/issues`,
    { origin: 'https://github.com' },
    'OPTIONS',
  )
  expect(before.status).toBe(204)
  expect(before.headers['access-control-allow-headers']).toMatch(/Authorization.*If-None-Match/)
  const { headers } = await json('/rate_limit')
  expect(headers['access-control-allow-origin']).toBe('*')
  expect(headers['access-control-expose-headers']).toMatch(/ETag, Link.*X-RateLimit-Remaining/)
})

test('faults are what the test says', async () => {
  forge.control.api({ left: { core: 1 }, reset: 4_000_000_000 })
  const last = await json('/repos/moot/garden/issues/1')
  expect(last.headers).toMatchObject({
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': '4000000000',
  })
  expect((await json('/repos/moot/garden/issues/1')).status).toBe(403)
  forge.control.api({ failing: true })
  expect((await json('/rate_limit')).status).toBe(500)
  forge.control.api({ down: true })
  await expect(json('/rate_limit')).rejects.toThrow()
  expect(forge.requests.map(({ status }) => status)).toEqual([200, 403, 500, 0])
})
