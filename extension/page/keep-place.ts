/** Changes what stands where, and keeps `anchor` at its height in the window. */
export function keepPlace(anchor: Element | undefined, change: () => void): void {
  const before = anchor?.getBoundingClientRect().top
  change()
  if (!anchor || before === undefined) return
  const moved = anchor.getBoundingClientRect().top - before
  if (Math.abs(moved) >= 1) scrollBy({ top: moved, behavior: 'instant' })
}

/** Whether part of an element is to be seen in the window. */
export function isInWindow(element: Element): boolean {
  const { top, bottom, height } = element.getBoundingClientRect()
  return height > 0 && bottom > 0 && top < innerHeight
}
