import { effect } from '@preact/signals-core'
import css from '../parts/feed.css?inline'
import { addStyle } from '../parts/add-style.ts'
import { element } from '../parts/element.ts'
import { feedRow } from '../parts/feed-row.ts'
import { ORDER_NAMES } from '../parts/sort-menu.ts'
import { windowed } from '../parts/windowed.ts'
import { type FeedOrder, type FeedRow, readingOf } from '../state/feed.ts'
import type { FeedControl } from './feature.ts'

const ORDERS: FeedOrder[] = ['value', 'top', 'hot', 'rising', 'controversial', 'new']

/** How far below the window more is asked for, in pixels. */
const AHEAD = 1500

/** All issues and pull requests of a repository that a list's filter lets through, in one of our orders. */
export const feedFeature = {
  id: 'feed',
  draw(root: ShadowRoot, { repository, filter, close, addVote }: FeedControl): () => void {
    addStyle(root, css)
    const order = element('select', { 'aria-label': 'Order' }) as HTMLSelectElement // by its tag
    for (const each of ORDERS) order.append(element('option', { value: each }, ORDER_NAMES[each]))
    const back = element('button', { type: 'button', class: 'button' }, 'Back to GitHub’s list')
    back.addEventListener('click', ({ isTrusted }) => isTrusted && close())
    const left = filter.left.length ? `Not filtered by ${filter.left.join(' ')}` : ''
    const note = element('span', { class: 'note', title: left }, left)
    const title = element('h2', {}, 'Whole repository')
    const head = element('div', { class: 'head' }, title, order, note, back)
    const rows = element('div', { role: 'list', 'aria-label': 'Whole repository', class: 'rows' })
    const foot = element('div', { class: 'foot' })
    /** For screen readers, and for who waits. */
    const said = element('span', { role: 'status' })
    const retry = element('button', { type: 'button', class: 'button' }, 'Try again')
    foot.append(said, retry)
    root.append(element('section', { 'aria-label': 'Whole repository' }, head, rows, foot))

    let stop = begin('value')
    order.addEventListener('change', () => {
      stop()
      stop = begin(order.value as FeedOrder) // its options are these
    })

    function begin(sort: FeedOrder): () => void {
      rows.replaceChildren()
      const shown = windowed<FeedRow>(rows, (row, at) => {
        const made = feedRow(row, at)
        return { element: made, end: addVote(made, row.subject) }
      })
      const { reading, more, end } = readingOf(repository, filter, sort, shown.add)
      const nearEnd = new IntersectionObserver(
        (entries) => entries.some(({ isIntersecting }) => isIntersecting) && void more(),
        { rootMargin: `${AHEAD}px` },
      )
      const again = () => void more()
      retry.addEventListener('click', again)
      const unwatch = effect(() => {
        const { state, count, problem } = reading.value
        rows.setAttribute('aria-busy', String(state === 'loading'))
        retry.hidden = state !== 'failed'
        said.textContent = {
          loading: 'Loading…',
          more: `${count} shown`,
          failed: problem,
          end: count ? `That is all: ${count}.` : 'Nothing here.',
        }[state]
        // Observed anew it tells at once whether the end is still near.
        nearEnd.unobserve(foot)
        if (state === 'more') nearEnd.observe(foot)
      })
      return () => {
        end()
        unwatch()
        nearEnd.disconnect()
        retry.removeEventListener('click', again)
        shown.end()
      }
    }

    return () => stop()
  },
}
