/**
 * The vote on merging, beside the box that merges. It stands before that box and never in it, since the forge
 * draws that anew every few seconds; its place is looked for again whenever the page changes.
 */
import type { SubjectId } from '#shared/subject'
import { tallyFeature } from '../features/tally.ts'
import type { Forge } from '../forges/forge.ts'
import { newWidget } from './mount.ts'

/** How long after a snapshot was announced nothing is added, unless the page moves on before. */
const SNAPSHOT = 500

/** Between looks at a page whose own scripts have not taken over yet, in milliseconds. */
const UNSETTLED = 50

interface Panel {
  subject: SubjectId
  host: HTMLElement
  /** Whether there is anything to show. */
  isWanted(): boolean
  end(): void
}

export function startTallyVisits(
  forge: Forge,
  findMergeBox: (document: Document) => HTMLElement | undefined,
  signal: AbortSignal,
  isAlive: () => boolean,
): void {
  let panel: Panel | undefined
  let isScheduled = false
  let pausedUntil = 0

  function schedule() {
    if (isScheduled || signal.aborted) return
    isScheduled = true
    if (document.hidden) setTimeout(look, 200)
    else requestAnimationFrame(look)
  }

  function look() {
    isScheduled = false
    if (signal.aborted || !isAlive() || performance.now() < pausedUntil) return
    const page = forge.pageOf(new URL(location.href))
    const subject = page?.kind === 'subject' ? page.subject : undefined
    const box = subject && findMergeBox(document)
    if (panel && panel.subject !== subject) clear()
    if (!subject || !box) return panel?.host.remove()
    panel ??= begin(subject)
    const parent = box.parentElement
    if (!parent || !panel.isWanted()) return panel.host.remove()
    if (panel.host.nextElementSibling === box) return
    if (forge.isSettled(parent)) box.before(panel.host)
    else setTimeout(schedule, UNSETTLED)
  }

  function begin(subject: SubjectId): Panel {
    const root = newWidget('tally', { subject, forgemootOwn: 'tally' })
    const { isWanted, end } = tallyFeature.draw(root, subject, schedule)
    return { subject, host: root.host as HTMLElement, isWanted, end } // newWidget makes HTML elements
  }

  function clear() {
    panel?.end()
    panel?.host.remove()
    panel = undefined
  }

  // What an earlier instance, or a page that came back, left.
  for (const left of document.querySelectorAll('forgemoot-tally[data-forgemoot-own]')) left.remove()
  const observer = new MutationObserver(schedule)
  observer.observe(document.documentElement, { subtree: true, childList: true })
  forge.watchNavigation(() => {
    pausedUntil = 0
    schedule()
  }, signal)
  forge.watchSnapshot(() => {
    pausedUntil = performance.now() + SNAPSHOT
    setTimeout(schedule, SNAPSHOT)
    clear()
  }, signal)
  signal.addEventListener('abort', () => {
    observer.disconnect()
    clear()
  })
  schedule()
}
