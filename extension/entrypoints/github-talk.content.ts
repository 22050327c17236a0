import { defineContentScript } from 'wxt/utils/define-content-script'
import { findTalk } from '../forges/github/find-talk.ts'
import { github } from '../forges/github/forge.ts'
import { startTalk } from '../page/talk-visit.ts'

/** Put into a tab by the background when its page is about an issue or a pull request. */
export default defineContentScript({
  registration: 'runtime',
  matches: ['https://github.com/*'],
  noScriptStartedPostMessage: true,
  main(ctx) {
    // Asked by the background, so that a tab gets one of these.
    Object.assign(globalThis, { forgemootTalk: () => ctx.isValid })
    startTalk(github, findTalk, ctx.signal, () => ctx.isValid)
  },
})
