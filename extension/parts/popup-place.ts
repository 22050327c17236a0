/** Space between a popup and what it belongs to, and between a popup and the window, in CSS pixels. */
const GAP = 4

/**
 * Shows a popover right below its anchor, or above where there is no room, and keeps it there while the
 * page scrolls. In the browser's top layer, since rows of GitHub's lists clip whatever leaves them.
 */
export function showBeside(popover: HTMLElement, anchor: Element, align: 'start' | 'end'): void {
  const isNew = !popover.matches(':popover-open')
  if (isNew) popover.showPopover()
  place(popover, anchor, align)
  if (!isNew) return
  const over = new AbortController()
  const { signal } = over
  const follow = () => {
    if (popover.isConnected) place(popover, anchor, align)
    else over.abort()
  }
  addEventListener('scroll', follow, { capture: true, passive: true, signal })
  popover.addEventListener(
    'toggle',
    ({ newState }) => {
      if (newState === 'closed') over.abort()
    },
    { signal },
  )
}

function place(popover: HTMLElement, anchor: Element, align: 'start' | 'end'): void {
  // Where it stood before may leave it less room than it takes here.
  Object.assign(popover.style, { left: '0px', top: '0px' })
  const box = anchor.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = popover
  const wanted = align === 'start' ? box.left : box.right - width
  const left = Math.max(GAP, Math.min(wanted, innerWidth - width - GAP))
  const below = box.bottom + GAP
  const top =
    below + height > innerHeight && box.top - GAP - height > 0 ? box.top - GAP - height : below
  Object.assign(popover.style, { left: `${left}px`, top: `${top}px` })
}
