/** What GitHub's API says about code, checks and merging. */
import { pullOf as pullBody, repositoryOf, userOf } from '../api/shapes.ts'
import { jsonReply, type Reply } from '../reply.ts'
import type { RestQuestion } from '../rest.ts'
import type { Account, World } from '../world/world.ts'
import { checkBody } from './check-body.ts'
import { type Code, newJob } from './code.ts'
import type { TreeEntry } from './git.ts'

const API = 'https://api.github.com'

/** Undefined for what is said elsewhere. */
export function answerCode(code: Code, world: World, request: RestQuestion): Reply | undefined {
  const { method, url, headers } = request
  const viewer = viewerOf(world, headers.authorization)
  const login = /^\/users\/([\w-]+)$/.exec(url.pathname)?.[1]
  if (login !== undefined) return userReply(world, login)
  const prefix = `/repos/${code.repository.name}`
  if (!url.pathname.toLowerCase().startsWith(`${prefix}/`)) return undefined
  const rest = decodeURIComponent(url.pathname.slice(prefix.length))
  if (code.repository.private && !viewer) return refused(404, 'Not Found')
  const body = request.body === '' ? {} : (JSON.parse(request.body) as Record<string, unknown>)
  for (const [verb, pattern, answer] of ROUTES) {
    const match = pattern.exec(rest)
    if (verb !== method || !match) continue
    if (method !== 'GET' && !viewer) return refused(401, 'Requires authentication')
    return answer({ code, url, body, viewer: viewer ?? null, match })
  }
  return undefined
}

interface Asked {
  code: Code
  url: URL
  body: Record<string, unknown>
  viewer: Account | null
  match: RegExpExecArray
}

type Route = [method: string, pattern: RegExp, answer: (asked: Asked) => Reply]

const ROUTES: Route[] = [
  ['GET', /^\/git\/ref\/heads\/(.+)$/, getRef],
  ['GET', /^\/contents\/(.+)$/, getContents],
  ['GET', /^\/compare\/(.+)\.\.\.(.+)$/, compare],
  ['GET', /^\/git\/commits\/([\da-f]{40})$/, getCommit],
  ['GET', /^\/git\/trees\/([\da-f]+)$/, getTree],
  ['GET', /^\/git\/blobs\/([\da-f]+)$/, getBlob],
  ['GET', /^\/pulls\/(\d+)$/, getPull],
  ['PUT', /^\/pulls\/(\d+)\/merge$/, merge],
  ['PUT', /^\/pulls\/(\d+)\/merge-async$/, mergeAsync],
  ['GET', /^\/pulls\/(\d+)\/merge-async\/([\w-]+)$/, getMergeJob],
  ['GET', /^\/commits\/([\da-f]+)\/check-runs$/, listChecks],
  ['POST', /^\/check-runs$/, makeCheck],
  ['PATCH', /^\/check-runs\/(\d+)$/, changeCheck],
]

function viewerOf({ accounts }: World, authorization: string | undefined): Account | undefined {
  const login = /^(?:bearer|token) forge-token-([\w-]+)$/i.exec(authorization ?? '')?.[1]
  if (login === undefined) return undefined
  // A token of a login that nobody has is that of a server.
  return accounts.find((account) => account.login === login) ?? { login, id: 1_499_998 }
}

function userReply({ accounts }: World, login: string): Reply {
  const found = accounts.find((each) => each.login.toLowerCase() === login.toLowerCase())
  if (!found) return refused(404, 'Not Found')
  return jsonReply({
    ...userOf(found),
    name: null,
    company: null,
    blog: null,
    location: null,
    email: null,
    hireable: null,
    bio: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: '2016-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
  })
}

/** A commit by its hash or by a branch. */
const commitAt = ({ git, branches }: Code, ref: string) =>
  branches.get(ref) ?? (/^[\da-f]{40}$/.test(ref) && git.has(ref) ? ref : undefined)

function getRef({ code, match }: Asked): Reply {
  const [, branch = ''] = match
  const sha = code.branches.get(branch)
  if (sha === undefined) return refused(404, 'Not Found')
  const url = `${API}/repos/${code.repository.name}/git`
  return jsonReply({
    ref: `refs/heads/${branch}`,
    node_id: 'REF_1',
    url: `${url}/refs/heads/${branch}`,
    object: { type: 'commit', sha, url: `${url}/commits/${sha}` },
  })
}

function getContents({ code, url, match }: Asked): Reply {
  const [, file = ''] = match
  const commit = commitAt(code, url.searchParams.get('ref') ?? 'main')
  const entry = commit && code.git.entryAt(commit, file)
  if (!entry || entry.type !== 'blob') return refused(404, 'Not Found')
  const content = code.git.blob(entry.sha)
  const address = `${API}/repos/${code.repository.name}/contents/${file}?ref=${commit}`
  const page = `https://github.com/${code.repository.name}/blob/${commit}/${file}`
  const isLink = entry.mode === '120000'
  return jsonReply({
    type: isLink ? 'symlink' : 'file',
    ...(isLink
      ? { target: content.toString() }
      : { encoding: 'base64', content: content.toString('base64') }),
    size: content.length,
    name: file.split('/').at(-1),
    path: file,
    sha: entry.sha,
    url: address,
    git_url: `${API}/repos/${code.repository.name}/git/blobs/${entry.sha}`,
    html_url: page,
    download_url: page,
    _links: { self: address, git: address, html: page },
  })
}

function compare({ code, match }: Asked): Reply {
  const [, from = '', to = ''] = match
  const [base, head] = [commitAt(code, from), commitAt(code, to)]
  if (!base || !head) return refused(404, 'Not Found')
  const mergeBase = code.git.mergeBase(base, head)
  const root = `${API}/repos/${code.repository.name}`
  const page = `https://github.com/${code.repository.name}`
  const files = code.git.diff(mergeBase, head).slice(0, 300)
  return jsonReply({
    url: `${root}/compare/${from}...${to}`,
    html_url: `${page}/compare/${from}...${to}`,
    permalink_url: `${page}/compare/${from}...${to}`,
    diff_url: `${page}/compare/${from}...${to}.diff`,
    patch_url: `${page}/compare/${from}...${to}.patch`,
    base_commit: commitBody(code, base),
    merge_base_commit: commitBody(code, mergeBase),
    status: mergeBase === base ? 'ahead' : 'diverged',
    ahead_by: 1,
    behind_by: 0,
    total_commits: 1,
    commits: [commitBody(code, head)],
    files: files.map((file) => ({
      ...file,
      changes: file.additions + file.deletions,
      blob_url: `${page}/blob/${head}/${file.filename}`,
      raw_url: `${page}/raw/${head}/${file.filename}`,
      contents_url: `${root}/contents/${file.filename}?ref=${head}`,
    })),
  })
}

function commitBody({ repository, git }: Code, sha: string) {
  const root = `${API}/repos/${repository.name}`
  const who = { name: 'Somebody', email: 'somebody@example.org', date: '2026-11-22T12:00:00Z' }
  const tree = git.treeOf(sha)
  return {
    sha,
    node_id: `C_${sha.slice(0, 20)}`,
    url: `${root}/commits/${sha}`,
    html_url: `https://github.com/${repository.name}/commit/${sha}`,
    comments_url: `${root}/commits/${sha}/comments`,
    author: null,
    committer: null,
    parents: [],
    commit: {
      url: `${root}/git/commits/${sha}`,
      author: who,
      committer: who,
      message: 'Change',
      comment_count: 0,
      tree: { sha: tree, url: `${root}/git/trees/${tree}` },
    },
  }
}

function getCommit({ code, match }: Asked): Reply {
  const [, sha = ''] = match
  if (!code.git.has(sha)) return refused(404, 'Not Found')
  const { commit, html_url: page, node_id } = commitBody(code, sha)
  const { author, committer, message, tree, url } = commit
  const root = url.slice(0, url.lastIndexOf('/'))
  const parents = code.git.parentsOf(sha).map((parent) => ({
    sha: parent,
    url: `${root}/${parent}`,
    html_url: page.replace(sha, parent),
  }))
  return jsonReply({ sha, node_id, url, html_url: page, author, committer, message, tree, parents })
}

function getTree({ code, url, match }: Asked): Reply {
  const [, commit = ''] = match
  if (!code.git.has(commit)) return refused(404, 'Not Found')
  const root = `${API}/repos/${code.repository.name}/git`
  const address = ({ type, sha }: TreeEntry) =>
    `${root}/${type === 'tree' ? 'trees' : 'blobs'}/${sha}`
  const deep = url.searchParams.has('recursive')
  const tree = code.git
    .tree(commit)
    .filter(({ path }) => deep || !path.includes('/'))
    .map((entry) => ({ ...entry, url: address(entry) }))
  const sha = code.git.treeOf(commit)
  return jsonReply({ sha, url: `${root}/trees/${sha}`, tree, truncated: false })
}

function getBlob({ code, match }: Asked): Reply {
  const [, sha = ''] = match
  const content = code.git.blob(sha)
  return jsonReply({
    sha,
    node_id: 'B_1',
    size: content.length,
    url: `${API}/repos/${code.repository.name}/git/blobs/${sha}`,
    content: content.toString('base64'),
    encoding: 'base64',
  })
}

function getPull({ code, match }: Asked): Reply {
  const subject = code.repository.subjects.get(Number(match[1]))
  if (subject?.kind !== 'pull') return refused(404, 'Not Found')
  // First: a repository may make its commits when they are asked for.
  const { baseRef, mergedBy, mergeSha, isStacked } = code.of(subject.number)
  const { mergeable, state } = code.mergeStateOf(subject)
  const repo = repositoryOf(code.repository)
  const body = pullBody(subject, repo)
  return jsonReply({
    ...body,
    merged_by: mergedBy && userOf(mergedBy),
    merge_commit_sha: mergeSha ?? code.testMergeOf(subject),
    mergeable,
    mergeable_state: state,
    ...(isStacked && { stack: { number: 1, size: 2, position: 2, base: { ref: baseRef } } }),
    base: {
      ...body.base,
      label: `moot:${baseRef}`,
      ref: baseRef,
      sha: code.branches.get(baseRef) ?? '',
      repo,
    },
  })
}

function merge({ code, body, viewer, match }: Asked): Reply {
  const result = code.merge(Number(match[1]), wantedIn(body), viewer ?? nobody())
  if (result.status === 'refused') return refused(result.code, result.message)
  return jsonReply({ sha: result.sha, merged: true, message: 'Pull Request successfully merged' })
}

function mergeAsync({ code, body, viewer, match }: Asked): Reply {
  const { mergeAsync: delay, queue } = code.settings
  if (delay === null) return refused(404, 'Not Found')
  const number = Number(match[1])
  const key = `${number}`
  const known = [...code.jobs].find(
    ([id, { status }]) => id.startsWith(`${key}-`) && status === 'pending',
  )
  if (known) return jobReply(known[0], known[1], 409)
  const id = `${key}-${newJob()}`
  const job: {
    status: 'pending' | 'merged' | 'enqueued' | 'failed'
    sha?: string
    message?: string
  } = {
    status: queue ? 'enqueued' : 'pending',
  }
  code.jobs.set(id, job)
  const run = () => {
    const result = code.merge(number, wantedIn(body), viewer ?? nobody())
    if (result.status === 'merged') Object.assign(job, { status: 'merged', sha: result.sha })
    else Object.assign(job, { status: 'failed', message: result.message })
  }
  if (!queue) setTimeout(run, delay)
  return jobReply(id, job, 202)
}

function getMergeJob({ code, match }: Asked): Reply {
  const job = code.jobs.get(match[2] ?? '')
  return job ? jobReply(match[2] ?? '', job, 200) : refused(404, 'Not Found')
}

const jobReply = (
  uuid: string,
  { status, sha, message }: { status: string; sha?: string; message?: string },
  code: number,
) => jsonReply({ status, message: message ?? null, sha: sha ?? null, details: { uuid } }, code)

const wantedIn = ({ sha, merge_method: method }: Record<string, unknown>) => ({
  ...(typeof sha === 'string' && { sha }),
  ...(typeof method === 'string' && { method }),
})

const nobody = (): Account => ({ login: 'ghost', id: 10_137 })

function listChecks({ code, url, match }: Asked): Reply {
  const name = url.searchParams.get('check_name')
  const found = code.checks.filter(
    (check) => check.head === match[1] && (!name || check.name === name),
  )
  return jsonReply({
    total_count: found.length,
    check_runs: found.map((each) => checkBody(code, each)),
  })
}

function makeCheck({ code, body, viewer }: Asked): Reply {
  const check = {
    id: 7_000_001 + code.checks.length,
    head: String(body['head_sha']),
    name: String(body['name']),
    externalId: '',
    status: 'queued',
    conclusion: null,
    startedAt: '2026-11-22T12:00:00Z',
    completedAt: null,
    title: '',
    summary: '',
    by: viewer?.login ?? '',
  }
  code.checks.push(check)
  return changed(code, check, body, 201)
}

function changeCheck({ code, body, match }: Asked): Reply {
  const check = code.checks.find(({ id }) => id === Number(match[1]))
  return check ? changed(code, check, body, 200) : refused(404, 'Not Found')
}

function changed(
  code: Code,
  check: Code['checks'][number],
  body: Record<string, unknown>,
  status: number,
) {
  const output = (body['output'] ?? {}) as Record<string, string>
  Object.assign(check, {
    name: body['name'] ?? check.name,
    externalId: body['external_id'] ?? check.externalId,
    status: body['status'] ?? check.status,
    conclusion: body['conclusion'] ?? null,
    startedAt: body['started_at'] ?? check.startedAt,
    completedAt: body['completed_at'] ?? null,
    title: output['title'] ?? check.title,
    summary: output['summary'] ?? check.summary,
  })
  return jsonReply(checkBody(code, check), status)
}

const refused = (status: number, message: string) =>
  jsonReply(
    { message, documentation_url: 'https://docs.github.com/rest', status: String(status) },
    status,
  )
