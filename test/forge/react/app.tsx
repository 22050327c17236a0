/** @jsxRuntime automatic */
/** @jsxImportSource react */
import { useEffect, useLayoutEffect, useState, type MouseEvent } from 'react'
import { IssuePage } from './issue-page.tsx'
import { ListPage } from './list-page.tsx'
import { PullPage } from './pull-page.tsx'
import type { AppView } from './views.ts'

/** What joins a rendered application with the address bar. Absent on the server. */
export interface Router {
  /** Calls back with a view to show; resolve `shown` when it is on the page. */
  subscribe(show: (view: AppView, shown: () => void) => void): () => void
  /** Visits softly when this application has the page, else hard. */
  go(href: string): void
  accepts(href: string): boolean
}

/** One React application: a list, an issue or a pull request, and the way between them. */
export function App({ first, router }: { first: AppView; router?: Router }) {
  const [{ view, shown }, show] = useState<{ view: AppView; shown?: () => void }>({ view: first })
  useEffect(() => router?.subscribe((next, done) => show({ view: next, shown: done })), [router])
  useLayoutEffect(() => shown?.(), [shown])
  const go = (href: string) => router?.go(href)
  const onClick = (event: MouseEvent<HTMLElement>) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey)
      return
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null
    if (!(link instanceof HTMLAnchorElement) || link.target || link.hash) return
    if (!router?.accepts(link.href)) return
    event.preventDefault()
    router.go(link.href)
  }
  return (
    <div className="react-app-content" onClick={onClick}>
      {view.route === 'list' && <ListPage view={view} go={go} />}
      {view.route === 'issue' && <IssuePage key={view.number} view={view} />}
      {view.route === 'pull' && <PullPage key={view.number} view={view} />}
    </div>
  )
}
