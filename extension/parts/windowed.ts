/**
 * A long list of which only what is near the window is in the document. Rows come and go by whole parts; a
 * part that is away keeps its height, so that nothing moves.
 */
import { element } from './element.ts'

/** A row that is drawn, and what ends it. */
export interface Drawn {
  element: HTMLElement
  end(): void
}

/** How far from the window rows are kept, in pixels. */
const NEAR = 2000

interface Part<Row> {
  rows: readonly Row[]
  /** How many rows stand before it. */
  from: number
  drawn: Drawn[] | undefined
}

export function windowed<Row>(list: HTMLElement, draw: (row: Row, at: number) => Drawn) {
  const parts = new Map<Element, Part<Row>>()
  let count = 0
  const near = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) fill(target as HTMLElement) // only ours are observed
        else empty(target as HTMLElement)
      }
    },
    { rootMargin: `${NEAR}px` },
  )

  function fill(place: HTMLElement) {
    const part = parts.get(place)
    if (!part || part.drawn) return
    part.drawn = part.rows.map((row, i) => draw(row, part.from + i))
    place.replaceChildren(...part.drawn.map((drawn) => drawn.element))
    place.style.blockSize = ''
  }

  function empty(place: HTMLElement) {
    const part = parts.get(place)
    // Whoever is in there with the keyboard stays.
    if (!part?.drawn || place.matches(':focus-within')) return
    place.style.blockSize = `${place.getBoundingClientRect().height}px`
    endAll(part)
    place.replaceChildren()
  }

  function endAll(part: Part<Row>) {
    for (const drawn of part.drawn ?? []) drawn.end()
    part.drawn = undefined
  }

  return {
    add(rows: readonly Row[]) {
      const place = element('div', {})
      parts.set(place, { rows, from: count, drawn: undefined })
      count += rows.length
      fill(place)
      list.append(place)
      near.observe(place)
    },
    end() {
      near.disconnect()
      for (const part of parts.values()) endAll(part)
    },
  }
}
