import css from '../parts/parts.css?inline'

/**
 * On every element of ours, so that those of an earlier instance can be told and taken away; with a value on
 * those of another script of ours, which are its own business.
 */
const OWN = 'data-forgemoot-own'

let sheet: CSSStyleSheet | undefined

/**
 * A widget's element with an open shadow root and the one sheet that all share. Elements of that name
 * are never registered: content scripts have no registry, and an unknown element can hold a shadow root.
 */
export function newWidget(id: string, dataset: Record<string, string>): ShadowRoot {
  if (!import.meta.env.FIREFOX && !sheet) {
    sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
  }
  const host = document.createElement(`forgemoot-${id}`)
  host.setAttribute(OWN, '')
  Object.assign(host.dataset, dataset)
  const root = host.attachShadow({ mode: 'open' })
  if (import.meta.env.FIREFOX) {
    // Firefox 140 lets no content script adopt a sheet, and knows those with the same text as one.
    const style = document.createElement('style')
    style.textContent = css
    root.append(style)
  } else root.adoptedStyleSheets = [sheet as CSSStyleSheet] // made above
  return root
}

/** Whether a node is a widget or stands in one. */
export function isOwn(node: Node): boolean {
  return node instanceof Element && node.hasAttribute(OWN)
}

/** Kept up to date by the browser, so that counting costs next to nothing. */
const named = ['forgemoot-vote', 'forgemoot-sort'].map((name) =>
  document.getElementsByTagName(name),
)

/**
 * Takes away what an earlier instance of this script left, or a copy of a page brought back, when there
 * are more of our elements than the `live` ones.
 */
export function removeStale(live: number, isLive: (element: Element) => boolean): void {
  if (named.reduce((sum, { length }) => sum + length, 0) <= live) return
  for (const element of document.querySelectorAll(`[${OWN}='']`))
    // The page may use our attribute on an element of its own, which is then none of our business.
    if (element.localName.startsWith('forgemoot-') && !isLive(element)) element.remove()
}
