/**
 * Reactions of comments, frugally: one conditional request answers for a hundred comments of a
 * conversation, and a pull request's comments on lines are another. Further pages are asked for only when
 * something that is shown was on none of those before, the last page first, since forges show both ends.
 */
import { partsOf, type SubjectId } from '#shared/subject'
import { talkRequestOf, type ForgeRequest, type TalkKind } from '../forges/github/api.ts'
import type { Context } from './context.ts'
import { fetchReactions, limitOf, knownToken } from './refresh-reactions.ts'
import { shared } from './turns.ts'

/** How many pages of a hundred are asked for at most: visitors have 60 requests an hour for everything. */
const PAGES = 10

/** Asks the forge for what is old of these comments. Returns those that changed. */
export async function refreshTalkReactions(
  context: Context,
  comments: readonly SubjectId[],
): Promise<SubjectId[]> {
  const [first] = comments
  if (first === undefined) return []
  const changed: SubjectId[] = []
  for (const kind of ['issuecomment-', 'discussion_r'] as const) {
    const shown = comments.filter((each) => partsOf(each).part.startsWith(kind))
    if (shown.length > 0) changed.push(...(await refreshPages(context, kind, first, shown)))
  }
  return changed
}

async function refreshPages(
  context: Context,
  kind: TalkKind,
  subject: SubjectId,
  shown: readonly SubjectId[],
): Promise<SubjectId[]> {
  const changed: SubjectId[] = []
  const missing = new Set(shown)
  const pages = [1]
  for (const page of pages) {
    const request = talkRequestOf(subject, kind, page)
    const answer = request && (await refreshPage(context, request))
    if (!answer) break
    changed.push(...answer.changed)
    for (const each of answer.items) missing.delete(each)
    if (missing.size === 0) break
    if (page === 1) pages.push(...further(answer.pages))
  }
  return changed
}

/** The pages after the first, in the order in which they are asked for. */
function further(last: number): number[] {
  if (last < 2) return []
  const between = Array.from({ length: last - 2 }, (_, at) => at + 2)
  return [last, ...between].slice(0, PAGES - 1)
}

interface PageAnswer {
  items: SubjectId[]
  pages: number
  changed: SubjectId[]
}

/** What a page of comments holds, asked for where it is old; undefined when nobody would answer. */
async function refreshPage(
  context: Context,
  request: ForgeRequest,
): Promise<PageAnswer | undefined> {
  const { store } = context
  const limit = await limitOf(context, request.resource)
  const before = await store.requests.get(request.url)
  const isOld = !before || before.at <= limit.since || before.at >= limit.until
  const changed =
    isOld && !limit.isEmpty
      ? await shared(context, request.url, async () =>
          fetchReactions(context, request, await knownToken(context)),
        )
      : []
  const after = await store.requests.get(request.url)
  if (!after) return undefined
  return { items: after.items.map(({ subject }) => subject), pages: after.pages ?? 1, changed }
}
