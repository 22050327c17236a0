/**
 * What the server asks of a forge to let a pull request be decided on: what it is now, under which rules,
 * what it changes; and to say and do what was decided. Nothing is asked twice by itself: who asks looks again.
 */
import type { AccountFacts, RepositoryFacts } from '../forge-facts.ts'

/** A pull request as the forge has it at this moment. */
export interface PullFacts {
  number: number
  title: string
  /** The commit that would be merged. */
  head: string
  baseRef: string
  /** Its repository is not for everybody to see. */
  isPrivate: boolean
  isOpen: boolean
  isMerged: boolean
  isDraft: boolean
  /** Null when the forge no longer says who it was. */
  author: AccountFacts | null
  /** Who merged it, and into which commit. */
  mergedBy: AccountFacts | null
  mergeSha: string | null
  /** What merging it would make, as a commit that the forge made to try; null when it made none yet. */
  testMerge: string | null
  /** Whether the forge found no conflict; null while it does not know. */
  isMergeable: boolean | null
  /** Why the forge would not merge it now, for a person; null when it might. */
  obstacle: string | null
}

/** The rules at the tip of a branch. */
export interface FoundRules {
  /** The tip's commit. */
  tip: string
  /** The file; null when there is none. */
  file: { text: string; hash: string } | null
}

/** A file that a pull request changes. */
export interface FileChange {
  path: string
  /** It is a symbolic link or another repository, or becomes or ceases to be one: it may lead anywhere. */
  isLink: boolean
}

/** What a head changes against where it branched off, and what merging it would change besides. */
export interface Changes {
  /** The same for the same change, and for no other. */
  hash: string
  /** What merging would make of the branch as it is now is part of this. */
  isTried: boolean
  /** Every path touched, also by the names that links give it; `unknown` when they cannot all be told. */
  files: readonly FileChange[] | 'unknown'
}

/** What is compared: a branch's tip, what would be merged into it, and the commit that tried it if any. */
export interface Between {
  tip: string
  head: string
  testMerge: string | null
}

/** What is said about a head. */
export interface Report {
  /** What it is known by, so that it is said once. */
  key: string
  head: string
  /** The branch that it would be merged into: a pass for one says nothing about another. */
  baseRef: string
  /** `neutral` lets the forge merge all the same; `ended` does not. */
  outcome: 'open' | 'passed' | 'failed' | 'neutral' | 'ended'
  /** A sentence, and the rest as Markdown. */
  title: string
  summary: string
  /** Epoch milliseconds. */
  startedAt: number
  completedAt: number | null
}

export type MergeAnswer =
  | { kind: 'merged'; sha: string | null }
  /** It was accepted and will happen, or not, by itself. */
  | { kind: 'pending'; note: string }
  | { kind: 'moved' }
  | { kind: 'refused'; note: string }

/** Everything rejects with a `ForgeRefusal` or a `ForgeSilence`. */
export interface PullForge {
  /** Undefined when there is no such pull request. */
  pull(repository: RepositoryFacts, number: number): Promise<PullFacts | undefined>
  rules(repository: RepositoryFacts, branch: string, path: string): Promise<FoundRules>
  /** The commit that a branch is at. */
  tip(repository: RepositoryFacts, branch: string): Promise<string>
  /** Whether everybody may see the repository. */
  isPublic(repository: RepositoryFacts): Promise<boolean>
  /** `followLinks` when it matters by which other names a path can be reached. */
  changes(repository: RepositoryFacts, between: Between, followLinks: boolean): Promise<Changes>
  /** Who has a login now; undefined for nobody. Asked on behalf of a repository. */
  account(repository: RepositoryFacts, login: string): Promise<AccountFacts | undefined>
  /** Says it, or says it anew under the number it was said under; that number. */
  report(repository: RepositoryFacts, report: Report, known: number | null): Promise<number>
  /** Merges exactly this head. */
  merge(
    repository: RepositoryFacts,
    number: number,
    how: { head: string; method: 'merge' | 'squash' | 'rebase' },
  ): Promise<MergeAnswer>
}
