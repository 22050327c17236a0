import { partsOf } from '#shared/subject'
import type { FeedRow } from '../messages.ts'
import { element, icon } from './element.ts'

const RING = 'M8 2.25a5.75 5.75 0 1 1 0 11.5 5.75 5.75 0 0 1 0-11.5Z'
const PULL =
  'M4.5 5v6M4.5 5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3Zm0 9a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3Zm7 0a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3Zm0-3V6.5a2 2 0 0 0-2-2H8M9.5 3 8 4.5 9.5 6'

/** What a row is, in words and in a picture. */
function stateOf({ kind, state, isMerged, isDraft }: FeedRow) {
  if (kind === 'issue') {
    return state === 'open'
      ? { name: 'Open issue', style: 'open', path: `${RING}M8 7.5v1` }
      : { name: 'Closed issue', style: 'done', path: `${RING}M5.75 8.25 7.25 9.75 10.25 6.5` }
  }
  if (isMerged) return { name: 'Merged pull request', style: 'done', path: PULL }
  if (state === 'closed') return { name: 'Closed pull request', style: 'closed', path: PULL }
  return isDraft
    ? { name: 'Draft pull request', style: 'draft', path: PULL }
    : { name: 'Open pull request', style: 'open', path: PULL }
}

const day = new Intl.DateTimeFormat([], { year: 'numeric', month: 'short', day: 'numeric' })

/** A row as the forge's own lists have it; all that others wrote is text. `at` counts from 0. */
export function feedRow(row: FeedRow, at: number): HTMLElement {
  const { subject, kind, title, author, labels, createdAt, comments } = row
  const { host, owner, name, number } = partsOf(subject)
  const { name: words, style, path } = stateOf(row)
  const href = `https://${host}/${owner}/${name}/${kind === 'pull' ? 'pull' : 'issues'}/${number}`
  const said = element('span', { class: 'said' }, words)
  const opened = new Date(createdAt)
  const time = element('time', { datetime: opened.toISOString() }, day.format(opened))
  const talk = comments === 0 ? '' : ` · ${comments} comment${comments === 1 ? '' : 's'}`
  return element(
    'div',
    { role: 'listitem', class: 'row', 'aria-posinset': String(at + 1), 'aria-setsize': '-1' },
    element('span', { class: `state ${style}`, title: words }, icon(path), said),
    element(
      'div',
      { class: 'line' },
      element('a', { href, class: 'title' }, title),
      ...labels.map(labelOf),
    ),
    element(
      'div',
      { class: 'meta' },
      `#${number} opened on `,
      time,
      author === null ? '' : ` by ${author}`,
      talk,
    ),
  )
}

function labelOf({ name, color }: FeedRow['labels'][number]): HTMLElement {
  const label = element('span', { class: 'label' }, name)
  if (/^[\da-f]{6}$/i.test(color)) label.style.setProperty('--label', `#${color}`)
  return label
}
