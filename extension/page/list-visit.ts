/**
 * One list during one visit. Its order is worked out once from what is known, before the rows are
 * painted; afterwards only the reader changes it. When the forge replaces most rows (paging, a
 * filter), that is a new start: everything moved already.
 */
import { batch, computed, signal } from '@preact/signals-core'
import type { Order } from '#shared/ranking'
import type { SubjectId } from '#shared/subject'
import { ask } from '../messages.ts'
import type { ListControl } from '../features/feature.ts'
import type { ListSlot } from '../forges/forge.ts'
import { ranked, type Row, sameOrder } from '../state/order.ts'

export interface ListVisit extends ListControl {
  /**
   * Takes in the list as it is now. `start` is the order that a new start is made with; while rows
   * `mayMove`, since nobody has read them yet, every change of the list is one.
   */
  update(slot: ListSlot, start: Order, mayMove: boolean): void
  /** The forge's own order again, nothing left behind. */
  restore(): void
}

export function listVisit(
  first: ListSlot,
  remember: (slot: ListSlot, order: Order) => void,
): ListVisit {
  let slot = first
  const rows = signal<readonly Row[]>([])
  const order = signal<Order>('forge')
  /** The order in place; undefined is the forge's. */
  const shown = signal<readonly SubjectId[] | undefined>(undefined)
  const refused = signal(false)

  const wanted = computed(() => ranked(rows.value, order.value))
  const hasNewOrder = computed(
    () => order.value !== 'forge' && !refused.value && !sameOrder(wanted.value, shown.value),
  )

  function show(next: readonly SubjectId[] | undefined) {
    shown.value = next
    refused.value = !slot.arrange(next)
  }

  function begin(start: Order) {
    order.value = start
    show(ranked(rows.peek(), start))
  }

  /** The reader is reading already: leaves the rows, and offers the order instead of taking it. */
  function keep(start: Order) {
    order.value = start
    show(start === 'forge' ? undefined : rows.peek().map(({ subject }) => subject))
  }

  return {
    order,
    rows: computed(() => rows.value.length),
    hasNewOrder,
    refused,
    choose(next) {
      batch(() => {
        order.value = next
        show(ranked(rows.peek(), next))
      })
      remember(slot, next)
    },
    renew() {
      show(wanted.value)
    },
    // Without an answer the list stays.
    openFeed: () => void ask('openFeed').catch(() => undefined),
    update(next, start, mayMove) {
      const before = new Set(rows.peek().map(({ subject }) => subject))
      slot = next
      const kept = next.rows.filter(({ subject }) => before.has(subject)).length
      const isSame = kept === next.rows.length && kept === before.size
      // The forge replaced what it shows: everything moved already.
      const isReplaced = before.size > 0 && kept * 2 < next.rows.length
      batch(() => {
        if (!isSame)
          rows.value = next.rows.map(({ subject, createdAt }) => ({ subject, createdAt }))
        if (isReplaced || (mayMove && !isSame)) begin(start)
        else if (before.size === 0) keep(start)
        else show(isSame ? shown.peek() : adjusted(shown.peek(), next))
      })
    },
    restore() {
      slot.arrange(undefined)
    },
  }
}

/** The order in place with rows that left taken out, and new ones behind the others. */
function adjusted(shown: readonly SubjectId[] | undefined, { rows }: ListSlot) {
  if (!shown) return undefined
  const present = new Set(rows.map(({ subject }) => subject))
  const placed = new Set(shown)
  return [...shown.filter((id) => present.has(id)), ...[...present].filter((id) => !placed.has(id))]
}
