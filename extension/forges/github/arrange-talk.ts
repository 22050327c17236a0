import type { SubjectId } from '#shared/subject'
import type { TalkItem } from '../forge.ts'
import { LOAD_MORE, TALK_ITEM } from './slots.ts'

/** On a conversation that is shown in another order than its own, and on what groups its items. */
const ARRANGED = 'data-forgemoot-flow'
const GROUP = 'data-forgemoot-group'
const EVENT = 'data-forgemoot-event'

/** Behind every comment in this order; a widget of ours stands between `MORE` and `EVENTS`. */
const UNPLACED = '50000'
const MORE = '55000'
const EVENTS = '70000'
const LAST = '100000'

type Items = ReadonlyMap<HTMLElement, TalkItem>

/**
 * What stands side by side once groups are left out: each holds one item, or none. A forge may put the
 * first and the last comments into boxes of their own.
 */
export function leavesOf(element: Element, items: Items): HTMLElement[] {
  const groups = groupsOf(element, items)
  const open = (each: Element): HTMLElement[] =>
    [...each.children].flatMap((child) =>
      groups.has(child) ? open(child) : [child as HTMLElement],
    )
  return open(element)
}

/** What stands between the conversation and its items. */
function groupsOf(element: Element, items: Items): Set<Element> {
  const groups = new Set<Element>()
  for (const item of items.keys()) {
    let above = item.parentElement
    while (above && above !== element && !groups.has(above)) {
      groups.add(above)
      above = above.parentElement
    }
  }
  return groups
}

/**
 * Shows items in another order by CSS `order` alone: React owns these nodes, and moving one makes it
 * throw. Groups are looked through (`display: contents`). Refused where `order` would have no effect.
 */
export function arrangeTalk(
  element: HTMLElement,
  items: Items,
  order: readonly SubjectId[] | undefined,
): boolean {
  if (!order) return restoreTalk(element)
  if ([...items.keys()].some(placesItself)) {
    restoreTalk(element)
    return false
  }
  const rank = new Map(order.map((subject, index) => [subject, String(index + 1)]))
  for (const group of groupsOf(element, items)) set(group, GROUP, '')
  set(element, ARRANGED, '')
  let isBefore = true
  for (const leaf of leavesOf(element, items)) {
    if (leaf.hasAttribute('data-forgemoot-own')) continue
    const item = items.get(leaf)
    if (item) isBefore = false
    const isOther = !item && leaf.matches(TALK_ITEM) && !leaf.matches(LOAD_MORE)
    if (isOther) set(leaf, EVENT, '')
    else leaf.removeAttribute(EVENT)
    const wanted = item
      ? (rank.get(item.subject) ?? UNPLACED)
      : isOther
        ? EVENTS
        : leaf.matches(LOAD_MORE)
          ? MORE
          : isBefore
            ? '0'
            : LAST
    if (leaf.style.order !== wanted) leaf.style.order = wanted
  }
  return true
}

/** The forge's own order, nothing left behind. */
function restoreTalk(element: HTMLElement): true {
  if (!element.hasAttribute(ARRANGED)) return true
  element.removeAttribute(ARRANGED)
  for (const each of element.querySelectorAll(`[${EVENT}]`)) each.removeAttribute(EVENT)
  const groups = [...element.querySelectorAll(`[${GROUP}]`)]
  for (const parent of [element, ...groups]) {
    parent.removeAttribute(GROUP)
    for (const child of parent.children) {
      const { style } = child as HTMLElement
      style.removeProperty('order')
      if (child.getAttribute('style') === '') child.removeAttribute('style')
    }
  }
  return true
}

function set(element: Element, name: string, value: string) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value)
}

function placesItself(item: Element): boolean {
  const { position } = getComputedStyle(item)
  return position === 'absolute' || position === 'fixed'
}
