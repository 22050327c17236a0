/** What was seen of a page while it was scrolled through. */
export interface Scrolled {
  /** Tasks of more than 50 ms, by the clock. */
  longTasks: number
  /** Rows in the document, at most. */
  rows: number
  /** Rows that came in one task, at most. */
  added: number
}

/**
 * Runs in the page: scrolls by `step` pixels a frame until the end stays where it is and nothing is awaited.
 * Looks at the whole repository where that is shown, else at the page's own list.
 */
export async function scrollThrough(step: number): Promise<Scrolled> {
  const ours = document.querySelector('forgemoot-feed')?.shadowRoot
  const list =
    ours?.querySelector('[role="list"]') ??
    document.querySelector('[data-listview-component="items-list"]')
  if (!list) throw new Error('there is no list')
  const row = ours ? '[role="listitem"]' : 'li'
  const scrolled: Scrolled = { longTasks: 0, rows: list.querySelectorAll(row).length, added: 0 }
  const long = new PerformanceObserver((seen) => (scrolled.longTasks += seen.getEntries().length))
  long.observe({ type: 'longtask' })
  let now = scrolled.rows
  const count = (nodes: NodeList) => {
    let rows = 0
    for (const node of nodes)
      if (node instanceof Element) rows += node.matches(row) ? 1 : node.querySelectorAll(row).length
    return rows
  }
  // Called once a task, after all that it did.
  const changes = new MutationObserver((records) => {
    let added = 0
    for (const { addedNodes, removedNodes } of records) {
      added += count(addedNodes)
      now -= count(removedNodes)
    }
    now += added
    scrolled.rows = Math.max(scrolled.rows, now)
    scrolled.added = Math.max(scrolled.added, added)
  })
  changes.observe(list, { childList: true, subtree: true })
  // Functions of this module are not there in the page.
  const state = () =>
    `at ${scrollY} of ${document.documentElement.scrollHeight} px, busy: ${list.getAttribute('aria-busy')}`
  for (let [still, frames] = [0, 0]; still < 30; still++, frames++) {
    const before = scrollY
    scrollBy({ top: step, behavior: 'instant' })
    await new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`no frame in 20 s, ${state()}`)), 20_000)
      requestAnimationFrame((at) => {
        clearTimeout(late) // and not left for later: the bench looks at the heap
        resolve(at)
      })
    })
    if (frames === 5000) throw new Error(`no end in ${frames} frames, ${state()}, from ${before}`)
    if (scrollY !== before || list.getAttribute('aria-busy') === 'true') still = 0
  }
  // What is observed comes a little later.
  await new Promise((resolve) => setTimeout(resolve, 100))
  long.disconnect()
  changes.disconnect()
  return scrolled
}
