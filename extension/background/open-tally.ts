import type { SubjectId } from '#shared/subject'
import type { SeenTally } from '../seen-tally.ts'
import { askServer } from './ask-server.ts'
import type { Context } from './context.ts'
import { NO_SERVER } from './read-tally.ts'
import { seenTally } from './seen-tally.ts'
import { startTally } from './server.ts'

/** Has the server open the vote on merging a pull request. */
export async function openTally(context: Context, subject: SubjectId): Promise<SeenTally> {
  const done = await askServer(context, NO_SERVER, (server) => startTally(server, subject))
  return seenTally(done, subject, done.value)
}
