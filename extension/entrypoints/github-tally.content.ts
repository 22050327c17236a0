import { defineContentScript } from 'wxt/utils/define-content-script'
import { findMergeBox } from '../forges/github/find-merge-box.ts'
import { github } from '../forges/github/forge.ts'
import { startTallyMarks } from '../page/tally-marks.ts'
import { startTallyVisits } from '../page/tally-visits.ts'

/** Put by the background into pages of pull requests, where the server has votes on merging. */
export default defineContentScript({
  registration: 'runtime',
  matches: ['https://github.com/*'],
  noScriptStartedPostMessage: true,
  main(ctx) {
    // So that it is there once: whoever would put it here again asks this first.
    Object.assign(globalThis, { forgemootTally: () => ctx.isValid })
    startTallyMarks(github, ctx.signal, () => ctx.isValid)
    startTallyVisits(github, findMergeBox, ctx.signal, () => ctx.isValid)
  },
})
