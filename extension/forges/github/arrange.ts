import type { SubjectId } from '#shared/subject'
import type { SubjectSlot } from '../forge.ts'

/** On a list that is shown in another order than its own; `room.css` makes it a flex column. */
const ARRANGED = 'data-forgemoot-arranged'

/** Far behind every row: skeletons, "load more" and rows that nobody has placed yet. */
const LAST = '100000'

/**
 * Shows rows in another order by CSS `order` alone: React owns these nodes, and moving one makes it
 * throw. What gets an order is the child of the list, which on issue lists is two wrappers above the
 * row. Refused where `order` would have no effect: a list that places its rows itself.
 */
export function arrange(
  list: HTMLElement,
  rows: readonly SubjectSlot[],
  order: readonly SubjectId[] | undefined,
): boolean {
  if (!order) return restore(list)
  const rank = new Map(order.map((subject, index) => [subject, String(index + 1)]))
  const items = new Map<Element, string>()
  for (const { host, subject } of rows) {
    const item = childOf(list, host)
    if (item) items.set(item, rank.get(subject) ?? LAST)
  }
  if ([...items.keys()].some(placesItself)) {
    restore(list)
    return false
  }
  if (!list.hasAttribute(ARRANGED)) list.setAttribute(ARRANGED, '')
  for (const child of list.children) {
    const wanted = items.get(child) ?? LAST
    const { style } = child as HTMLElement
    if (style.order !== wanted) style.order = wanted
  }
  return true
}

function restore(list: HTMLElement): boolean {
  if (!list.hasAttribute(ARRANGED)) return true
  list.removeAttribute(ARRANGED)
  for (const child of list.children) {
    const element = child as HTMLElement
    element.style.removeProperty('order')
    if (element.getAttribute('style') === '') element.removeAttribute('style')
  }
  return true
}

function childOf(list: HTMLElement, element: HTMLElement): Element | undefined {
  let child: Element | null = element
  while (child && child.parentElement !== list) child = child.parentElement
  return child ?? undefined
}

function placesItself(item: Element): boolean {
  const { position } = getComputedStyle(item)
  return position === 'absolute' || position === 'fixed'
}
