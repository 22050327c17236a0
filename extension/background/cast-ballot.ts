import type { BallotRequest } from '#shared/api/tallies'
import type { SeenTally } from '../seen-tally.ts'
import { askServer } from './ask-server.ts'
import type { Context } from './context.ts'
import { NO_SERVER } from './read-tally.ts'
import { seenTally } from './seen-tally.ts'
import { sendBallot } from './server.ts'

/**
 * Casts a ballot, and resolves once the server has it. It is not kept to be sent later, as votes are: what
 * is merged by it may be another commit by then, and who cast it should know whether it counts.
 */
export async function castBallot(context: Context, ballot: BallotRequest): Promise<SeenTally> {
  const done = await askServer(context, NO_SERVER, (server) => sendBallot(server, ballot))
  return seenTally(done, ballot.subject, done.value.tally)
}
