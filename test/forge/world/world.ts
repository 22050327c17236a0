/** What the stand-in forge knows: plain values, changed only through `ForgeControl`. */

export const reactionNames = [
  '+1',
  '-1',
  'laugh',
  'hooray',
  'confused',
  'heart',
  'rocket',
  'eyes',
] as const
export type ReactionName = (typeof reactionNames)[number]
export type Reactions = Record<ReactionName, number>

/** Nobody has reacted. */
export const noReactions: Reactions = {
  '+1': 0,
  '-1': 0,
  laugh: 0,
  hooray: 0,
  confused: 0,
  heart: 0,
  rocket: 0,
  eyes: 0,
}

export interface Account {
  login: string
  id: number
  isBot?: boolean
}

export interface Label {
  id: number
  name: string
  /** Six hexadecimal digits, without a number sign. */
  color: string
  description: string
}

export interface Milestone {
  number: number
  title: string
  state: 'open' | 'closed'
}

export interface Comment {
  id: number
  author: Account
  body: string
  createdAt: string
  reactions: Reactions
  /** Somebody hid it, as off topic say. */
  minimized?: boolean
  /** What it says as it is, in place of `body`: no forge would let it through. */
  html?: string
}

/** Something that happened between comments. */
export interface TimelineEvent {
  id: number
  actor: Account
  /** As it is told behind the name. */
  text: string
  createdAt: string
}

/** A comment on a line of code; it belongs to a review. */
export interface LineComment extends Comment {
  path: string
  /** The comment that began its thread; it begins one when absent. */
  replyTo?: number
}

export interface Review {
  id: number
  author: Account
  verdict: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED'
  body: string
  createdAt: string
  lines: LineComment[]
}

/** An issue or a pull request; both share one number space, as on GitHub. */
export interface Subject {
  /** `owner/name` */
  repo: string
  number: number
  kind: 'issue' | 'pull'
  id: number
  nodeId: string
  title: string
  body: string
  state: 'open' | 'closed'
  stateReason: 'completed' | 'not_planned' | null
  merged: boolean
  draft: boolean
  /** The branch that a pull request is to be merged into; `main` when it does not say. */
  base?: string
  author: Account
  association: 'NONE' | 'CONTRIBUTOR' | 'MEMBER' | 'OWNER'
  labels: Label[]
  milestone: Milestone | null
  assignees: Account[]
  /** Numbers of pull requests that would close this issue. */
  linked: number[]
  createdAt: string
  updatedAt: string
  closedAt: string | null
  reactions: Reactions
  comments: Comment[]
  reviews: Review[]
  /** None when absent. */
  events?: TimelineEvent[]
  headSha: string
}

/** A commit on the default branch. */
export interface Commit {
  sha: string
  parents: string[]
  /** Null when nobody has its mail address. */
  author: Account | null
  message: string
  date: string
}

export interface Repository {
  /** `owner/name` */
  name: string
  id: number
  private?: boolean
  /** Newest first; none when absent. */
  commits?: Commit[]
  labels: Label[]
  milestones: Milestone[]
  /** By number, ascending. */
  subjects: Map<number, Subject>
}

export interface World {
  accounts: Account[]
  repositories: Map<string, Repository>
  /** Names that lead to a repository that is called something else now; by id. */
  moved?: Map<string, number>
  /** Items that are in another repository now, as `owner/name#1`, and where. */
  transferred?: Map<string, string>
}

/** The moment at which every page is read: content never depends on the real clock. */
export const now = new Date('2026-11-22T12:00:00Z')
