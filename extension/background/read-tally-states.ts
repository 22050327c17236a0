import { LIMITS } from '#shared/api/limits'
import type { SubjectId } from '#shared/subject'
import type { TallyStates } from '../seen-tally.ts'
import { askServer } from './ask-server.ts'
import type { Context } from './context.ts'
import { NO_SERVER } from './read-tally.ts'
import { askTallyStates } from './server.ts'

/** Asks the server how the votes on merging of a list's pull requests stand; of the first hundred. */
export async function readTallyStates(
  context: Context,
  subjects: readonly SubjectId[],
): Promise<TallyStates> {
  const asked = subjects.slice(0, LIMITS.tallies)
  const { value } = await askServer(context, NO_SERVER, (server) => askTallyStates(server, asked))
  return value.states
}
