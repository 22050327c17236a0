import { effect } from '@preact/signals-core'
import { element } from '../parts/element.ts'
import { ORDER_NAMES, sortMenu } from '../parts/sort-menu.ts'
import { isOffered } from '../state/order.ts'
import type { ListFeature } from './feature.ts'

/** Shows a list in another order. */
export const sortFeature: ListFeature = {
  id: 'sort',
  draw(root, list) {
    const menu = sortMenu(isOffered, (each) => {
      if (each === 'whole') return list.openFeed()
      list.choose(each)
      announce()
    })
    const note = element('span', { class: 'note' })
    const renew = element('button', { type: 'button', class: 'button new' }, 'New order')
    renew.addEventListener('click', ({ isTrusted }) => {
      if (!isTrusted) return
      list.renew()
      announce()
    })
    /** For screen readers: what the reader's last choice did. */
    const said = element('span', { class: 'said', role: 'status' })
    const announce = () => {
      const rows = `${list.rows.value} rows of this page sorted`
      said.textContent = list.refused.value ? REFUSED : `${rows}: ${ORDER_NAMES[list.order.value]}`
    }
    root.append(element('div', { class: 'bar' }, ...menu.nodes, note, renew, said))
    return effect(() => {
      const order = list.order.value
      menu.show(order)
      note.hidden = order === 'forge'
      note.textContent = list.refused.value ? REFUSED : `${list.rows.value} rows of this page`
      renew.hidden = !list.hasNewOrder.value
    })
  },
}

const REFUSED = 'This list cannot be sorted here'
