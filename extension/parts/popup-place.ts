/** Space between a popup and what it belongs to, and between a popup and the window, in CSS pixels. */
const GAP = 4

/** Below the anchor, from its left edge or to its right one, or at its left where there is room for it. */
export type Side = 'below' | 'under' | 'before'

/**
 * Shows a popover beside its anchor, higher up where the window ends, and keeps it there while the page
 * scrolls or grows. In the browser's top layer, since rows of GitHub's lists clip whatever leaves them.
 */
export function showBeside(popover: HTMLElement, anchor: Element, side: Side): void {
  const isOpen = () => popover.matches(':popover-open')
  let last: string | undefined
  const follow = () => {
    // Asked in every frame, since nothing tells that a row above got its height.
    if (!isOpen()) return
    const { left, top } = anchor.getBoundingClientRect()
    const at = `${left} ${top} ${innerHeight}`
    if (at !== last) place(popover, anchor, side)
    last = at
    requestAnimationFrame(follow)
  }
  if (isOpen()) return place(popover, anchor, side)
  popover.showPopover()
  follow()
}

function place(popover: HTMLElement, anchor: Element, side: Side): void {
  // Where it stood before may leave it less room than it takes here.
  Object.assign(popover.style, { left: '0px', top: '0px' })
  const box = anchor.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = popover
  const isBefore = side === 'before' && box.left - GAP - width >= GAP
  const wanted = isBefore ? box.left - GAP - width : side === 'below' ? box.left : box.right - width
  const left = Math.max(GAP, Math.min(wanted, innerWidth - width - GAP))
  const under = isBefore ? box.top : box.bottom + GAP
  const above = isBefore ? box.bottom - height : box.top - GAP - height
  const top = under + height > innerHeight && above > 0 ? above : under
  // Of an anchor that has left the window too.
  const shown = Math.min(top, innerHeight - height - GAP)
  Object.assign(popover.style, { left: `${left}px`, top: `${shown}px` })
}
