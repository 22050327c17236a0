import { octiconPath } from '../react/octicon.tsx'
import { html, type Html } from './html.ts'

/** An icon on a Rails page. */
export function icon(name: string, classes = ''): Html {
  return html`<svg
    aria-hidden="true"
    height="16"
    viewBox="0 0 16 16"
    version="1.1"
    width="16"
    data-view-component="true"
    fill="currentColor"
    class="octicon octicon-${name} ${classes}"
  >
    <path d="${octiconPath(name)}"></path>
  </svg>`
}
