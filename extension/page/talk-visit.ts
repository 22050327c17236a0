/**
 * Keeps the conversation on a subject's page and our widgets in it in step, as `start.ts` does for the rest
 * of the page, in a script of its own: lists need none of it. Once in a document it follows the forge from
 * page to page, and sleeps where there is no conversation.
 */
import { parseSubject, type SubjectId } from '#shared/subject'
import type { SubjectFeature } from '../features/feature.ts'
import { reasonsFeature } from '../features/reasons.ts'
import { voteFeature } from '../features/vote.ts'
import type { Forge, Page, Talk } from '../forges/forge.ts'
import css from '../parts/talk.css?inline'
import { addStyle } from '../parts/add-style.ts'
import { subjectWidgets } from './subject-widgets.ts'
import { talkControl } from './talk-control.ts'
import { talkFolds } from './talk-folds.ts'
import { startTalkKnowledge } from './talk-knowledge.ts'
import { titleReasons } from './title-reasons.ts'

/** Between looks at comments that the page's own scripts have not taken over yet, in milliseconds. */
const UNSETTLED = 50

/** How long after a snapshot was announced nothing is added, unless the page moves on before. */
const SNAPSHOT = 500

const OWN = '[data-forgemoot-own="talk"]'

const commentVote: SubjectFeature = {
  ...voteFeature,
  slots: ['comment', 'line'],
  draw(root, slot) {
    addStyle(root, css)
    const undo = voteFeature.draw(root, slot)
    const undoReasons = reasonsFeature.draw(root, slot.subject)
    return () => {
      undoReasons()
      undo()
    }
  },
}

/** `isAlive` ends everything once the extension that this script belongs to is gone. */
export function startTalk(
  forge: Forge,
  findTalk: (subject: SubjectId, document: Document) => Talk,
  signal: AbortSignal,
  isAlive: () => boolean,
): void {
  const knowledge = startTalkKnowledge(schedule, signal)
  const widgets = subjectWidgets([commentVote], { forgemootOwn: 'talk' })
  const folds = talkFolds(knowledge, schedule)
  const title = titleReasons()
  let bar: ReturnType<typeof talkControl> | undefined
  let address = ''
  let page: Page | undefined
  let touched = new Set<SubjectId>()
  let isScheduled = false
  let pausedUntil = 0
  let retry: ReturnType<typeof setTimeout> | undefined

  function schedule() {
    if (isScheduled || signal.aborted) return
    isScheduled = true
    if (document.hidden) setTimeout(look, 200)
    else requestAnimationFrame(look)
  }

  function look() {
    isScheduled = false
    if (!isAlive() || performance.now() < pausedUntil) return
    arrive()
    if (page?.kind === 'subject') place(page.subject)
  }

  /** Begins a visit when the address is another than before. */
  function arrive() {
    const here = location.href.split('#', 1)[0] ?? ''
    if (here === address) return
    address = here
    clear()
    page = forge.pageOf(new URL(here))
    touched = new Set()
    knowledge.reset()
    reveal()
  }

  function place(subject: SubjectId) {
    clearTimeout(retry)
    const talk = findTalk(subject, document)
    const { comments, flow } = talk
    title.sync(talk.title, subject)
    let isWhole = true
    const isSettled = (element: Element) => {
      const is = forge.isSettled(element)
      isWhole &&= is
      return is
    }
    const settled = comments.filter((each) => isSettled(each.within))
    widgets.sync(settled, () => true)
    const reader = { viewer: forge.viewer(document), touched }
    const counts = folds.sync(settled, reader, () => true)
    if (!flow || !isSettled(flow.within)) endBar()
    else {
      if (!bar) {
        // What an earlier instance of this script left.
        flow.arrange(undefined)
        bar = talkControl(flow)
      }
      bar.update(flow, comments, { ...counts, folds: knowledge.noise()?.folds ?? true })
      if (!flow.isPlaced(bar.host)) flow.place(bar.host)
    }
    if (comments.length > 0 && knowledge.noise())
      knowledge.countAgreed(subject, counts.agreed, flow?.hasMore === false)
    knowledge.want(comments.map((each) => each.subject))
    if (!isWhole) retry = setTimeout(schedule, UNSETTLED)
  }

  function endBar() {
    bar?.end()
    bar = undefined
  }

  function clear() {
    clearTimeout(retry)
    endBar()
    widgets.clear()
    folds.clear()
    title.clear()
    for (const left of document.querySelectorAll(OWN)) left.remove()
  }

  /** Has what the address leads to shown whole. */
  function reveal(event?: Event) {
    if (page?.kind !== 'subject') return
    const id = location.hash.slice(1)
    const target = parseSubject(`${page.subject}/${id}`)
    if (target) touched.add(target)
    if (id.startsWith('event-')) bar?.openEvents(true)
    if (!event || !((target && folds.isFolded(target)) || id.startsWith('event-'))) return
    look()
    document.getElementById(id)?.scrollIntoView()
  }

  const observer = new MutationObserver((mutations) => {
    if (mutations.some(matters)) schedule()
  })
  observer.observe(document, { subtree: true, childList: true })
  const options = { signal }
  forge.watchNavigation(() => {
    pausedUntil = 0
    schedule()
  }, signal)
  forge.watchSnapshot(() => {
    pausedUntil = performance.now() + SNAPSHOT
    setTimeout(schedule, SNAPSHOT)
    clear()
  }, signal)
  addEventListener('hashchange', reveal, options)
  document.addEventListener('visibilitychange', schedule, options)
  addEventListener('pageshow', schedule, options)
  document.addEventListener('keydown', backToTime, options)
  // What somebody votes on is not folded under their hands.
  document.addEventListener('click', noteVote, { capture: true, signal })
  signal.addEventListener('abort', () => {
    observer.disconnect()
    clear()
  })
  schedule()

  function backToTime(event: KeyboardEvent) {
    if (event.key !== 'Escape' || event.defaultPrevented || !event.isTrusted) return
    if (!bar || bar.control.order.peek() === 'forge' || isWritten(event.composedPath()[0])) return
    bar.control.choose('forge')
  }

  function noteVote(event: MouseEvent) {
    const widget = event.composedPath().find((each) => each instanceof Element && widgets.has(each))
    const subject = widget instanceof HTMLElement && parseSubject(widget.dataset['subject'] ?? '')
    if (subject && event.isTrusted) touched.add(subject)
  }
}

/** Whether keys are text there. */
function isWritten(target: EventTarget | undefined): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || target.matches('input, textarea, select')
}

/** Whether a change of the page can concern us: not this script's widgets, nor ticking clocks, nor the head. */
function matters({ target, addedNodes, removedNodes }: MutationRecord): boolean {
  if (target instanceof Element && target.closest('head, relative-time')) return false
  return ![...addedNodes, ...removedNodes].every(
    (node) => node instanceof Element && node.matches(OWN),
  )
}
