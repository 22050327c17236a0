/**
 * What widgets on a forge's page are built with: elements made by hand. No markup is parsed, which a
 * page's Trusted Types may forbid, and no Preact is loaded: the content script runs on every page of
 * the forge, and Preact with signals would be more than half of it (8 of 14 kB gzip, 2026-11).
 */

/** An element with its attributes and children. */
export function element(
  tag: string,
  attributes: Record<string, string>,
  ...children: (Node | string)[]
): HTMLElement {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  made.append(...children)
  return made
}

const SVG = 'http://www.w3.org/2000/svg'

/** A 16 px icon of one stroked path. */
export function icon(path: string): SVGElement {
  const svg = document.createElementNS(SVG, 'svg')
  const attributes = { viewBox: '0 0 16 16', width: '16', height: '16', 'aria-hidden': 'true' }
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value)
  const line = document.createElementNS(SVG, 'path')
  line.setAttribute('d', path)
  svg.append(line)
  return svg
}
