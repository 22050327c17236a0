/** Right things, from which wrong ones are made. */
import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { ReadFeedSchema } from '#shared/api/feed'
import { cursorOf } from '../../server/feed-cursor.ts'

const SHA = 'a'.repeat(40)
const UUID = '01920000-0000-7000-8000-000000000001'

export const SUBJECTS = [
  'github.com/numpy/numpy#45',
  'github.com/numpy/numpy#45/issuecomment-678',
  'GitHub.com/NumPy/numpy#45/discussion_r9',
  'https://github.com/numpy/numpy/issues/45',
  'https://github.com/numpy/numpy/pull/45/files?w=1#discussion_r9',
  'https://github.com/numpy/numpy.git',
  'https://github.com/numpy/numpy/issues?q=is%3Aopen',
  'git.example.org:8443/o/r_x.y#9999999999',
  'localhost.localdomain/o/r#1/pullrequestreview-10',
]

export const PAGES = [
  'https://github.com/numpy/numpy/issues',
  'https://github.com/numpy/numpy/pulls?q=is%3Aopen+label%3A%22good+first+issue%22+sort%3Aupdated-desc&page=2',
  'https://github.com/numpy/numpy/issues/45#issuecomment-678',
  'https://github.com/numpy/numpy/pull/45/files',
  'https://github.com/numpy/numpy/labels/00%20-%20Bug',
  'https://github.com/numpy/numpy/milestone/7?closed=1',
  'https://github.com/issues/assigned',
  'https://github.com/pulls/mentioned?q=',
  'https://github.com/numpy/numpy/issues/created_by/ada',
]

export const QUERIES = [
  'is:issue is:open label:"good first issue" author:ada sort:updated-desc',
  'is:pr state:closed -label:bug milestone:"v 1" no:assignee OR words here',
  'author:@me is:open label:a,b comments:>5 created:<2020-01-01',
]

export const HTML = [
  '<ul data-listview-component="items-list"><div><div><li><h3><a data-testid="issue-pr-title-link" href="/o/r/issues/1">t</a></h3></li></div></div></ul>',
  '<div class="js-navigation-container"><div class="js-issue-row" id="issue_1"><a data-hovercard-type="issue" class="Link--primary" href="/o/r/pull/2">t</a></div></div>',
  '<div><h1 data-component="PH_Title"><bdi>Fix #45</bdi> <span>#50</span></h1></div><div class="gh-header"><div class="gh-header-meta"></div></div>',
]

const file = (name: string) =>
  readFileSync(new URL(`../../docs/constitutions/${name}.yml`, import.meta.url), 'utf8')

export const CONSTITUTIONS = ['small', 'medium', 'large'].map(file)

export const RULES: unknown[] = [
  {
    version: 1,
    vote: { threshold: '2/3', approvals: 3, period: '3 days' },
    veto: { who: 'maintainers' },
  },
  {
    version: 1,
    paths: [{ match: ['src/**'], vote: { threshold: 0.5 } }],
    electorate: { window: '1 year' },
  },
]

export const FEED = v.parse(ReadFeedSchema, { repo: 'github.com/numpy/numpy' })
export const PLACES: unknown[] = [
  ['AAAAAAAA', 5, 5],
  ['x', -1, 2 ** 53],
]
export const CURSORS = [
  cursorOf({ key: 5, number: 7 }, 1, FEED),
  cursorOf({ key: -5, number: 1 }, 2, FEED),
]

const vote = { id: UUID, subject: 'github.com/numpy/numpy#45', value: 1, castAt: 1_700_000_000_000 }
const ballot = {
  id: UUID,
  subject: 'github.com/numpy/numpy#45',
  choice: 'for',
  head: SHA,
  reason: 'good',
}

export const BODIES: unknown[] = [
  { votes: [vote, { ...vote, value: -1, reason: 'off-topic' }] },
  { subjects: ['github.com/numpy/numpy#45', 'https://github.com/a/b/pull/2'] },
  { repo: 'github.com/numpy/numpy', kind: 'issue', label: ['a', 'b'], limit: '25' },
  { login: 'ada' },
  { code: 'c0de', verifier: 'v'.repeat(43), redirectUri: 'https://abc.chromiumapp.org/' },
  { handle: 'h'.repeat(43) },
  ballot,
  { id: UUID, repo: 'github.com/numpy/numpy', to: 'grace' },
  { subject: 'github.com/numpy/numpy#45', reason: 'why' },
]

export const MESSAGES: unknown[] = [
  vote,
  {
    subjects: ['github.com/numpy/numpy#45'],
    view: { repository: 'github.com/o/r', query: 'is:open', page: 1 },
  },
  { list: 'issues', order: 'value' },
  {
    page: 'issues',
    at: 5,
    app: 'react',
    strategies: { rows: 'x' },
    rows: 1,
    named: 1,
    widgets: 1,
    isEmpty: false,
  },
  { repo: 'github.com/o/r', sort: 'value', labels: ['a'] },
  { address: 'https://moot.example.org' },
  { way: 'local', login: 'ada' },
  { server: 'http://127.0.0.1:8787', orders: { issues: 'value' } },
  { id: 5 },
]

export const ADDRESSES = [
  'https://moot.example.org',
  'http://127.0.0.1:8787/',
  'http://[::1]:9',
  'moot.example:443/x?y#z',
]

export const SENDERS = [
  '203.0.113.9',
  '2001:db8::1',
  '[2001:db8::1]:443',
  '::ffff:203.0.113.9',
  'fe80::1%eth0',
  '1.2.3.4:99',
]

export const CLOSING = [
  'Fixes #45, closes o/r#46 and resolves https://github.com/o/r/issues/47\n> fixes #48\n```\nfixes #49\n```\n<!-- fixes #50 -->',
]

export const HEADERS = [
  '<https://api.github.com/repositories/7/issues?page=2>; rel="next", <https://api.github.com/repositories/7/issues?page=9>; rel="last"',
  'https://api.github.com/repositories/7',
  '60',
  'Wed, 21 Oct 2026 07:28:00 GMT',
  'W/"abc"',
  '0',
  'application/json; charset=utf-8',
]

const account = { id: 9, login: 'ada', type: 'User', avatar_url: 'https://x.example/a.png' }
const repository = {
  id: 7,
  name: 'r',
  owner: account,
  private: false,
  default_branch: 'main',
  full_name: 'o/r',
}
const issue = {
  number: 5,
  title: 'Plant trees',
  state: 'open',
  user: account,
  labels: [{ name: 'bug', color: 'ff0000' }, 'plain'],
  created_at: '2026-01-01T00:00:00Z',
  updated_at: '2026-01-02T00:00:00Z',
  closed_at: null,
  draft: false,
  body: 'Fixes #4',
  html_url: 'https://github.com/o/r/issues/5',
  repository_url: 'https://api.github.com/repos/o/r',
  comments: 3,
  reactions: { '+1': 3, '-1': 0, heart: 1, total_count: 4 },
}
const pull = {
  ...issue,
  merged: false,
  mergeable: true,
  mergeable_state: 'clean',
  merge_commit_sha: SHA,
  merged_by: null,
  pull_request: { merged_at: null },
  head: { sha: SHA, ref: 'topic', repo: repository },
  base: { ref: 'main', sha: SHA, repo: repository },
}
const commit = {
  sha: SHA,
  author: account,
  committer: account,
  parents: [{ sha: SHA }],
  commit: { author: { date: '2026-01-01T00:00:00Z' }, committer: { date: '2026-01-01T00:00:00Z' } },
}

export const GITHUB: unknown[] = [
  repository,
  issue,
  pull,
  [issue, pull],
  [commit],
  { total_count: 2, incomplete_results: false, items: [issue, pull] },
  { object: { type: 'commit', sha: SHA } },
  {
    type: 'file',
    sha: SHA,
    encoding: 'base64',
    content: Buffer.from(file('small')).toString('base64'),
  },
  {
    base_commit: { sha: SHA },
    merge_base_commit: { sha: SHA },
    files: [{ filename: 'a', status: 'modified', patch: '@@ -1 +1 @@' }],
  },
  {
    truncated: false,
    tree: [
      { path: 'a', mode: '120000', type: 'blob', sha: SHA },
      { path: 'b/c', mode: '100644', type: 'blob', sha: SHA },
    ],
  },
  { content: Buffer.from('../b').toString('base64'), encoding: 'base64' },
  { check_runs: [{ id: 5, external_id: 'k' }] },
  account,
]

export const SIGN_INS: unknown[] = [
  { access_token: 'gho_x', token_type: 'bearer', scope: '' },
  { error: 'authorization_pending', interval: 5 },
  { error: 'slow_down', interval: 10 },
  { error: 'bad_verification_code' },
  {
    device_code: 'd',
    user_code: 'AB-CD',
    verification_uri: 'https://github.com/login/device',
    expires_in: 900,
    interval: 5,
  },
  account,
  { id: 5, slug: 'moot', client_id: 'i', client_secret: 's', webhook_secret: null, pem: 'p' },
]

const score = {
  contributors: { up: 1, down: 0 },
  others: { up: 0, down: 0 },
  reactions: {},
  value: 0.2,
  hot: 1,
  rising: null,
  mine: 0,
  voter: 'other',
}

export const REPLIES: unknown[] = [
  {
    name: 'Forgemoot',
    version: '0.1.0',
    contract: 1,
    forges: ['github.com'],
    signIn: ['local'],
    orders: ['value'],
  },
  { scores: { 'github.com/o/r#1': score } },
  { results: [{ id: UUID, status: 'accepted', receipt: 5, score, error: null }] },
  {
    type: '/problems/busy',
    title: 't',
    status: 503,
    detail: 'd',
    errors: [{ pointer: '/votes/0', detail: 'x' }],
  },
]
