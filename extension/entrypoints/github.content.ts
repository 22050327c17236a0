import { defineContentScript } from 'wxt/utils/define-content-script'
import '../forges/github/room.css'
import { github } from '../forges/github/forge.ts'
import { start } from '../page/start.ts'

export default defineContentScript({
  matches: ['https://github.com/*'],
  noScriptStartedPostMessage: true,
  excludeMatches: ['https://github.com/login/*', 'https://github.com/sessions/*'],
  runAt: 'document_start',
  main(ctx) {
    start(github, ctx.signal, () => ctx.isValid)
  },
})
