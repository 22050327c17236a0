import css from '../parts/talk.css?inline'
import { element, icon } from '../parts/element.ts'
import { addStyle } from '../parts/add-style.ts'
import type { FoldControl } from './feature.ts'

const DOWN = 'M4.5 6.5 8 10l3.5-3.5'

/** One line in place of a comment that is worth little; it says why, and opens it. */
export const foldFeature = {
  id: 'fold',
  draw(root: ShadowRoot, { why, open }: FoldControl): void {
    addStyle(root, css)
    const states = { type: 'button', class: 'line', 'aria-expanded': 'false' }
    const line = element('button', states, icon(DOWN), element('span', {}, why))
    line.addEventListener('click', ({ isTrusted }) => isTrusted && open())
    root.append(line)
  },
}
