import { effect } from '@preact/signals-core'
import { netOf } from '#shared/score'
import { partsOf } from '#shared/subject'
import css from '../parts/talk.css?inline'
import { element } from '../parts/element.ts'
import { shortNet } from '../parts/score-words.ts'
import { addStyle } from '../parts/add-style.ts'
import { ORDER_NAMES, sortMenu } from '../parts/sort-menu.ts'
import { scoreOf } from '../state/scores.ts'
import type { TalkOrder } from '../state/talk-order.ts'
import type { TalkControl } from './feature.ts'

const NAMES = { ...ORDER_NAMES, forge: 'Time' }
const OFFERED: readonly string[] = ['forge', 'value', 'controversial'] satisfies TalkOrder[]

const REFUSED = 'This conversation cannot be sorted here'

/** Shows a conversation in another order, and says what in it is worth most. */
export const talkSortFeature = {
  id: 'sort',
  draw(root: ShadowRoot, talk: TalkControl): () => void {
    addStyle(root, css)
    const menu = sortMenu(
      (each) => OFFERED.includes(each),
      (each) => talk.choose(each as TalkOrder), // only these are offered
      NAMES,
    )
    const note = element('span', { class: 'note' })
    const renew = button('New order', 'new', () => talk.renew())
    const best = element('a', { class: 'best' })
    const agreed = element('span', { class: 'note' })
    const noise = button('', 'noise', () => talk.fold(!talk.noise.value.folds))
    /** For screen readers: what the reader's last choice did. */
    const said = element('span', { class: 'said', role: 'status' })
    root.append(
      element('div', { class: 'bar' }, ...menu.nodes, note, renew, best, agreed, noise, said),
    )
    let last: TalkOrder = 'forge'
    return effect(() => {
      const order = talk.order.value
      const { count, hasMore } = talk.comments.value
      menu.show(order)
      const loaded = `${count}${hasMore ? ' loaded' : ''} comments`
      note.hidden = order === 'forge'
      note.textContent = talk.refused.value ? REFUSED : loaded
      renew.hidden = !talk.hasNewOrder.value
      if (order !== last)
        said.textContent = talk.refused.value ? REFUSED : `${loaded} sorted: ${NAMES[order]}`
      last = order
      showBest(best, talk)
      showNoise(agreed, noise, talk)
    })
  },
}

function showBest(link: HTMLElement, { best }: TalkControl) {
  const found = best.value
  link.hidden = !found
  if (!found) return
  const { subject, author } = found
  const net = netOf(scoreOf(subject).value)
  const by = author === undefined ? '' : ` by ${author}`
  link.textContent = `Most valued: comment${by}, ${net > 0 ? '+' : ''}${shortNet(net)}`
  link.setAttribute('href', `#${partsOf(subject).part}`)
}

function showNoise(agreed: HTMLElement, toggle: HTMLElement, { noise }: TalkControl) {
  const { folded, agreed: people, folds } = noise.value
  agreed.hidden = people === 0 || !folds
  const who = people === 1 ? '1 person' : `${people} people`
  agreed.textContent = `${who} only wrote +1: counted as reactions`
  toggle.hidden = folded === 0
  toggle.textContent = folds ? `${folded} folded` : `Fold ${folded} again`
  toggle.setAttribute('aria-pressed', String(folds))
  toggle.title = folds ? 'Show every comment in full, here and everywhere' : ''
}

function button(text: string, name: string, act: () => void): HTMLElement {
  const made = element('button', { type: 'button', class: `button ${name}` }, text)
  made.addEventListener('click', ({ isTrusted }) => {
    if (isTrusted) act()
  })
  return made
}
