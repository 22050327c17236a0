import { partsOf } from '#shared/subject'
import type { Context } from './context.ts'
import { openScript } from './open-script.ts'
import { readSettings } from './own-settings.ts'
import type { Shown } from './refresh-reactions.ts'
import { knownAbout } from './refresh-about.ts'

/**
 * Puts into a tab that shows one subject what only such pages need: the script for its conversation, and that
 * for votes on merging where a server has them. Both stay, and follow the page by themselves.
 */
export async function openPanel(
  context: Context,
  { subjects, view }: Shown,
  tab: number | undefined,
): Promise<void> {
  const [subject] = subjects
  const isSubjectPage = !view && subjects.length === 1 && subject && partsOf(subject).part === ''
  if (!isSubjectPage || tab === undefined) return
  await openScript(tab, 'Talk')
  const { server } = await readSettings(context)
  if ((await knownAbout(context, server))?.tallies) await openScript(tab, 'Tally')
}
