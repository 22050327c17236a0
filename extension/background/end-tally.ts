import type { CancelRequest } from '#shared/api/tallies'
import type { SeenTally } from '../seen-tally.ts'
import { askServer } from './ask-server.ts'
import type { Context } from './context.ts'
import { NO_SERVER } from './read-tally.ts'
import { seenTally } from './seen-tally.ts'
import { endTally as askEnd } from './server.ts'

/** Has the server end a vote on merging without a decision. */
export async function endTally(context: Context, asked: CancelRequest): Promise<SeenTally> {
  const done = await askServer(context, NO_SERVER, (server) => askEnd(server, asked))
  return seenTally(done, asked.subject, done.value)
}
