import type { Router } from '../react/app.tsx'
import type { AppView } from '../react/views.ts'
import { announceHydrated } from './errors.ts'
import { rememberNodes } from './integrity.ts'
import { turboVisit } from './turbo.ts'
import { currentUrl, currentVisit, setShownUrl } from './visit.ts'

type Show = Parameters<Router['subscribe']>[0]

let show: Show | undefined
let app: { name: string; base: string } | undefined
let latest = 0

/** Says which application is on the page and may answer soft navigations; none when it left. */
export function setApp(next: typeof app): void {
  app = next
}

export const router: Router = {
  subscribe(callback) {
    show = callback
    rememberNodes()
    announceHydrated()
    return () => {
      if (show === callback) show = undefined
    }
  },
  accepts,
  go(href) {
    const url = new URL(href, location.href)
    if (accepts(url.href)) void softVisit(url.href, true)
    else void turboVisit(url.href)
  },
}

/** Whether the application on the page also draws this address. */
export function accepts(href: string): boolean {
  const url = new URL(href, location.href)
  if (!app || !show || url.origin !== location.origin) return false
  if (formOf(url) !== formOf(new URL(currentUrl()))) return false
  if (!url.pathname.startsWith(`${app.base}/`)) return false
  const path = url.pathname.slice(app.base.length)
  if (app.name === 'issues-react') return /^\/(issues|labels\/)/.test(path)
  if (app.name === 'dashboard-surface') return path.startsWith('/pulls')
  const onList = location.pathname.endsWith('/pulls')
  return /^\/pull\/\d+/.test(path) || (onList && path === '/pulls')
}

/** The form that a test asked for: another form is another application. */
function formOf(url: URL): string | null {
  return /\/\d+/.test(url.pathname) ? null : url.searchParams.get('forge-form')
}

/** Fetches the view of an address and gives it to React. `advance` makes a history entry. */
export async function softVisit(href: string, advance: boolean): Promise<void> {
  const turn = ++latest
  // Back and forward do not say that they start (seen on GitHub, 2026-08).
  if (advance) {
    emit('start')
    history.pushState({ turbo: currentVisit() }, '', href)
  }
  const answer = await fetchView(href)
  if (turn !== latest) return
  if (!answer || !show) {
    emit('error')
    location.assign(href)
    return
  }
  emit('payload')
  document.title = answer.title
  await new Promise<void>((shown) => show?.(answer.view, shown))
  setShownUrl(location.href)
  rememberNodes()
  if (advance) window.scrollTo(0, 0)
  for (const name of ['react-done', 'success', 'end']) emit(name)
}

/** The page that is shown, as it is by now. */
export async function showAgain(view: AppView): Promise<void> {
  await new Promise<void>((shown) => show?.(view, shown))
}

function emit(name: string): void {
  document.dispatchEvent(new CustomEvent(`soft-nav:${name}`, { detail: { mechanism: 'react' } }))
}

/** The view of an address, or nothing when the server has no React page there. */
export async function fetchView(
  href: string,
): Promise<{ view: AppView; title: string } | undefined> {
  try {
    const headers = { Accept: 'application/json', 'X-Requested-With': 'XMLHttpRequest' }
    const response = await fetch(href, { headers })
    if (!response.ok || !response.headers.get('content-type')?.includes('json')) return undefined
    const found: { payload: { preloadedQueries: { result: AppView }[] }; title: string } =
      await response.json()
    const view = found.payload.preloadedQueries[0]?.result
    return view && { view, title: found.title }
  } catch {
    return undefined
  }
}
