import { effect } from '@preact/signals-core'
import css from '../parts/talk.css?inline'
import { element, icon } from '../parts/element.ts'
import { addStyle } from '../parts/add-style.ts'
import type { EventsControl } from './feature.ts'

const DOWN = 'M4.5 6.5 8 10l3.5-3.5'

/** One line for everything in a sorted conversation that is no comment. */
export const eventsFeature = {
  id: 'events',
  draw(root: ShadowRoot, { count, isOpen, toggle }: EventsControl): () => void {
    addStyle(root, css)
    const text = element('span', {})
    const line = element('button', { type: 'button', class: 'line' }, icon(DOWN), text)
    line.addEventListener('click', ({ isTrusted }) => isTrusted && toggle())
    root.append(line)
    return effect(() => {
      text.textContent = count.value === 1 ? '1 event' : `${count.value} events`
      line.setAttribute('aria-expanded', String(isOpen.value))
    })
  },
}
