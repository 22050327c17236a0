import type { ReadonlySignal } from '@preact/signals-core'
import type { Order } from '#shared/ranking'
import type { SubjectId } from '#shared/subject'
import type { FeedFilter, SubjectSlot } from '../forges/forge.ts'
import type { TalkOrder } from '../state/talk-order.ts'

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

/** What a conversation's widget may know and ask of it. */
export interface TalkControl {
  order: ReadonlySignal<TalkOrder>
  /** How many comments there are, and whether the forge holds back more. */
  comments: ReadonlySignal<{ count: number; hasMore: boolean }>
  /** The scores would now give another order than the one shown. */
  hasNewOrder: ReadonlySignal<boolean>
  /** The conversation is built in a way that cannot be shown in another order. */
  refused: ReadonlySignal<boolean>
  /** The comment that surely is worth most, if one is. */
  best: ReadonlySignal<{ subject: SubjectId; author: string | undefined } | undefined>
  /** What is shown as one line, and how many people only agreed. */
  noise: ReadonlySignal<{ folded: number; agreed: number; folds: boolean }>
  /** Shows the conversation in an order. */
  choose(order: TalkOrder): void
  /** Works the present order out anew. */
  renew(): void
  /** Whether noise is shown as one line, from now on and everywhere. */
  fold(folds: boolean): void
}

/** Why something is shown as one line, and how it is opened. */
export interface FoldControl {
  /** For a person. */
  why: string
  open(): void
}

/** The events of a conversation, which stand behind its comments when those are sorted. */
export interface EventsControl {
  count: ReadonlySignal<number>
  isOpen: ReadonlySignal<boolean>
  toggle(): void
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
