/** What tells that somebody has begun to read, so that rows must not move any more. */
const SIGNS = ['pointerdown', 'keydown', 'wheel', 'touchstart', 'scroll']

/** How long after the rows were first there an order may still be put in place, in milliseconds. */
const GRACE = 400

/** Watches whether rows may still move without anybody losing their place. */
export function watchReader(signal: AbortSignal) {
  let busy = false
  let since: number | undefined
  const notice = (event: Event) => {
    if (event.isTrusted && since !== undefined) busy = true
  }
  for (const name of SIGNS) addEventListener(name, notice, { capture: true, passive: true, signal })
  const seen = new WeakSet<Element>()
  return {
    /** A new visit: nobody has read anything yet. */
    reset() {
      busy = false
      since = undefined
    },
    /** Asked when the rows of these lists are there. */
    mayMove(lists: readonly Element[]): boolean {
      // The address changes before the page does: a list that was not there before has no reader yet.
      if (lists.some((list) => !seen.has(list))) this.reset()
      for (const list of lists) seen.add(list)
      if (document.hidden) return true
      since ??= performance.now()
      return !busy && performance.now() - since < GRACE
    },
  }
}
