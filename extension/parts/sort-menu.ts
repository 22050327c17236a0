import { type Order, ORDERS } from '#shared/ranking'
import type { Choice } from '../messages.ts'
import { element, icon } from './element.ts'
import { showBeside } from './popup-place.ts'

export const ORDER_NAMES: Record<Choice, string> = {
  forge: "GitHub's order",
  value: 'Value',
  top: 'Top',
  hot: 'Hot',
  rising: 'Rising',
  controversial: 'Controversial',
  new: 'New',
  whole: 'Whole repository',
}

/** What an order puts first where its name does not say it, for whoever hovers. */
const ORDER_REASONS: Partial<Record<Choice, string>> = {
  value: 'Surely worth most: few votes count for little',
  top: 'Most votes for, less those against',
  hot: 'Most votes lately',
  rising: 'Gaining votes faster',
  controversial: 'Many on both sides',
}

const CHOICES: Choice[] = [...ORDERS, 'whole']

const DOWN = 'M4.5 6.5 8 10l3.5-3.5'
const CHECK = 'M3.5 8.5 6.5 11.5 12.5 4.5'

export interface SortMenu {
  /** The button, its label and the menu. */
  nodes: HTMLElement[]
  show(order: Order): void
}

/** A menu button that chooses one order, by the ARIA practices for menu buttons. */
export function sortMenu(
  offered: (choice: Choice) => boolean,
  onChoose: (choice: Choice) => void,
  names: Record<Choice, string> = ORDER_NAMES,
): SortMenu {
  let order: Order = 'forge'
  const states = { 'aria-haspopup': 'menu', 'aria-expanded': 'false', 'aria-describedby': 'order' }
  const button = element(
    'button',
    { type: 'button', class: 'button', ...states },
    'Sort',
    icon(DOWN),
  )
  const label = element('span', { id: 'order', class: 'order' })
  const menu = element('div', {
    popover: 'manual',
    role: 'menu',
    'aria-label': 'Sort',
    class: 'menu',
  })
  const isOpen = () => button.getAttribute('aria-expanded') === 'true'

  function open() {
    menu.replaceChildren(...CHOICES.filter((each) => offered(each) || each === order).map(item))
    showBeside(menu, button, 'below')
    button.setAttribute('aria-expanded', 'true')
    menu.querySelector<HTMLElement>('[aria-checked="true"]')?.focus()
  }
  function close(back?: 'focus') {
    if (!isOpen()) return
    button.setAttribute('aria-expanded', 'false')
    if (back) button.focus()
    menu.hidePopover()
  }
  function item(each: Choice) {
    const role = { role: 'menuitemradio', 'aria-checked': String(each === order), tabindex: '-1' }
    const made = element(
      'button',
      { type: 'button', title: ORDER_REASONS[each] ?? '', ...role },
      icon(CHECK),
      names[each],
    )
    made.addEventListener('click', ({ isTrusted }) => {
      if (!isTrusted) return
      close('focus')
      onChoose(each)
    })
    return made
  }

  button.addEventListener('click', ({ isTrusted }) => {
    if (isTrusted) (isOpen() ? close : open)()
  })
  button.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    event.stopPropagation()
    open()
  })
  menu.addEventListener('keydown', (event) => {
    const target = targetOf(event, [...menu.children] as HTMLElement[]) // all made by `item`
    if (event.key === 'Tab') close()
    if (event.key === 'Escape') close('focus')
    else if (!target) return
    target?.focus()
    event.preventDefault()
    event.stopPropagation()
  })
  menu.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget !== button && !menu.contains(relatedTarget as Node | null)) close()
  })

  return {
    nodes: [button, label, menu],
    show(next) {
      order = next
      label.textContent = names[order]
    },
  }
}

/** Where a key leads among the items of a menu: neighbours, ends, or the next with that first letter. */
function targetOf({ key, ctrlKey, metaKey, altKey }: KeyboardEvent, items: HTMLElement[]) {
  const at = items.findIndex((item) => item.matches(':focus'))
  if (key === 'ArrowDown') return items[(at + 1) % items.length]
  if (key === 'ArrowUp') return items.at(at - 1)
  if (key === 'Home') return items[0]
  if (key === 'End') return items.at(-1)
  if (key.length > 1 || key === ' ' || ctrlKey || metaKey || altKey) return undefined
  const after = [...items.slice(at + 1), ...items.slice(0, at + 1)]
  return after.find((item) => item.textContent.toLowerCase().startsWith(key.toLowerCase()))
}
