import type { Forge } from '../forge.ts'
import { find } from './find.ts'
import { pageOf } from './pages.ts'
import { isSettled } from './settled.ts'
import { VIEWER } from './slots.ts'

/**
 * GitHub announces soft navigations by these, none of which is documented or always fired
 * (2026-08): they only speed up what watching the page would find anyway.
 */
const NAVIGATION = [
  'turbo:render',
  'turbo:load',
  'turbo:frame-load',
  'soft-nav:payload',
  'soft-nav:react-done',
  'soft-nav:success',
  'soft-nav:end',
]

/** GitHub's pages. */
export const github: Forge = {
  pageOf,
  find,
  isSettled,
  watchNavigation(callback, signal) {
    for (const name of NAVIGATION) document.addEventListener(name, callback, { signal })
    window.addEventListener('popstate', callback, { signal })
  },
  watchSnapshot(callback, signal) {
    document.addEventListener('turbo:before-cache', callback, { signal })
  },
  viewer(document) {
    const login = document.querySelector(VIEWER)?.getAttribute('content') ?? ''
    return /^[a-z0-9][a-z0-9_-]{0,38}$/i.test(login) ? login : undefined
  },
}
