import { accepts, softVisit } from './soft-nav.ts'
import { restoreVisit, turboVisit } from './turbo.ts'
import { currentUrl, currentVisit, enterVisit, newVisit, visitOf } from './visit.ts'

/** Pages that are always loaded whole. */
const hard = /^\/(login|settings|_forge|assets)\b/

/** Takes over clicks on links, search forms of Rails pages, and Back and Forward. */
export function listenForNavigation(): void {
  document.addEventListener('click', onClick)
  document.addEventListener('submit', onSubmit)
  window.addEventListener('popstate', onPopState)
}

function onClick(event: MouseEvent): void {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey)
    return
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null
  if (!(link instanceof HTMLAnchorElement) || link.target || !isSoft(link)) return
  event.preventDefault()
  void turboVisit(link.href)
}

function isSoft(link: HTMLAnchorElement): boolean {
  const samePage =
    link.hash && link.pathname === location.pathname && link.search === location.search
  const off = link.closest('[data-turbo="false"]') !== null
  return link.origin === location.origin && !samePage && !off && !hard.test(link.pathname)
}

function onSubmit(event: SubmitEvent): void {
  const form = event.target
  if (event.defaultPrevented || !(form instanceof HTMLFormElement) || form.method !== 'get') return
  event.preventDefault()
  const url = new URL(form.action)
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string') url.searchParams.set(name, value)
  }
  void turboVisit(url.href)
}

function onPopState({ state }: PopStateEvent): void {
  const visit = visitOf(state)
  // A fragment link makes an entry without state; it belongs to the visit it was made in.
  if (visit === undefined) {
    if (withoutHash(currentUrl()) !== withoutHash(location.href)) void restoreVisit(newVisit())
    else enterVisit(currentVisit())
  } else if (visit !== currentVisit()) void restoreVisit(visit)
  else if (withoutHash(currentUrl()) === withoutHash(location.href)) return
  else if (accepts(location.href)) void softVisit(location.href, false)
  else location.reload()
}

function withoutHash(url: string): string {
  return url.replace(/#.*/, '')
}
