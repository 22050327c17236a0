import type { SubjectId } from '#shared/subject'

/** Kinds of list that a reader may want to see in different orders. */
export const LIST_KINDS = ['issues', 'pulls', 'dashboard', 'mixed'] as const

export type ListKind = (typeof LIST_KINDS)[number]

/** What a list page asks its forge for, so that the forge's API can be asked the same. */
export interface ListView {
  /** `host/owner/name`, or undefined for a list that spans repositories. */
  repository: string | undefined
  /** The page's query in the forge's own search words, without the repository. */
  query: string
  /** The milestone by number, which search cannot name. */
  milestone?: number
  /** Pages count from 1. */
  page: number
}

/** What an address shows, as far as Forgemoot has something to add there. */
export type Page =
  | { kind: 'list'; list: ListKind; view: ListView }
  | { kind: 'subject'; subject: SubjectId }

/** A place on a page where something about one subject belongs. */
export interface SubjectSlot {
  kind: 'row' | 'pin' | 'title' | 'comment' | 'line'
  subject: SubjectId
  /** The forge's element that a widget is appended to. Its own children are never touched. */
  host: HTMLElement
  /** What must be settled before anything is added to `host`: its list, or itself. */
  within: HTMLElement
  /** When the subject was created, epoch milliseconds, where the page says so. */
  createdAt(): number | undefined
}

/** Something that somebody said about a subject: a comment, a review, or a comment on a line of it. */
export interface CommentSlot extends SubjectSlot {
  kind: 'comment' | 'line'
  /** The login of who said it; undefined where the page does not say. */
  author: string | undefined
  /** The page marks it as the reader's own. */
  isOwn: boolean
  /** The forge itself shows no more than a line of it. */
  isMinimized: boolean
  /** What stands in the conversation: the comment itself, or the review that it belongs to. */
  item: HTMLElement | undefined
  /** The forge's element around this comment alone, which may be shown as one line. */
  whole: HTMLElement | undefined
  /** What it says, as text; undefined when it says something that is no text. */
  text(): string | undefined
}

/** What stands in a conversation together: a comment, or a review with its threads. */
export interface TalkItem {
  /** The first of its comments. */
  subject: SubjectId
  comments: CommentSlot[]
}

/** A conversation whose comments can be shown in another order. */
export interface TalkFlow {
  /** The forge's element that holds them. */
  element: HTMLElement
  /** In the order of time. */
  items: TalkItem[]
  /** What happened between the comments and is none. */
  events: HTMLElement[]
  /** The forge holds back some that it would load. */
  hasMore: boolean
  /** Whether a widget stands where the conversation begins, after the opening post. */
  isPlaced(host: Element): boolean
  place(host: HTMLElement): void
  /** What has to be settled before a widget is placed. */
  within: Element
  /**
   * Shows the items in this order, or in the forge's own when undefined. Items that are not named come
   * after those that are, then what the forge would load, then events. Nodes are never moved. Returns
   * false when this conversation cannot be arranged.
   */
  arrange(order: readonly SubjectId[] | undefined): boolean
}

/** A conversation as it was found on a page at one moment. */
export interface Talk {
  /** Where the page's title has its widget; undefined while the page is not this subject's. */
  title: HTMLElement | undefined
  comments: CommentSlot[]
  /** Undefined while nobody has said anything, and where it is not built as we know it. */
  flow: TalkFlow | undefined
  /** How many elements looked like comments but had no place for a widget. */
  unplaced: number
}

/** A list whose rows can be shown in another order. */
export interface ListSlot {
  kind: 'list'
  list: ListKind
  /** The forge's element that holds the rows; a widget goes right before it. */
  element: HTMLElement
  /** Its rows in the forge's order. */
  rows: SubjectSlot[]
  /**
   * Shows the rows in this order, or in the forge's own when undefined. Rows that are not named come
   * last. Nodes are never moved. Returns false when this list cannot be arranged.
   */
  arrange(order: readonly SubjectId[] | undefined): boolean
}

/** What a list's query lets through, as far as a feed can follow it. */
export interface FeedFilter {
  /** Both when undefined. */
  kind: 'issue' | 'pull' | undefined
  state: 'open' | 'closed' | 'all'
  labels: string[]
  author: string | undefined
  /** Words of the query that a feed cannot follow. */
  left: string[]
}

/** What was found on a page at one moment. */
export interface Found {
  lists: ListSlot[]
  /** Rows, pinned subjects and titles, each with one subject. */
  subjects: SubjectSlot[]
  /** Which strategy found what, for the self-check: element name → strategy name, '' for none. */
  strategies: Record<string, string>
  /** How many elements looked like rows but named no single subject. */
  unnamed: number
  /** A list that the forge itself says is empty. */
  isEmpty: boolean
}

/** What is asked of any forge's pages. */
export interface Forge {
  /** What an address shows; undefined where Forgemoot stays silent. */
  pageOf(url: URL): Page | undefined
  /** Finds every slot of a page. Pure reading: nothing on the page changes. */
  find(page: Page, document: Document): Found
  /** True once the page's own scripts have taken over these nodes, so that adding to them is safe. */
  isSettled(element: Element): boolean
  /** Calls back whenever the forge may have shown another page without loading one. */
  watchNavigation(callback: () => void, signal: AbortSignal): void
  /** Calls back right before the forge copies the page for going back: added elements must be gone. */
  watchSnapshot(callback: () => void, signal: AbortSignal): void
  /** The login of whoever reads the page, as the page says; undefined when signed out. */
  viewer(document: Document): string | undefined
}
