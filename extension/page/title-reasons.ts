import type { SubjectId } from '#shared/subject'
import { reasonsFeature } from '../features/reasons.ts'

/** Has reasons join the vote widget at the title, which another script of ours draws when it likes. */
export function titleReasons() {
  let joined: ShadowRoot | undefined
  let undo: (() => void) | undefined

  function clear() {
    undo?.()
    undo = undefined
    joined = undefined
  }

  return {
    sync(title: HTMLElement | undefined, subject: SubjectId): void {
      const widget = title?.querySelector<HTMLElement>(':scope > forgemoot-vote')
      // What the page itself calls so has no root, or stands for something else.
      const root = widget?.dataset['subject'] === subject ? widget.shadowRoot : null
      if (root === (joined ?? null)) return
      clear()
      if (!root) return
      joined = root
      undo = reasonsFeature.draw(root, subject)
    },
    clear,
  }
}
