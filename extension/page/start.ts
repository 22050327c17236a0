/**
 * Keeps a forge's page and our widgets in step: what should be there against what is there, whenever
 * the page changes, right before it is painted. A visit lasts from arriving at an address to leaving it.
 */
import { repositoryOf } from '#shared/subject'
import { sortFeature } from '../features/sort.ts'
import { voteFeature } from '../features/vote.ts'
import type { Forge, Found, Page } from '../forges/forge.ts'
import { startKnowledge } from './knowledge.ts'
import { listWidgets } from './list-widgets.ts'
import { isOwn, removeStale } from './mount.ts'
import { watchReader } from './reader.ts'
import { room } from './room.ts'
import { watchSelf } from './self-check.ts'
import { subjectWidgets } from './subject-widgets.ts'

/** Between looks at a page whose own scripts have not taken over yet, in milliseconds. */
const UNSETTLED = 50

/** How long after a snapshot was announced nothing is added, unless the page moves on before. */
const SNAPSHOT = 500

/** `isAlive` ends everything once the extension that this script belongs to is gone. */
export function start(forge: Forge, signal: AbortSignal, isAlive: () => boolean): void {
  const knowledge = startKnowledge(schedule, signal)
  const reader = watchReader(signal)
  const widgets = subjectWidgets([voteFeature])
  const lists = listWidgets(sortFeature, knowledge)
  const selfCheck = watchSelf(signal)
  let address = ''
  let page: Page | undefined
  let isScheduled = false
  let isFollowing = false
  let pausedUntil = 0
  let retry: ReturnType<typeof setTimeout> | undefined

  function schedule() {
    if (isScheduled || signal.aborted) return
    isScheduled = true
    // Frames come right before painting, but not at all in a tab in the background.
    if (document.hidden) setTimeout(look, 200)
    else requestAnimationFrame(look)
  }

  function look() {
    isScheduled = false
    if (!isAlive() || performance.now() < pausedUntil) return
    arrive()
    if (!page) return
    const found = forge.find(page, document)
    place(page, found)
    selfCheck.saw(found, widgets.count())
  }

  /** Begins a visit when the address is another than before. */
  function arrive() {
    const here = location.href.split('#', 1)[0] ?? ''
    if (here === address) return
    address = here
    page = forge.pageOf(new URL(here))
    room.keep(page?.kind)
    reader.reset()
    knowledge.reset()
    selfCheck.begin(page)
    if (!page) return clear()
    knowledge.prepare(page.kind === 'list' ? page.view.repository : repositoryOf(page.subject))
    if (page.kind === 'list' && !knowledge.isReady(page.list, [])) room.holdRows()
  }

  function place(page: Page, found: Found) {
    clearTimeout(retry)
    const settled = new Map<Element, boolean>()
    const isSettled = (element: Element) => {
      const known = settled.get(element) ?? forge.isSettled(element)
      settled.set(element, known)
      return known
    }
    const mayMove = reader.mayMove(found.lists.map(({ element }) => element))
    const isArranged = lists.sync(found.lists, mayMove, isSettled)
    if (found.lists.length > 0) (isArranged ? room.releaseRows : room.hurryRows)()
    widgets.sync(found.subjects, isSettled)
    const live = widgets.count() + lists.count()
    removeStale(live, (element) => widgets.has(element) || lists.has(element))
    const subjects = found.subjects.map(({ subject }) => subject)
    knowledge.want(subjects, page.kind === 'list' ? page.view : undefined, forge.viewer(document))
    const unsettled = [...settled].filter(([, is]) => !is).map(([element]) => element)
    if (unsettled.length > 0) retry = setTimeout(awaitSettled, UNSETTLED, unsettled)
  }

  /** Looks again once the page's own scripts have taken over one of these, or it is gone; asks them in turn. */
  function awaitSettled([first, ...others]: readonly Element[]) {
    if (!first || forge.isSettled(first)) schedule()
    else retry = setTimeout(awaitSettled, UNSETTLED, [...others, first])
  }

  function clear() {
    clearTimeout(retry)
    widgets.clear()
    lists.clear()
  }

  const observer = new MutationObserver((mutations) => {
    if (mutations.some(matters)) schedule()
  })
  /**
   * While the document is parsed every frame is looked at: cheaper than to hear of every node. Once what
   * changes in it is heard of, that it is complete is no reason to look.
   */
  function follow() {
    if (signal.aborted || isFollowing) return
    schedule()
    if (document.readyState === 'loading') return void requestAnimationFrame(follow)
    isFollowing = true
    const changes = { subtree: true, childList: true, attributes: true, attributeFilter: ['href'] }
    observer.observe(document, changes)
  }
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
  window.addEventListener(
    'pageshow',
    ({ persisted }) => {
      if (!persisted) return
      // Back from the browser's cache, where it was told nothing.
      knowledge.reset()
      schedule()
    },
    { signal },
  )
  document.addEventListener('readystatechange', follow, { signal })
  signal.addEventListener('abort', () => {
    observer.disconnect()
    clear()
    room.keep(undefined)
  })
  arrive()
  follow()
}

/** Whether a change of the page can concern us: not our own widgets, nor ticking clocks, nor the head. */
function matters({ type, target, addedNodes, removedNodes }: MutationRecord): boolean {
  if (type === 'attributes') return true
  if (target instanceof Element && target.closest('head, relative-time')) return false
  return ![...addedNodes, ...removedNodes].every(isOwn)
}
