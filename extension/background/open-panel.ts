import { partsOf } from '#shared/subject'
import type { Context } from './context.ts'
import { openScript } from './open-script.ts'
import { readSettings } from './own-settings.ts'
import type { Shown } from './refresh-reactions.ts'
import { knownAbout } from './refresh-about.ts'

/**
 * Puts into a tab what only its page needs: the script for conversations where it shows one, and that for
 * votes on merging where it shows pull requests and a server has such votes. Both stay, and follow the page by
 * themselves.
 */
export async function openPanel(
  context: Context,
  { subjects, view }: Shown,
  tab: number | undefined,
): Promise<void> {
  const [subject] = subjects
  if (tab === undefined) return
  const isSubjectPage = !view && subjects.length === 1 && subject && partsOf(subject).part === ''
  const isPulls = view?.repository !== undefined && /\b(?:is|type):pr\b/.test(view.query)
  if (isSubjectPage) await openScript(tab, 'Talk')
  else if (!isPulls) return
  const { server } = await readSettings(context)
  if ((await knownAbout(context, server))?.tallies) await openScript(tab, 'Tally')
}
