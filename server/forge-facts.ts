/**
 * What a forge says of itself, in our words: what an import learns and the writer keeps. Who reads a
 * forge's API turns its answers into these and nothing else; times are epoch milliseconds.
 */
import type { Reactions } from '#shared/score'

/** A repository and the name it has now. `forgeId` is its identity. */
export interface RepositoryFacts {
  host: string
  forgeId: number
  owner: string
  name: string
  defaultBranch: string
}

/** Somebody's account. `forgeId` is its identity, the login only what it is called now. */
export interface AccountFacts {
  forgeId: number
  login: string
  isBot: boolean
}

/** An issue or a pull request. */
export interface ItemFacts {
  number: number
  kind: 'issue' | 'pull'
  state: 'open' | 'closed'
  title: string
  /** Null when the forge no longer says who it was. */
  author: AccountFacts | null
  labels: readonly { name: string; color: string }[]
  comments: number
  openedAt: number
  updatedAt: number
  closedAt: number | null
  /** Null for issues and for what was not merged. */
  mergedAt: number | null
  isDraft: boolean
  /** Whether a merge of it reaches the default branch; null when not said, as in lists of issues. */
  isHome: boolean | null
  /** Null when this was not said, as in webhooks about pull requests: then what is known stays. */
  reactions: Reactions | null
  /** Numbers of the issues of the same repository that a merge of it closes; null when not said. */
  closes: readonly number[] | null
}

/** A piece of merged work: a pull request by its number, a commit by its hash. */
export interface WorkFacts {
  kind: 'pull' | 'commit'
  ref: string
  account: AccountFacts
  at: number
}
