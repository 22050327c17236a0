import type { Found, Page } from '../forges/forge.ts'
import { ask } from '../messages.ts'

/** How long a page has to become what it is before it is judged, in milliseconds. */
const SETTLING = 4000

/** Tells the background, once a visit, which elements were found and how: the options page shows it. */
export function watchSelf(signal: AbortSignal) {
  let page: Page | undefined
  let last: { found: Found; widgets: number } | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  function wait() {
    clearTimeout(timer)
    if (page) timer = setTimeout(report, SETTLING)
  }

  function report() {
    if (!page) return
    // Nothing is drawn in a hidden tab: judged when it is looked at.
    if (document.hidden) {
      document.addEventListener('visibilitychange', wait, { once: true, signal })
      return
    }
    const { found, widgets = 0 } = last ?? {}
    const rows = found?.subjects.length ?? 0
    const app = document.querySelector('react-app')?.getAttribute('app-name') ?? ''
    void ask('reportSelfCheck', {
      page: page.kind === 'list' ? page.list : page.kind,
      at: Date.now(),
      app: app.slice(0, 100),
      strategies: found?.strategies ?? {},
      rows: rows + (found?.unnamed ?? 0),
      named: rows,
      widgets,
      isEmpty: found?.isEmpty ?? false,
    }).catch(() => undefined)
  }
  signal.addEventListener('abort', () => clearTimeout(timer))

  return {
    begin(next: Page | undefined): void {
      page = next
      last = undefined
      wait()
    },
    saw(found: Found, widgets: number): void {
      last = { found, widgets }
    },
  }
}
