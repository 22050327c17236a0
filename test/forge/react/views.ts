/** What the server hands a React page: rendered once there, hydrated here, replaced on soft visits. */

export interface LabelView {
  name: string
  color: string
  description: string
}

/** What a list learns later, by a second query. */
export interface Secondary {
  comments: number
  assignees: string[]
  linked: number
}

export interface RowView {
  owner: string
  repo: string
  number: number
  kind: 'issue' | 'pull'
  state: 'open' | 'completed' | 'not_planned' | 'merged' | 'closed' | 'draft'
  title: string
  author: string
  /** "on Aug 12, 2026" */
  at: string
  createdAt: string
  labels: LabelView[]
  milestone: string | null
  secondary: Secondary | null
}

export interface ListView {
  route: 'list'
  /** `issues` has wrapped rows and relative links, `pulls` has bare rows and absolute links. */
  form: 'issues' | 'pulls'
  dashboard: boolean
  heading: string
  /** `owner/name`, or null on a dashboard. */
  repo: string | null
  /** Path of the list without its query. */
  path: string
  /** The test's `forge-form`, which links keep. */
  keep: string | null
  query: string
  open: number
  closed: number
  page: number
  pages: number
  rows: RowView[]
  pinned: RowView[]
  /** A row for `window.__forge.prepend()`. */
  spare: RowView | null
  viewer: string | null
  authors: string[]
  labelNames: string[]
}

export interface ReactionView {
  name: string
  emoji: string
  count: number
}

export interface EventView {
  id: number
  nodeId: string
  actor: string
  text: string
  at: string
  createdAt: string
}

export interface CommentView {
  minimized: boolean
  html: string | undefined
  id: number
  nodeId: string
  author: string
  at: string
  createdAt: string
  body: string
  reactions: ReactionView[]
}

export interface IssueView extends RowView {
  route: 'issue'
  databaseId: number
  body: string
  reactions: ReactionView[]
  comments: CommentView[]
  events: EventView[]
  assignees: string[]
  viewer: string | null
}

export type PullTab = 'conversation' | 'commits' | 'checks' | 'files'

export interface PullIslands {
  body: string
  timeline: string
  files: string
  /** The box that merges, where Rails still draws that. */
  merging?: string
}

export interface PullView extends RowView {
  route: 'pull'
  tab: PullTab
  base: string
  head: string
  headSha: string
  /** Server-made HTML of the Rails islands; null on the other tabs. */
  islands: PullIslands | null
  viewer: string | null
  delays: { mergePoll: number }
}

export type AppView = ListView | IssueView | PullView

/** The JSON in `script[data-target="react-app.embeddedData"]`. */
export interface Embedded {
  payload: { preloadedQueries: { queryName: string; variables: object; result: AppView }[] }
  title: string
  appPayload: { release: string }
}
