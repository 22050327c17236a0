import { defineContentScript } from 'wxt/utils/define-content-script'
import { isMarkedByReact, SETTLED_EVENT } from '../forges/github/settled.ts'

/** Answers, in the page's own world, whether React has taken over an element. It does nothing else. */
export default defineContentScript({
  matches: ['https://github.com/*'],
  excludeMatches: ['https://github.com/login/*', 'https://github.com/sessions/*'],
  runAt: 'document_start',
  world: 'MAIN',
  main() {
    document.addEventListener(SETTLED_EVENT, (event) => {
      if (event.target instanceof Element && isMarkedByReact(event.target)) event.preventDefault()
    })
  },
})
