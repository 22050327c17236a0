import { effect } from '@preact/signals-core'
import type { SubjectId } from '#shared/subject'
import css from '../parts/tally.css?inline'
import { addStyle } from '../parts/add-style.ts'
import { tallyPanel } from '../parts/tally-panel.ts'
import { followTally } from '../state/tally.ts'

/** Decides with others whether a pull request is merged. */
export const tallyFeature = {
  id: 'tally',
  /** `onNews` is called when there may be something to show that there was not, or the other way round. */
  draw(root: ShadowRoot, subject: SubjectId, onNews: () => void) {
    addStyle(root, css)
    const tallying = followTally(subject)
    const panel = tallyPanel(root, subject, tallying)
    const isWanted = () =>
      tallying.state.peek().seen !== null && tallying.state.peek().seen !== undefined
    let wasWanted = false
    const stop = effect(() => {
      panel.show(tallying.state.value)
      if (isWanted() !== wasWanted) {
        wasWanted = isWanted()
        onNews()
      }
    })
    return {
      isWanted,
      end() {
        stop()
        tallying.end()
        panel.end()
      },
    }
  },
}
