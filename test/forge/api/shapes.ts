import {
  reactionNames,
  type Account,
  type Comment,
  type Commit,
  type LineComment,
  type Reactions,
  type Repository,
  type Subject,
} from '../world/world.ts'

const root = 'https://api.github.com'

const USER_LISTS = ['followers', 'subscriptions', 'repos', 'received_events']

/** Addresses of lists, each named for what it lists. */
const urls = (base: string, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [`${name}_url`, `${base}/${name}`]))

export function userOf({ login, id, isBot = false }: Account) {
  return {
    login,
    id,
    node_id: `U_kgDO${id.toString(36)}`,
    avatar_url: `https://avatars.githubusercontent.com/u/${id}?v=4`,
    gravatar_id: '',
    url: `${root}/users/${login}`,
    html_url: `https://github.com/${login}`,
    ...urls(`${root}/users/${login}`, USER_LISTS),
    events_url: `${root}/users/${login}/events{/privacy}`,
    following_url: `${root}/users/${login}/following{/other_user}`,
    gists_url: `${root}/users/${login}/gists{/gist_id}`,
    organizations_url: `${root}/users/${login}/orgs`,
    starred_url: `${root}/users/${login}/starred{/owner}{/repo}`,
    type: isBot ? 'Bot' : 'User',
    user_view_type: 'public',
    site_admin: false,
  }
}

/** An account as it is told about itself. */
export function profileOf(account: Account) {
  return {
    ...userOf(account),
    name: account.login,
    company: null,
    blog: '',
    location: null,
    email: null,
    hireable: null,
    bio: null,
    public_repos: 2,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: '2015-01-01T08:00:00Z',
    updated_at: '2026-11-01T08:00:00Z',
  }
}

function reactionsOf(reactions: Reactions, url: string) {
  const total_count = reactionNames.reduce((sum, name) => sum + reactions[name], 0)
  return { url: `${url}/reactions`, total_count, ...reactions }
}

/** An issue or pull request as the issues endpoints and search write it. */
export function issueOf(subject: Subject) {
  const { repo, number, kind } = subject
  const url = `${root}/repos/${repo}/issues/${number}`
  const html_url = `https://github.com/${repo}/${kind === 'pull' ? 'pull' : 'issues'}/${number}`
  const merged_at = subject.merged ? subject.closedAt : null
  return {
    url,
    repository_url: `${root}/repos/${repo}`,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url,
    id: subject.id,
    node_id: subject.nodeId,
    number,
    title: subject.title,
    user: userOf(subject.author),
    labels: subject.labels.map((label) => ({
      id: label.id,
      node_id: `LA_kwDO${label.id.toString(36)}`,
      url: `${root}/repos/${repo}/labels/${encodeURIComponent(label.name)}`,
      name: label.name,
      color: label.color,
      default: false,
      description: label.description,
    })),
    state: subject.state,
    locked: false,
    assignee: subject.assignees[0] ? userOf(subject.assignees[0]) : null,
    assignees: subject.assignees.map(userOf),
    milestone: subject.milestone && milestoneOf(repo, subject),
    comments: subject.comments.length,
    created_at: subject.createdAt,
    updated_at: subject.updatedAt,
    closed_at: subject.closedAt,
    author_association: subject.association,
    active_lock_reason: null,
    ...(kind === 'pull' && {
      draft: subject.draft,
      pull_request: {
        url: `${root}/repos/${repo}/pulls/${number}`,
        html_url,
        diff_url: `${html_url}.diff`,
        patch_url: `${html_url}.patch`,
        merged_at,
      },
    }),
    body: subject.body,
    closed_by: null,
    reactions: reactionsOf(subject.reactions, url),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: null,
    state_reason: subject.stateReason,
  }
}

export function commentOf(subject: Subject, comment: Comment) {
  const { repo, number, kind } = subject
  const url = `${root}/repos/${repo}/issues/comments/${comment.id}`
  return {
    url,
    html_url: `https://github.com/${repo}/${kind === 'pull' ? 'pull' : 'issues'}/${number}#issuecomment-${comment.id}`,
    issue_url: `${root}/repos/${repo}/issues/${number}`,
    id: comment.id,
    node_id: `IC_kwDO${comment.id.toString(36)}`,
    user: userOf(comment.author),
    created_at: comment.createdAt,
    updated_at: comment.createdAt,
    author_association: 'NONE',
    body: comment.body,
    reactions: reactionsOf(comment.reactions, url),
    performed_via_github_app: null,
  }
}

/** A comment on a line, without the code around it. */
export function lineCommentOf(subject: Subject, line: LineComment) {
  const { repo, number } = subject
  const url = `${root}/repos/${repo}/pulls/comments/${line.id}`
  return {
    url,
    html_url: `https://github.com/${repo}/pull/${number}#discussion_r${line.id}`,
    pull_request_url: `${root}/repos/${repo}/pulls/${number}`,
    id: line.id,
    node_id: `PRRC_kwDO${line.id.toString(36)}`,
    user: userOf(line.author),
    path: line.path,
    created_at: line.createdAt,
    updated_at: line.createdAt,
    author_association: 'NONE',
    body: line.body,
    reactions: reactionsOf(line.reactions, url),
    ...(line.replyTo !== undefined && { in_reply_to_id: line.replyTo }),
  }
}

/** A pull request as its own endpoint writes it: no reactions, but branches and merge state. */
export function pullOf(subject: Subject, repository: ReturnType<typeof repositoryOf>) {
  const { repo, number, merged, author, headSha, base = 'main' } = subject
  const {
    url: issueUrl,
    reactions: _,
    pull_request: __,
    state_reason: ___,
    ...issue
  } = issueOf(subject)
  const url = `${root}/repos/${repo}/pulls/${number}`
  const side = { user: userOf(author), repo: repository }
  return {
    ...issue,
    ...urls(url, ['commits']),
    url,
    id: subject.id + 3,
    diff_url: `${issue.html_url}.diff`,
    patch_url: `${issue.html_url}.patch`,
    issue_url: issueUrl,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${root}/repos/${repo}/pulls/comments{/number}`,
    statuses_url: `${root}/repos/${repo}/statuses/${headSha}`,
    _links: linksOf({ self: url, html: issue.html_url, issue: issueUrl }),
    draft: subject.draft,
    merged,
    merged_at: merged ? subject.closedAt : null,
    merged_by: merged ? userOf(author) : null,
    merge_commit_sha: merged ? headSha : null,
    mergeable: subject.state === 'open' ? true : null,
    mergeable_state: subject.state === 'open' ? 'clean' : 'unknown',
    auto_merge: null,
    maintainer_can_modify: false,
    head: {
      label: `${author.login}:change-${number}`,
      ref: `change-${number}`,
      sha: headSha,
      ...side,
    },
    base: {
      label: `moot:${base}`,
      ref: base,
      sha: headSha.split('').toReversed().join(''),
      ...side,
    },
    commits: 1,
    additions: 10,
    deletions: 2,
    changed_files: 2,
    review_comments: subject.reviews.reduce((sum, { lines }) => sum + lines.length, 0),
  }
}

function linksOf({ self, html, issue }: Record<'self' | 'html' | 'issue', string>) {
  const addresses = {
    self,
    html,
    issue,
    comments: `${issue}/comments`,
    review_comments: `${self}/comments`,
    review_comment: `${self}/comments{/number}`,
    commits: `${self}/commits`,
    statuses: `${self}/statuses`,
  }
  return Object.fromEntries(Object.entries(addresses).map(([name, href]) => [name, { href }]))
}

export function commitOf({ sha, parents, author, message, date }: Commit) {
  const who = { name: author?.login ?? 'Somebody', email: 'somebody@example.org', date }
  const repo = `${root}/repos/moot/meadow`
  const page = 'https://github.com/moot/meadow/commit'
  return {
    sha,
    node_id: `C_kwDO${sha.slice(0, 20)}`,
    url: `${repo}/commits/${sha}`,
    html_url: `${page}/${sha}`,
    comments_url: `${repo}/commits/${sha}/comments`,
    commit: {
      author: who,
      committer: who,
      message,
      tree: { sha, url: `${repo}/git/trees/${sha}` },
      url: `${repo}/git/commits/${sha}`,
      comment_count: 0,
      verification: {
        verified: false,
        reason: 'unsigned',
        signature: null,
        payload: null,
        verified_at: null,
      },
    },
    author: author && userOf(author),
    committer: author && userOf(author),
    parents: parents.map((parent) => ({
      sha: parent,
      url: `${repo}/commits/${parent}`,
      html_url: `${page}/${parent}`,
    })),
  }
}

const REPOSITORY_LISTS = (
  'archive assignees blobs branches collaborators comments commits compare contents contributors ' +
  'deployments downloads events forks git_commits git_refs git_tags hooks issue_comment issue_events ' +
  'issues keys labels languages merges milestones notifications pulls releases stargazers statuses ' +
  'subscribers subscription tags teams trees'
).split(' ')

export function repositoryOf(repository: Repository) {
  const { name, id, private: isPrivate = false } = repository
  const [owner = '', own = ''] = name.split('/')
  const page = `https://github.com/${name}`
  const open = [...repository.subjects.values()].filter(({ state }) => state === 'open').length
  return {
    id,
    node_id: `R_kgDO${id.toString(36)}`,
    name: own,
    full_name: name,
    private: isPrivate,
    visibility: isPrivate ? 'private' : 'public',
    owner: userOf({ login: owner, id: 1_300_001 }),
    html_url: page,
    description: null,
    fork: false,
    url: `${root}/repos/${name}`,
    ...urls(`${root}/repos/${name}`, REPOSITORY_LISTS),
    clone_url: `${page}.git`,
    git_url: `git://github.com/${name}.git`,
    ssh_url: `git@github.com:${name}.git`,
    svn_url: page,
    mirror_url: null,
    homepage: null,
    language: null,
    license: null,
    size: 108,
    forks: 0,
    forks_count: 0,
    stargazers_count: 80,
    watchers: 80,
    watchers_count: 80,
    subscribers_count: 42,
    network_count: 0,
    open_issues: open,
    open_issues_count: open,
    default_branch: 'main',
    has_issues: true,
    has_projects: false,
    has_wiki: false,
    has_pages: false,
    has_downloads: true,
    has_discussions: false,
    archived: false,
    disabled: false,
    created_at: '2016-03-01T08:00:00Z',
    updated_at: '2026-11-22T12:00:00Z',
    pushed_at: '2026-11-22T12:00:00Z',
  }
}

function milestoneOf(repo: string, { milestone, author }: Subject) {
  if (!milestone) return null
  const { number, title, state } = milestone
  const url = `${root}/repos/${repo}/milestones/${number}`
  return {
    url,
    html_url: `https://github.com/${repo}/milestone/${number}`,
    labels_url: `${url}/labels`,
    id: 3_300_000 + number,
    node_id: `MI_kwDO${number}`,
    number,
    title,
    description: null,
    creator: userOf(author),
    open_issues: 3,
    closed_issues: 8,
    state,
    created_at: '2025-12-01T08:00:00Z',
    updated_at: '2026-11-01T08:00:00Z',
    due_on: null,
    closed_at: state === 'closed' ? '2026-06-01T08:00:00Z' : null,
  }
}
