/** @jsxRuntime automatic */
/** @jsxImportSource react */
import { createRoot, hydrateRoot, type Root } from 'react-dom/client'
import { App } from '../react/app.tsx'
import { setRelease } from '../react/css.ts'
import type { AppView, Embedded } from '../react/views.ts'
import { delayOf } from './delays.ts'
import { reportError } from './errors.ts'
import { fetchView, router, setApp } from './soft-nav.ts'

const callbacks = {
  onRecoverableError: reportError('recoverable'),
  onUncaughtError: reportError('uncaught'),
  onCaughtError: reportError('caught'),
}

let firstLoad = true

/** Hydrates the server's HTML; a page that came back from Turbo's cache is drawn anew instead. */
export class ReactAppElement extends HTMLElement {
  root: Root | undefined

  connectedCallback(): void {
    const delay = firstLoad ? delayOf('hydration') : 0
    firstLoad = false
    // Never in this task: the element may have been connected by a swap that is not over.
    setTimeout(() => void this.start(), delay)
  }

  disconnectedCallback(): void {
    const { root } = this
    this.root = undefined
    // A moved element is connected again in the same task.
    setTimeout(() => root?.unmount())
  }

  async start(): Promise<void> {
    const container = this.querySelector('[data-target="react-app.reactRoot"]')
    const script = this.querySelector('script[data-target="react-app.embeddedData"]')
    if (!this.isConnected || this.root || !container || !script) return
    const embedded: Embedded = JSON.parse(script.textContent ?? '')
    setRelease(embedded.appPayload.release)
    const view = embedded.payload.preloadedQueries[0]?.result
    if (!view) return
    setApp({ name: this.getAttribute('app-name') ?? '', base: this.dataset.forgeBase ?? '' })
    if (this.hasAttribute('data-restored')) await this.restore(container, view)
    else this.root = hydrateRoot(container, <App first={view} router={router} />, callbacks)
  }

  /** The JSON in the document is that of the first load: another address must be asked for. */
  async restore(container: Element, embedded: AppView): Promise<void> {
    const found = await fetchView(location.href)
    this.root = createRoot(container, callbacks)
    this.root.render(<App first={found?.view ?? embedded} router={router} />)
  }
}
