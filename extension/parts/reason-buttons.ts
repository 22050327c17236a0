/** What is offered to somebody who has voted down: a word that says why, if they like. */
import { type Reason, REASONS } from '#shared/vote'
import { element } from './element.ts'
import { showBeside } from './popup-place.ts'
import { REASON_NAMES } from './reason-words.ts'

export interface ReasonButtons {
  show(mine: Reason | undefined, trouble: string | undefined): void
  open(): void
  close(): void
  end(): void
}

/** How long it stays once pointer and focus have left, in milliseconds. */
const LINGER = 800

/**
 * Draws it into the root of a vote widget, hidden at first. It takes no focus: the next Tab leads to it, and
 * it goes by itself when pointer and focus have left, or with Escape.
 */
export function reasonButtons(
  root: ShadowRoot,
  anchor: HTMLElement,
  onGive: (reason: Reason | undefined) => void,
): ReasonButtons {
  const trouble = element('span', { class: 'why-trouble' })
  const said = element('span', { class: 'said', role: 'status' })
  let mine: Reason | undefined
  let shownProblem: string | undefined
  const buttons = REASONS.map((reason) => {
    const made = element(
      'button',
      { type: 'button', 'aria-pressed': 'false' },
      REASON_NAMES[reason],
    )
    made.addEventListener('click', ({ isTrusted }) => {
      if (isTrusted) onGive(mine === reason ? undefined : reason)
    })
    return made
  })
  const label = { role: 'group', 'aria-label': 'Why down? You need not say.', popover: 'manual' }
  const box = element('div', { class: 'why', ...label }, 'Why?', ...buttons, trouble)
  root.append(box, said)

  let leaving: ReturnType<typeof setTimeout> | undefined
  const isOpen = () => box.matches(':popover-open')
  const isUsed = () =>
    box.matches(':hover') || anchor.matches(':hover') || root.querySelector(':focus-visible')
  const stay = () => clearTimeout(leaving)
  const leave = () => {
    clearTimeout(leaving)
    leaving = setTimeout(() => {
      if (!isUsed()) close()
    }, LINGER)
  }
  const onEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !event.isTrusted) return
    event.preventDefault()
    event.stopPropagation()
    if (box.contains(root.activeElement)) anchor.querySelector<HTMLElement>('.down')?.focus()
    close()
  }
  const onPress = (event: Event) => {
    if (!event.composedPath().includes(root)) close()
  }
  function close() {
    clearTimeout(leaving)
    document.removeEventListener('keydown', onEscape, { capture: true })
    document.removeEventListener('pointerdown', onPress, { capture: true })
    if (isOpen()) box.hidePopover()
  }
  for (const each of [anchor, box]) {
    each.addEventListener('pointerenter', stay)
    each.addEventListener('pointerleave', leave)
  }
  root.addEventListener('focusout', leave)

  return {
    show(next, problem) {
      // Whatever else comes to be known of the subject is nothing to say, and takes no words away.
      const isNews = next !== mine || problem !== shownProblem
      mine = next
      shownProblem = problem
      for (const [at, button] of buttons.entries())
        button.setAttribute('aria-pressed', String(REASONS[at] === next))
      trouble.textContent = problem ? `Not kept: ${problem}` : ''
      trouble.hidden = !problem
      if (isNews && isOpen())
        said.textContent = problem ?? (next ? `Reason: ${REASON_NAMES[next]}` : '')
    },
    open() {
      stay()
      said.textContent = 'You can say why, next'
      document.addEventListener('keydown', onEscape, { capture: true })
      document.addEventListener('pointerdown', onPress, { capture: true })
      showBeside(box, anchor, 'under')
    },
    close,
    end() {
      close()
      root.removeEventListener('focusout', leave)
      for (const each of [box, said]) each.remove()
    },
  }
}
