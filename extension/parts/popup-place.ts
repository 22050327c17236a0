/** Space between a popup and what it belongs to, and between a popup and the window, in CSS pixels. */
const GAP = 4

/**
 * Shows a popover right below its anchor, or above where there is no room. In the browser's top layer,
 * since rows of GitHub's lists clip whatever leaves them.
 */
export function showBeside(popover: HTMLElement, anchor: Element, align: 'start' | 'end'): void {
  // Where it stood before may leave it less room than it takes here.
  Object.assign(popover.style, { left: '0px', top: '0px' })
  if (!popover.matches(':popover-open')) popover.showPopover()
  const box = anchor.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = popover
  const wanted = align === 'start' ? box.left : box.right - width
  const left = Math.max(GAP, Math.min(wanted, innerWidth - width - GAP))
  const below = box.bottom + GAP
  const top =
    below + height > innerHeight && box.top - GAP - height > 0 ? box.top - GAP - height : below
  Object.assign(popover.style, { left: `${left}px`, top: `${top}px` })
}
