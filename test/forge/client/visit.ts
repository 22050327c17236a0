/**
 * Which document the history entry belongs to. A visit is a hard load or a Turbo navigation; React's
 * soft navigations stay inside one. Back and forward within a visit are React's, between visits Turbo's.
 */
let current = ''
let shownUrl = location.href

/** Starts the first visit, or takes up the one that a reload left in the history entry. */
export function beginFirstVisit(): void {
  current = visitOf(history.state) ?? newVisit()
  history.replaceState({ turbo: current }, '')
}

export function visitOf(state: unknown): string | undefined {
  if (typeof state !== 'object' || state === null || !('turbo' in state)) return undefined
  return typeof state.turbo === 'string' ? state.turbo : undefined
}

export function currentVisit(): string {
  return current
}

/** The address whose page is in the document, which is not the address bar's during a navigation. */
export function currentUrl(): string {
  return shownUrl
}

export function setShownUrl(url: string): void {
  shownUrl = url
}

/** Enters another visit; with a url, as a new history entry. */
export function enterVisit(visit: string, url?: string): void {
  current = visit
  if (url) history.pushState({ turbo: visit }, '', url)
}

export function newVisit(): string {
  return `${performance.timeOrigin + performance.now()}`
}
