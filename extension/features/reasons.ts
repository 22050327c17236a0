import { effect } from '@preact/signals-core'
import type { SubjectId } from '#shared/subject'
import { addStyle } from '../parts/add-style.ts'
import { element } from '../parts/element.ts'
import { showBeside } from '../parts/popup-place.ts'
import { reasonButtons } from '../parts/reason-buttons.ts'
import { reasonLines } from '../parts/reason-words.ts'
import css from '../parts/reasons.css?inline'
import {
  giveReason,
  lookAtReasons,
  noteReason,
  reasonsOf,
  reasonTroubleOf,
  takesReasons,
} from '../state/reasons.ts'

/**
 * Lets whoever votes down say why, and tells whoever looks at the score what was said. It joins a vote widget
 * that is there: that of an opening post is drawn by the script which every page loads and lists share, and
 * which this would only make larger.
 */
export const reasonsFeature = {
  id: 'reasons',
  draw(root: ShadowRoot, subject: SubjectId): () => void {
    const anchor = root.querySelector<HTMLElement>('.vote')
    const down = root.querySelector('.down')
    if (!anchor || !down) return () => undefined
    addStyle(root, css)
    const seen = reasonsOf(subject)
    const offer = reasonButtons(root, anchor, (reason) => void giveReason(subject, reason))
    const onClick = ({ target, isTrusted }: Event) => {
      const button = (target as Element).closest('.vote button')
      if (!isTrusted || !button) return
      // The widget has taken the click by now.
      const isAgainst = button === down && down.getAttribute('aria-pressed') === 'true'
      noteReason(subject, undefined)
      if (isAgainst && takesReasons.peek()) offer.open()
      else offer.close()
    }
    root.addEventListener('click', onClick)
    const endTip = addToTip(root, anchor, subject)
    const stop = effect(() => offer.show(seen.value.mine, reasonTroubleOf(subject).value))
    return () => {
      stop()
      endTip()
      root.removeEventListener('click', onClick)
      offer.end()
    }
  },
}

/** Adds what was said to the tooltip, whenever it is open and filled anew. */
function addToTip(root: ShadowRoot, anchor: HTMLElement, subject: SubjectId): () => void {
  const more = element('div', { class: 'reasons' })
  let tip: HTMLElement | undefined
  const add = () => {
    if (!tip?.matches(':popover-open') || tip.lastChild === more) return
    if (!more.hasChildNodes()) return
    tip.append(more)
    showBeside(tip, anchor, 'before')
  }
  const filled = new MutationObserver(add)
  const onToggle = (event: Event) => {
    if (!(event.target instanceof HTMLElement) || !event.target.matches('.tip')) return
    if (tip !== event.target) filled.observe(event.target, { childList: true })
    tip = event.target
    if (takesReasons.peek()) void lookAtReasons(subject)
    add()
  }
  // It does not bubble.
  root.addEventListener('toggle', onToggle, { capture: true })
  const stop = effect(() => {
    more.replaceChildren(
      ...reasonLines(reasonsOf(subject).value).map((line) => element('div', {}, line)),
    )
    if (more.hasChildNodes()) add()
    else more.remove()
  })
  return () => {
    stop()
    filled.disconnect()
    root.removeEventListener('toggle', onToggle, { capture: true })
    more.remove()
  }
}
