/** Up, score, down. Cloned from a template: a list page draws a hundred of these before its first paint. */
import type { Value } from '#shared/vote'
import { element, icon } from './element.ts'
import { showBeside } from './popup-place.ts'
import { shortNet } from './score-words.ts'

/** What the frame shows besides: the reader's vote was not kept, or something is unusual. */
export type Mark = '' | 'trouble' | 'unusual'

export interface VoteButtons {
  show(state: {
    /** Votes for less votes against; undefined while nothing is known. */
    net: number | undefined
    mine: Value
    mark: Mark
  }): void
  /** Leaves nothing behind outside the shadow root. */
  end(): void
}

let template: DocumentFragment | undefined

const UP = 'M3.5 10 8 5.5 12.5 10'
const DOWN = 'M3.5 6 8 10.5 12.5 6'

/** The row is one big link, listened to by the page: what happens on a widget is none of its business. */
const KEPT = [
  'auxclick',
  'dblclick',
  'pointerdown',
  'pointerup',
  'mousedown',
  'mouseup',
  'contextmenu',
  'keydown',
  'keyup',
]

/** Of keys only those that press a button: the page's own shortcuts still work from here. */
const stop = (event: Event) => {
  const { key } = event as Partial<KeyboardEvent>
  if (key === undefined || key === 'Enter' || key === ' ') event.stopPropagation()
}

/** Draws the buttons into an empty shadow root. */
export function voteButtons(
  root: ShadowRoot,
  { onVote, explain }: { onVote(value: Value): void; explain(): string[] },
): VoteButtons {
  template ??= buttonsTemplate()
  root.append(template.cloneNode(true))
  const group = root.lastElementChild as HTMLElement // the template has one element, with three in it
  const [up, score, down] = group.children as unknown as [HTMLElement, HTMLElement, HTMLElement]
  let mine: Value = 0

  group.addEventListener('click', (event) => {
    const button = (event.target as Element).closest('button')
    // Scripts of the page reach into open shadow roots; only a person makes trusted events.
    if (!button || !event.isTrusted) return
    const value = button === up ? 1 : -1
    onVote(mine === value ? 0 : value)
    tip.refresh()
  })
  const host = root.host as HTMLElement // a shadow root of an HTML element
  host.addEventListener('click', stop)
  const tip = tooltip(root, group, [up, down], explain)
  // Whoever presses anything came with the pointer or the focus before, and most rows nobody ever visits. To
  // add the same listeners again changes nothing.
  const visit = () => {
    for (const name of KEPT) host.addEventListener(name, stop)
    tip.follow()
  }
  host.addEventListener('pointerenter', visit)
  host.addEventListener('focusin', visit)

  let shown = { net: undefined as number | undefined, mine: 0 as Value, mark: '' as Mark }
  return {
    show(state) {
      // Most calls change nothing, and a list makes hundreds of them: the page is touched where it must.
      if (state.mine !== shown.mine) {
        mine = state.mine
        up.setAttribute('aria-pressed', String(mine === 1))
        down.setAttribute('aria-pressed', String(mine === -1))
      }
      if (state.net !== shown.net) {
        score.textContent = shortNet(state.net)
        score.setAttribute('data-score', String(state.net ?? ''))
      }
      if (state.mark !== shown.mark) {
        group.className = `vote ${state.mark}`
        say(root, state.mark === 'trouble' ? (explain()[0] ?? '') : '')
      }
      shown = state
      tip.refresh()
    },
    end: tip.close,
  }
}

/** Tells screen readers; the element is made when there is first something to say. */
function say(root: ShadowRoot, text: string) {
  const known = root.querySelector('.said')
  const said = known ?? element('span', { class: 'said', role: 'status' })
  if (!known) root.append(said)
  said.textContent = text
}

/** Closes the tooltip that is open: there is one at a time. */
let closeOpen: (() => void) | undefined

/** How long the pointer may be between the buttons and their tooltip, in milliseconds. */
const CROSSING = 150

/**
 * Explains the score while the pointer or the focus is on the buttons; made when first needed. It can be
 * pointed at and dismissed by Escape (WCAG 2.2, 1.4.13), and stands beside the buttons, since those of the
 * next row are right below.
 */
function tooltip(
  root: ShadowRoot,
  anchor: HTMLElement,
  described: HTMLElement[],
  explain: () => string[],
) {
  let tip: HTMLElement | undefined
  let leaving: ReturnType<typeof setTimeout> | undefined
  const isOpen = () => tip?.matches(':popover-open') ?? false
  const fill = () => tip?.replaceChildren(...explain().map((line) => element('div', {}, line)))
  const onEscape = ({ key }: KeyboardEvent) => {
    if (key === 'Escape') close()
  }
  function make() {
    const made = element('div', { id: 'tip', class: 'tip', role: 'tooltip', popover: 'manual' })
    made.addEventListener('pointerenter', () => clearTimeout(leaving))
    made.addEventListener('pointerleave', leave)
    root.append(made)
    for (const button of described) button.setAttribute('aria-describedby', 'tip')
    return made
  }
  function open() {
    clearTimeout(leaving)
    if (closeOpen !== close) closeOpen?.()
    closeOpen = close
    tip ??= make()
    fill()
    showBeside(tip, anchor, 'before')
    document.addEventListener('keydown', onEscape, { capture: true })
  }
  function close() {
    clearTimeout(leaving)
    document.removeEventListener('keydown', onEscape, { capture: true })
    if (isOpen()) tip?.hidePopover()
  }
  function leave() {
    clearTimeout(leaving)
    leaving = setTimeout(() => {
      if (!root.querySelector(':focus-visible')) close()
    }, CROSSING)
  }
  return {
    follow() {
      anchor.addEventListener('pointerenter', open)
      anchor.addEventListener('focusin', open)
      anchor.addEventListener('pointerleave', leave)
      anchor.addEventListener('focusout', leave)
      // The focus has passed by here already.
      if (anchor.matches(':focus-within')) open()
    },
    /** Says what is true now, if it is open; other lines have another size. */
    refresh() {
      if (!isOpen() || !tip) return
      fill()
      showBeside(tip, anchor, 'before')
    },
    close,
  }
}

function buttonsTemplate(): DocumentFragment {
  const fragment = document.createDocumentFragment()
  const score = element('span', { class: 'score', 'data-score': '' }, '–')
  const parts = [button('up', 'Upvote', UP), score, button('down', 'Downvote', DOWN)]
  fragment.append(element('div', { class: 'vote', role: 'group', 'aria-label': 'Value' }, ...parts))
  return fragment
}

function button(name: string, label: string, path: string): HTMLElement {
  const states = { 'aria-label': label, 'aria-pressed': 'false' }
  return element('button', { type: 'button', class: name, ...states }, icon(path))
}
