/** GitHub's bodies in our words. */
import { REACTIONS, type Reactions } from '#shared/score'
import type { AccountFacts, ItemFacts, RepositoryFacts, WorkFacts } from '../../forge-facts.ts'
import { closedBy } from './closing.ts'
import type { AccountBody, CommitBody, ItemBody, PullBody, RepositoryBody } from './schemas.ts'

export const repositoryFacts = (host: string, body: RepositoryBody): RepositoryFacts => ({
  host,
  forgeId: body.id,
  owner: body.owner.login,
  name: body.name,
  defaultBranch: body.default_branch,
})

const addressOf = ({ host, owner, name }: RepositoryFacts) => `${host}/${owner}/${name}`

export const accountFacts = ({ id, login, type }: AccountBody): AccountFacts => ({
  forgeId: id,
  login,
  isBot: (type !== undefined && type !== 'User') || login.endsWith('[bot]'),
})

/** GitHub shows this account, a real one, for everybody who has left. */
const GHOST = 10_137

const authorOf = (user: AccountBody | null) =>
  user === null || user.id === GHOST ? null : accountFacts(user)

/** What issues and pull requests have in common, wherever they are spoken of. */
const shared = (body: ItemBody | PullBody) => ({
  number: body.number,
  state: body.state,
  title: body.title,
  author: authorOf(body.user),
  labels: distinct(body.labels),
  openedAt: body.created_at,
  updatedAt: body.updated_at,
  closedAt: body.closed_at,
  isDraft: body.draft ?? false,
})

/** An item as lists of issues have it. */
export function itemFacts(body: ItemBody, repository: RepositoryFacts): ItemFacts {
  const pull = body.pull_request
  return {
    ...shared(body),
    kind: pull ? 'pull' : 'issue',
    comments: body.comments,
    mergedAt: pull?.merged_at ?? null,
    isHome: null,
    reactions: body.reactions ? reactionsOf(body.reactions) : null,
    closes: pull ? closedBy(body.body, addressOf(repository), body.number) : [],
  }
}

/** A pull request as it is spoken of as such. Only a merge into the default branch closes issues. */
export function pullFacts(body: PullBody, repository: RepositoryFacts): ItemFacts {
  const isHome = body.base.ref === repository.defaultBranch
  return {
    ...shared(body),
    kind: 'pull',
    comments: body.comments ?? 0,
    mergedAt: body.merged_at,
    isHome,
    reactions: null,
    closes: isHome ? closedBy(body.body, addressOf(repository), body.number) : [],
  }
}

/** A commit as work; null for a merge, and when nobody knows whose it is. */
export function commitFacts({ sha, commit, author, parents }: CommitBody): WorkFacts | null {
  const account = author && 'id' in author ? authorOf(author) : null
  if (parents.length > 1 || !commit.committer || !account) return null
  return { kind: 'commit', ref: sha, account, at: commit.committer.date }
}

function reactionsOf(counts: Record<(typeof REACTIONS)[number], number>): Reactions {
  const reactions: Reactions = {}
  for (const name of REACTIONS) if (counts[name] > 0) reactions[name] = counts[name]
  return reactions
}

/** Names of labels differ in more than case. */
function distinct<Label extends { name: string }>(labels: readonly Label[]): Label[] {
  return [...new Map(labels.map((label) => [label.name.toLowerCase(), label])).values()]
}
