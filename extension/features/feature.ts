import type { ReadonlySignal } from '@preact/signals-core'
import type { Order } from '#shared/ranking'
import type { SubjectId } from '#shared/subject'
import type { FeedFilter, SubjectSlot } from '../forges/forge.ts'

/** One thing that is added to pages wherever a subject has a place. */
export interface SubjectFeature {
  /** The file's name, and the element's: `<forgemoot-ID>`. */
  id: string
  /** Where it belongs. */
  slots: readonly SubjectSlot['kind'][]
  /** What the widget will say, painted in its room while it cannot be there yet. */
  preview(slot: SubjectSlot): string
  /** Draws the widget and keeps it true until the returned function is called. */
  draw(root: ShadowRoot, slot: SubjectSlot): () => void
}

/** What a list's widget may know and ask of its list. */
export interface ListControl {
  order: ReadonlySignal<Order>
  /** How many rows the list shows. */
  rows: ReadonlySignal<number>
  /** The scores would now give another order than the one shown. */
  hasNewOrder: ReadonlySignal<boolean>
  /** The list places its rows itself, so that they cannot be shown in another order. */
  refused: ReadonlySignal<boolean>
  /** Shows the list in an order and remembers it for lists of this kind. */
  choose(order: Order): void
  /** Works the present order out anew. */
  renew(): void
  /** Shows the whole repository in place of the list. */
  openFeed(): void
}

/** What a feed is shown of, and how it is left. */
export interface FeedControl {
  /** `host/owner/name`. */
  repository: string
  filter: FeedFilter
  close(): void
  /** Puts what votes on a subject into its row, until the returned function is called. */
  addVote(row: HTMLElement, subject: SubjectId): () => void
}

/** One thing that is added above every list. */
export interface ListFeature {
  id: string
  draw(root: ShadowRoot, list: ListControl): () => void
}
