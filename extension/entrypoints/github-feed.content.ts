import { defineContentScript } from 'wxt/utils/define-content-script'
import { github } from '../forges/github/forge.ts'
import { feedQueryOf } from '../forges/github/feed-query.ts'
import { startFeedVisit } from '../page/feed-visit.ts'

/** Put into a page by the background when its reader asks for the whole repository. */
export default defineContentScript({
  registration: 'runtime',
  matches: ['https://github.com/*'],
  noScriptStartedPostMessage: true,
  main(ctx) {
    startFeedVisit(github, feedQueryOf, ctx.signal)
  },
})
