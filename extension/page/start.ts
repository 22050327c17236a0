/**
 * Keeps a forge's page and our widgets in step: what should be there against what is there, whenever
 * the page changes, right before it is painted. A visit lasts from arriving at an address to leaving it.
 */
import { sortFeature } from '../features/sort.ts'
import { voteFeature } from '../features/vote.ts'
import { repositoryOf } from '#shared/subject'
import type { Forge, Found, ListSlot, Page } from '../forges/forge.ts'
import { ask } from '../messages.ts'
import { startKnowledge } from './knowledge.ts'
import { type ListVisit, listVisit } from './list-visit.ts'
import { isOwn, newWidget, removeStale } from './mount.ts'
import { watchReader } from './reader.ts'
import { watchSelf } from './self-check.ts'
import { type Placed, subjectWidgets } from './subject-widgets.ts'

/** Between looks at a page whose own scripts have not taken over yet, in milliseconds. */
const UNSETTLED = 50

/** How long after a snapshot was announced nothing is added, unless the page moves on before. */
const SNAPSHOT = 500

/** Says on the document what page it is, so that room is kept for widgets before they come. */
const ROOM = 'forgemoot'

export function start(forge: Forge, signal: AbortSignal): void {
  const knowledge = startKnowledge(schedule, signal)
  const reader = watchReader(signal)
  const widgets = subjectWidgets([voteFeature])
  const lists = new Map<HTMLElement, Placed & { visit: ListVisit }>()
  let address = ''
  let page: Page | undefined
  let isScheduled = false
  let pausedUntil = 0
  let retry: ReturnType<typeof setTimeout> | undefined
  const selfCheck = watchSelf(signal)

  function schedule() {
    if (isScheduled || signal.aborted) return
    isScheduled = true
    // Frames come right before painting, but not at all in a tab in the background.
    if (document.hidden) setTimeout(look, 200)
    else requestAnimationFrame(look)
  }

  function look() {
    isScheduled = false
    if (signal.aborted || performance.now() < pausedUntil) return
    arrive()
    if (!page) return
    const found = forge.find(page, document)
    place(found)
    selfCheck.saw(found, widgets.count())
  }

  /** Begins a visit when the address is another than before. */
  function arrive() {
    if (location.href.split('#', 1)[0] === address) return
    address = location.href.split('#', 1)[0] ?? ''
    page = forge.pageOf(new URL(location.href))
    const { dataset } = document.documentElement
    if (page) dataset[ROOM] = page.kind
    else delete dataset[ROOM]
    reader.reset()
    knowledge.reset()
    selfCheck.begin(page)
    if (!page) return clear()
    knowledge.prepare(page.kind === 'list' ? page.view.repository : repositoryOf(page.subject))
  }

  function place(found: Found) {
    clearTimeout(retry)
    const settled = new Map<Element, boolean>()
    const isSettled = (element: Element) => {
      const known = settled.get(element) ?? forge.isSettled(element)
      settled.set(element, known)
      return known
    }
    widgets.sync(found.subjects, isSettled)
    placeLists(found.lists, isSettled)
    removeStale(
      (element) => widgets.has(element) || [...lists.values()].some(({ host }) => host === element),
    )
    const view = page?.kind === 'list' ? page.view : undefined
    knowledge.want(
      found.subjects.map(({ subject }) => subject),
      view,
      forge.viewer(document),
    )
    if ([...settled.values()].includes(false)) retry = setTimeout(schedule, UNSETTLED)
  }

  function placeLists(slots: readonly ListSlot[], isSettled: (element: Element) => boolean) {
    const present = new Set(slots.map(({ element }) => element))
    for (const [element, placed] of lists) if (!present.has(element)) drop(element, placed)
    for (const slot of slots) {
      const { element } = slot
      const subjects = slot.rows.map(({ subject }) => subject)
      const isReady = knowledge.isReady(subjects)
      const mayMove = reader.mayMove()
      let placed = lists.get(element)
      if (!placed) {
        if (!isReady) continue
        const visit = listVisit(slot, ({ list }, order) => void ask('chooseOrder', { list, order }))
        const root = newWidget(sortFeature.id, { list: slot.list })
        placed = { visit, host: root.host as HTMLElement, undo: sortFeature.draw(root, visit) }
        lists.set(element, placed)
      }
      placed.visit.update(slot, knowledge.settings().orders[slot.list], mayMove)
      if (element.previousElementSibling !== placed.host && isSettled(element))
        element.before(placed.host)
    }
  }

  function drop(element: HTMLElement, { visit, host, undo }: Placed & { visit: ListVisit }) {
    visit.restore()
    undo()
    host.remove()
    lists.delete(element)
  }

  function clear() {
    clearTimeout(retry)
    widgets.clear()
    for (const [element, placed] of lists) drop(element, placed)
  }

  const observer = new MutationObserver((mutations) => {
    if (mutations.some(matters)) schedule()
  })
  observer.observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['href'],
  })
  forge.watchNavigation(() => {
    pausedUntil = 0
    schedule()
  }, signal)
  forge.watchSnapshot(() => {
    pausedUntil = performance.now() + SNAPSHOT
    setTimeout(schedule, SNAPSHOT)
    clear()
  }, signal)
  document.addEventListener('visibilitychange', schedule, { signal })
  signal.addEventListener('abort', () => {
    observer.disconnect()
    clear()
    delete document.documentElement.dataset[ROOM]
  })
  arrive()
  schedule()
}

/** Whether a change of the page can concern us: not our own widgets, nor ticking clocks, nor the head. */
function matters({ type, target, addedNodes, removedNodes }: MutationRecord): boolean {
  if (type === 'attributes') return true
  if (target instanceof Element && target.closest('head, relative-time')) return false
  return ![...addedNodes, ...removedNodes].every(isOwn)
}
