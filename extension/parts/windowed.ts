/**
 * A long list of which only what is near the window is in the document. Rows come and go by whole parts; a
 * part that is away keeps its height, so that nothing moves, and one that was never there has the height
 * that others had. However far somebody leaps, few rows are drawn in one frame, those in sight first.
 */
import { element } from './element.ts'

/** A row that is drawn, and what ends it. */
export interface Drawn {
  element: HTMLElement
  end(): void
}

/** How far from the window rows are kept, in pixels. */
const NEAR = 2000

/** Rows of a part, and parts that are drawn in one frame: so many as a large window shows. */
const SIZE = 10
const AT_ONCE = 3

interface Part<Row> {
  rows: readonly Row[]
  /** How many rows stand before it. */
  from: number
  drawn: Drawn[] | undefined
}

export function windowed<Row>(list: HTMLElement, draw: (row: Row, at: number) => Drawn) {
  const parts = new Map<Element, Part<Row>>()
  /** Near the window and not drawn yet. */
  const awaited = new Set<HTMLElement>()
  /** Far from the window and drawn all the same, for the sake of whoever is there with the keyboard. */
  const kept = new Set<HTMLElement>()
  let count = 0
  let frame = 0
  /** Of a row, in pixels; of our stylesheet's with one line, until one was seen. */
  let usual = 56
  const near = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting, boundingClientRect } of entries) {
        const place = target as HTMLElement // only ours are observed
        if (isIntersecting) {
          awaited.add(place)
          kept.delete(place)
        } else empty(place, boundingClientRect.height)
      }
      frame ||= requestAnimationFrame(drawSome)
    },
    { rootMargin: `${NEAR}px` },
  )

  function drawSome() {
    // All is measured before anything changes, so that the page is laid out once.
    const nearest = [...awaited]
      .filter((place) => !parts.get(place)?.drawn)
      .map((place) => ({ place, away: distanceTo(place) }))
      .toSorted((a, b) => a.away - b.away)
      .map(({ place }) => place)
    for (const place of nearest.splice(0, AT_ONCE)) fill(place)
    awaited.clear()
    for (const place of nearest) awaited.add(place)
    frame = nearest.length ? requestAnimationFrame(drawSome) : 0
  }

  function fill(place: HTMLElement) {
    const part = parts.get(place)
    if (!part) return
    part.drawn = part.rows.map((row, i) => draw(row, part.from + i))
    place.replaceChildren(...part.drawn.map((drawn) => drawn.element))
    place.style.blockSize = ''
  }

  function empty(place: HTMLElement, height: number) {
    awaited.delete(place)
    const part = parts.get(place)
    if (!part?.drawn) return
    if (isWalked(place)) return void kept.add(place)
    usual = height / part.rows.length
    place.style.blockSize = `${height}px`
    endAll(part)
    place.replaceChildren()
  }

  function endAll(part: Part<Row>) {
    for (const drawn of part.drawn ?? []) drawn.end()
    part.drawn = undefined
  }

  /** The keyboard has moved: what was kept for where it was may go. */
  function release() {
    const heights = [...kept].map((place) => [place, place.offsetHeight] as const)
    kept.clear()
    for (const [place, height] of heights) empty(place, height)
  }
  list.addEventListener('focusin', release)

  return {
    add(rows: readonly Row[]) {
      for (let at = 0; at < rows.length; at += SIZE) {
        const some = rows.slice(at, at + SIZE)
        const place = element('div', {})
        place.style.blockSize = `${usual * some.length}px`
        parts.set(place, { rows: some, from: count, drawn: undefined })
        count += some.length
        list.append(place)
        near.observe(place)
      }
    },
    end() {
      near.disconnect()
      list.removeEventListener('focusin', release)
      cancelAnimationFrame(frame)
      for (const part of parts.values()) endAll(part)
    },
  }
}

/** Whether the keyboard is in a part, or one step from it. */
function isWalked(place: Element): boolean {
  const near = [place.previousElementSibling, place, place.nextElementSibling]
  return near.some((each) => each?.matches(':focus-within'))
}

/** How far an element is from the middle of the window, in pixels; 0 when it is there. */
function distanceTo(place: HTMLElement): number {
  const { top, bottom } = place.getBoundingClientRect()
  const middle = innerHeight / 2
  return Math.max(top - middle, middle - bottom, 0)
}
