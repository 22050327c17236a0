import type { SubjectId } from '#shared/subject'
import type { SeenTally, Tally } from '../seen-tally.ts'
import type { Asked } from './ask-server.ts'

/** What a server answered about a vote on merging, as a page shows it. */
export const seenTally = (
  { origin, session }: Pick<Asked<unknown>, 'origin' | 'session'>,
  subject: SubjectId,
  tally: Tally,
): SeenTally => ({
  tally,
  record: `${origin}/v1/record?${new URLSearchParams({ subject })}`,
  none: '',
  isSignedIn: session !== undefined,
})
