import { hooks } from './hooks.ts'
import { rememberNodes } from './integrity.ts'
import { fetchView, showAgain } from './soft-nav.ts'
import type { Embedded } from '../react/views.ts'

const ITEM = '.js-timeline-item[data-gid]'

/** `window.__forge.refresh()`: what others did meanwhile appears, as it does by itself on GitHub. */
export function listenForNews(): void {
  hooks.refresh = async () => {
    const found = await fetchView(location.href)
    if (!found) return
    const { view } = found
    if (view.route === 'pull') mergeTimeline(view.islands?.timeline ?? '')
    else await showAgain(view)
    rememberNodes()
  }
}

/** Items that changed are replaced, new ones added before the composer, and those that are gone removed. */
function mergeTimeline(text: string): void {
  const next = new DOMParser().parseFromString(text, 'text/html')
  const island = document.querySelector('[data-partial-name$=".Timeline"]')
  if (drawn.size === 0) rememberFirst()
  const items = new Map([...next.querySelectorAll(ITEM)].map((item) => [gidOf(item), item]))
  const written = new Map<string, string>(drawn)
  for (const [id, item] of items) drawn.set(id, item.outerHTML)
  for (const item of island?.querySelectorAll(ITEM) ?? []) {
    const id = gidOf(item)
    const now = items.get(id)
    if (!now && written.has(id)) item.remove()
    else if (now && written.has(id) && written.get(id) !== now.outerHTML)
      item
        .querySelector('.js-updatable-content')
        ?.replaceWith(document.importNode(now.querySelector('.js-updatable-content') ?? now, true))
  }
  const composer = document.querySelector('#issue-comment-box')
  for (const [id, item] of items)
    if (!written.has(id)) composer?.before(document.importNode(item, true))
}

/** Items as the server wrote them last, by id; at first those of the page as it was loaded. */
const drawn = new Map<string, string>()

function rememberFirst(): void {
  const script = document.querySelector('script[data-target="react-app.embeddedData"]')
  const embedded: Embedded = JSON.parse(
    script?.textContent ?? '{"payload":{"preloadedQueries":[]}}',
  )
  const view = embedded.payload.preloadedQueries[0]?.result
  if (view?.route !== 'pull') return
  const page = new DOMParser().parseFromString(view.islands?.timeline ?? '', 'text/html')
  for (const item of page.querySelectorAll(ITEM)) drawn.set(gidOf(item), item.outerHTML)
}

const gidOf = (item: Element) => item.getAttribute('data-gid') ?? ''
