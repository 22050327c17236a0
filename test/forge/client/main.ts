import { announceHydrated } from './errors.ts'
import { IncludeFragmentElement, listenForPagination } from './fragments.ts'
import { behaveHostile } from './hostile.ts'
import { rememberNodes } from './integrity.ts'
import { listenForNavigation } from './links.ts'
import { listenForNews } from './live.ts'
import { listenForRailsHover, listenForRailsKeys } from './rails.ts'
import { ReactAppElement } from './react-app.tsx'
import { RelativeTimeElement } from './relative-time.ts'
import { beginFirstVisit } from './visit.ts'

beginFirstVisit()
customElements.define('relative-time', RelativeTimeElement)
customElements.define('react-app', ReactAppElement)
customElements.define('include-fragment', IncludeFragmentElement)
listenForNavigation()
listenForRailsKeys()
listenForRailsHover()
listenForPagination()
listenForNews()
behaveHostile()
rememberNodes()
if (!document.querySelector('react-app')) announceHydrated()
document.dispatchEvent(new CustomEvent('soft-nav:initial'))
document.dispatchEvent(
  new CustomEvent('turbo:load', { bubbles: true, detail: { url: location.href } }),
)
