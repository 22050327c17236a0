import { rememberNodes } from './integrity.ts'
import { currentUrl, currentVisit, enterVisit, newVisit, setShownUrl } from './visit.ts'

interface Snapshot {
  url: string
  title: string
  body: Node
}

const cache = new Map<string, Snapshot>()
const frameSelector = 'turbo-frame#repo-content-turbo-frame'

/** Navigates as Turbo does: the frame alone between pages of one repository, else the whole body. */
export async function turboVisit(href: string): Promise<void> {
  emit('turbo:before-visit', { url: href })
  emit('turbo:visit', { url: href, action: 'advance' })
  emit('turbo:before-fetch-request', {})
  const page = await fetchPage(href)
  if (!page) {
    location.assign(href)
    return
  }
  leave()
  enterVisit(newVisit(), page.url)
  render(page.document)
  window.scrollTo(0, 0)
}

/** Back or forward to another visit: the clone made when it was left, or the server's page. */
export async function restoreVisit(visit: string): Promise<void> {
  emit('turbo:visit', { url: location.href, action: 'restore' })
  const snapshot = cache.get(visit)
  const page = snapshot?.url === location.href ? undefined : await fetchPage(location.href)
  leave()
  enterVisit(visit)
  if (page) return render(page.document)
  if (!snapshot) return location.reload()
  document.title = snapshot.title
  const body = snapshot.body.cloneNode(true)
  if (body instanceof HTMLElement) {
    for (const app of body.querySelectorAll('react-app')) app.setAttribute('data-restored', '')
    emit('turbo:before-render', { newBody: body, renderMethod: 'replace' })
    document.body.replaceWith(body)
  }
  arrived()
}

/** What the extension leaves in the document here comes back, dead, with Back. */
function leave(): void {
  emit('turbo:before-cache', {})
  const snapshot = { url: currentUrl(), title: document.title, body: document.body.cloneNode(true) }
  cache.set(currentVisit(), snapshot)
}

function render(next: Document): void {
  document.title = next.title
  const [frame, nextFrame] = [document, next].map((page) => page.querySelector(frameSelector))
  if (frame && nextFrame && repositoryOf(document) === repositoryOf(next)) {
    for (const part of next.querySelectorAll('[data-turbo-replace][id]')) {
      document.getElementById(part.id)?.replaceWith(document.importNode(part, true))
    }
    emit('turbo:before-frame-render', {}, frame)
    frame.replaceChildren(
      ...[...nextFrame.childNodes].map((node) => document.importNode(node, true)),
    )
    emit('turbo:frame-render', {}, frame)
    emit('turbo:frame-load', {}, frame)
  } else {
    replaceMeta(next)
    const body = document.importNode(next.body, true)
    emit('turbo:before-render', { newBody: body, renderMethod: 'replace' })
    document.body.replaceWith(body)
  }
  arrived()
}

function repositoryOf(page: Document): string | undefined {
  const name = 'meta[name="octolytics-dimension-repository_nwo"]'
  return page.querySelector<HTMLMetaElement>(name)?.content
}

function arrived(): void {
  setShownUrl(location.href)
  rememberNodes()
  emit('turbo:render', { renderMethod: 'replace' })
  emit('turbo:load', { url: location.href })
  document.dispatchEvent(new CustomEvent('soft-nav:end', { detail: { mechanism: 'turbo' } }))
}

/** Only a new body brings new meta tags: after a frame's navigation they are stale, as on GitHub. */
function replaceMeta(next: Document): void {
  for (const meta of document.head.querySelectorAll('meta[name]')) meta.remove()
  for (const meta of next.head.querySelectorAll('meta[name]')) {
    document.head.append(document.importNode(meta, true))
  }
}

async function fetchPage(href: string): Promise<{ document: Document; url: string } | undefined> {
  try {
    const response = await fetch(href, { headers: { Accept: 'text/html' } })
    if (!response.headers.get('content-type')?.includes('html')) return undefined
    const text = await response.text()
    const url = response.redirected ? response.url : href
    return { document: new DOMParser().parseFromString(text, 'text/html'), url }
  } catch {
    return undefined
  }
}

function emit(name: string, detail: object, target: EventTarget = document): void {
  const cancelable = name.includes('before')
  target.dispatchEvent(new CustomEvent(name, { bubbles: true, cancelable, detail }))
}
