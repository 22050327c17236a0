import { Problem } from '#shared/problem'
import type { SubjectId } from '#shared/subject'
import type { SeenTally } from '../seen-tally.ts'
import { askServer } from './ask-server.ts'
import type { Context } from './context.ts'
import { readerOf } from './session.ts'
import { seenTally } from './seen-tally.ts'
import { askTally } from './server.ts'

export const NO_SERVER = 'Voting on merges takes a server. Name one in the options.'

/** Asks the server for a vote on merging; undefined when it knows nothing of the repository. */
export async function readTally(
  context: Context,
  subject: SubjectId,
): Promise<SeenTally | undefined> {
  const isSignedIn = (await readerOf(context)).login !== undefined
  try {
    const done = await askServer(context, NO_SERVER, (server) => askTally(server, subject))
    return seenTally(done, subject, done.value)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    if (error.type === 'no-tally') {
      return { tally: null, record: '', none: error.message, isSignedIn }
    }
    if (error.type === 'not-imported' || error.type === 'unknown-forge') return undefined
    throw error
  }
}
