import { keepPlace } from './keep-place.ts'

/** On what the browser need not lay out while it is far from the window; see room.css. */
const LIGHT = 'data-forgemoot-light'

/** Fewer than this are moved at once. */
const FEW = 50

/** How many are laid out in a frame once the change has been shown. */
const BATCH = 20

/**
 * Has a change of a long conversation cost no more than what is to be seen of it: while it is made, everything
 * else keeps the height that it has and is not looked into; afterwards it becomes as it was, a few items a
 * frame. Nothing is left behind then. `anchor` is what is not to move in the window meanwhile.
 */
export function lightWork(anchor: () => Element | undefined) {
  let left: HTMLElement[] = []
  let frame: number | undefined

  function next() {
    frame = undefined
    const batch = left.splice(0, BATCH)
    keepPlace(anchor(), () => batch.forEach(unload))
    if (left.length > 0) frame = requestAnimationFrame(next)
  }

  return {
    /** Makes a change to these items, in which `place` stays where it is in the window. */
    change(items: readonly HTMLElement[], place: Element | undefined, make: () => void): void {
      if (items.length < FEW) return keepPlace(place, make)
      const heights = items.map(({ offsetHeight }) => offsetHeight)
      keepPlace(place, () => {
        // First, since it asks for styles, which nothing has touched yet.
        make()
        for (const [at, item] of items.entries()) {
          item.setAttribute(LIGHT, '')
          item.style.setProperty('contain-intrinsic-block-size', `${heights[at]}px`)
        }
      })
      const isNear = new Set(items.filter(isNearWindow))
      keepPlace(place, () => isNear.forEach(unload))
      left = items.filter((item) => !isNear.has(item))
      frame ??= requestAnimationFrame(next)
    },
    end(): void {
      if (frame !== undefined) cancelAnimationFrame(frame)
      frame = undefined
      left.forEach(unload)
      left = []
    },
  }
}

function unload(item: HTMLElement) {
  item.removeAttribute(LIGHT)
  item.style.removeProperty('contain-intrinsic-block-size')
  if (item.getAttribute('style') === '') item.removeAttribute('style')
}

/** In the window, or less than half of it away. */
function isNearWindow(item: HTMLElement): boolean {
  const { top, bottom } = item.getBoundingClientRect()
  return bottom > -innerHeight / 2 && top < innerHeight * 1.5
}
