import {
  reactionNames,
  type Account,
  type Comment,
  type Reactions,
  type Subject,
} from '../world/world.ts'

const root = 'https://api.github.com'

export function userOf({ login, id }: Account) {
  return {
    login,
    id,
    node_id: `U_kgDO${id.toString(36)}`,
    avatar_url: `https://avatars.githubusercontent.com/u/${id}?v=4`,
    gravatar_id: '',
    url: `${root}/users/${login}`,
    html_url: `https://github.com/${login}`,
    type: 'User',
    user_view_type: 'public',
    site_admin: false,
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
    milestone: subject.milestone && {
      number: subject.milestone.number,
      title: subject.milestone.title,
      state: subject.milestone.state,
    },
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

/** A pull request as its own endpoint writes it: no reactions, but branches and merge state. */
export function pullOf(subject: Subject) {
  const { repo, number } = subject
  const {
    url: _,
    reactions: __,
    pull_request: ___,
    state_reason: ____,
    ...issue
  } = issueOf(subject)
  return {
    ...issue,
    url: `${root}/repos/${repo}/pulls/${number}`,
    id: subject.id + 3,
    issue_url: `${root}/repos/${repo}/issues/${number}`,
    draft: subject.draft,
    merged: subject.merged,
    merged_at: subject.merged ? subject.closedAt : null,
    merge_commit_sha: subject.merged ? subject.headSha : null,
    mergeable: subject.state === 'open' ? true : null,
    mergeable_state: subject.state === 'open' ? 'clean' : 'unknown',
    head: {
      label: `${subject.author.login}:change-${number}`,
      ref: `change-${number}`,
      sha: subject.headSha,
    },
    base: { label: 'moot:main', ref: 'main', sha: subject.headSha.split('').toReversed().join('') },
    commits: 1,
    additions: 10,
    deletions: 2,
    changed_files: 2,
    review_comments: subject.reviews.reduce((sum, { lines }) => sum + lines.length, 0),
  }
}
