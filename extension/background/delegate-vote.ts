import type { DelegationRequest } from '#shared/api/tallies'
import { askServer } from './ask-server.ts'
import type { Context } from './context.ts'
import { NO_SERVER } from './read-tally.ts'
import { sendDelegation } from './server.ts'

/** Lets somebody vote in the reader's place. */
export async function delegateVote(context: Context, asked: DelegationRequest): Promise<void> {
  await askServer(context, NO_SERVER, (server) => sendDelegation(server, asked))
}
