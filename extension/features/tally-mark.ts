import { addStyle } from '../parts/add-style.ts'
import css from '../parts/tally-mark.css?inline'
import type { TallyState } from '../seen-tally.ts'

/** Says in a list how the vote on merging a pull request stands. */
export const tallyMarkFeature = {
  id: 'state',
  /** What is over is in the pull request's own page. */
  isShown: ({ status }: TallyState) => status === 'open' || status === 'passed',
  draw(root: ShadowRoot, { status, words }: TallyState) {
    addStyle(root, css)
    const host = root.host as HTMLElement // a shadow root of an HTML element
    const text = `Vote on merging: ${words}`
    host.dataset['status'] = status
    host.title = text
    host.setAttribute('role', 'img')
    host.setAttribute('aria-label', text)
  },
}
