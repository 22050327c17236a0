import type { ListFeature } from '../features/feature.ts'
import type { ListSlot } from '../forges/forge.ts'
import { ask } from '../messages.ts'
import type { Knowledge } from './knowledge.ts'
import { type ListVisit, listVisit } from './list-visit.ts'
import { newWidget } from './mount.ts'
import type { Placed } from './subject-widgets.ts'

type PlacedList = Placed & { visit: ListVisit }

/** The widgets of lists, and the lists' orders, kept in step with what is on the page. */
export function listWidgets(feature: ListFeature, knowledge: Knowledge) {
  const placed = new Map<HTMLElement, PlacedList>()

  function begin(slot: ListSlot): PlacedList {
    const visit = listVisit(slot, ({ list }, order) => {
      // Shown all the same; only the next visit will not know.
      ask('chooseOrder', { list, order }).catch(() => undefined)
    })
    const root = newWidget(feature.id, { list: slot.list })
    // `newWidget` makes HTML elements
    return {
      visit,
      host: root.host as HTMLElement,
      undo: feature.draw(root, visit),
    }
  }

  function end(element: HTMLElement, { visit, host, undo }: PlacedList) {
    visit.restore()
    undo()
    host.remove()
    placed.delete(element)
  }

  return {
    /** Answers whether every list is whole and in its order. */
    sync(
      slots: readonly ListSlot[],
      mayMove: boolean,
      isSettled: (element: Element) => boolean,
    ): boolean {
      const present = new Set(slots.map(({ element }) => element))
      for (const [element, each] of placed) if (!present.has(element)) end(element, each)
      let isWhole = true
      for (const slot of slots) {
        const { element, list, rows } = slot
        let each = placed.get(element)
        if (!each && !knowledge.isReady(list, rows)) {
          isWhole = false
          continue
        }
        each ??= begin(slot)
        placed.set(element, each)
        each.visit.update(slot, knowledge.settings().orders[list], mayMove)
        // More rows may come between these while the document is being parsed.
        if (document.readyState === 'loading' && each.visit.order.value !== 'forge') isWhole = false
        const { host } = each
        if (element.previousElementSibling !== host && isSettled(element)) element.before(host)
      }
      return isWhole
    },
    has: (element: Element): boolean => [...placed.values()].some(({ host }) => host === element),
    count: (): number => [...placed.values()].filter(({ host }) => host.isConnected).length,
    clear(): void {
      for (const [element, each] of placed) end(element, each)
    },
  }
}
