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
  kind: 'row' | 'pin' | 'title'
  subject: SubjectId
  /** The forge's element that a widget is appended to. Its own children are never touched. */
  host: HTMLElement
  /** What must be settled before anything is added to `host`: its list, or itself. */
  within: HTMLElement
  /** When the subject was created, epoch milliseconds, where the page says so. */
  createdAt(): number | undefined
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
