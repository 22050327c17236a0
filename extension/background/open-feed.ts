import browser from 'webextension-polyfill'
import { Problem } from '#shared/problem'

/** Too large for every page of the forge, it is loaded where somebody asks for it. */
const SCRIPT = '/content-scripts/github-feed.js'

/** Puts the script that shows whole repositories into a tab; it begins at once. */
export async function openFeed(tab: number | undefined): Promise<void> {
  if (tab === undefined) throw new Problem('forbidden', 'Only a page in a tab can show a feed.')
  await browser.scripting.executeScript({ target: { tabId: tab }, files: [SCRIPT] })
}
