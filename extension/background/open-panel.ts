import browser from 'webextension-polyfill'
import { partsOf } from '#shared/subject'
import type { Context } from './context.ts'
import { readSettings } from './own-settings.ts'
import type { Shown } from './refresh-reactions.ts'
import { knownAbout } from './refresh-about.ts'

/** Only of use on pull requests, and where a server has votes on merging. */
const SCRIPT = '/content-scripts/github-tally.js'

/**
 * Puts the script for votes on merging into a tab that shows one subject, unless one of this very extension
 * runs there: it stays, and follows the page by itself.
 */
export async function openPanel(
  context: Context,
  { subjects, view }: Shown,
  tab: number | undefined,
): Promise<void> {
  const [subject] = subjects
  const isSubjectPage = !view && subjects.length === 1 && subject && partsOf(subject).part === ''
  if (!isSubjectPage || tab === undefined) return
  const { server } = await readSettings(context)
  if (!(await knownAbout(context, server))?.tallies) return
  const target = { tabId: tab }
  try {
    const [found] = await browser.scripting.executeScript({ target, func: isRunning })
    if (!found?.result) await browser.scripting.executeScript({ target, files: [SCRIPT] })
  } catch (error) {
    // The page may be gone by now.
    console.debug('Forgemoot: a pull request could not be reached', error)
  }
}

/** Runs in the page, beside the script that it asks for. */
function isRunning(): boolean {
  const { forgemootTally } = globalThis as { forgemootTally?: () => boolean }
  return forgemootTally?.() ?? false
}
