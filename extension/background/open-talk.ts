import browser from 'webextension-polyfill'
import { partsOf } from '#shared/subject'
import type { Shown } from './refresh-reactions.ts'

/** Of no use on lists, where most people are most of the time, so it is not loaded with every page. */
const SCRIPT = '/content-scripts/github-talk.js'

/** Whether what a page asks for is the one subject that it is about. */
export function isSubjectPage({ subjects, view }: Shown): boolean {
  const [subject] = subjects
  return !view && subject !== undefined && subjects.length === 1 && partsOf(subject).part === ''
}

/**
 * Puts the script for conversations into a tab, unless one of this very extension runs there: it stays, and
 * follows the page by itself.
 */
export async function openTalk(tab: number | undefined): Promise<void> {
  if (tab === undefined) return
  const target = { tabId: tab }
  try {
    const [found] = await browser.scripting.executeScript({ target, func: isRunning })
    if (found?.result) return
    await browser.scripting.executeScript({ target, files: [SCRIPT], injectImmediately: true })
  } catch (error) {
    // The page may be gone by now.
    console.debug('Forgemoot: a conversation could not be reached', error)
  }
}

/** Runs in the page, beside the script that it asks for. */
function isRunning(): boolean {
  const { forgemootTalk } = globalThis as { forgemootTalk?: () => boolean }
  return forgemootTalk?.() ?? false
}
