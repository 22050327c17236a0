import { bareVote } from '#shared/vote'
import type { VotesFile } from '../messages.ts'
import type { Context } from './context.ts'

/** All standing votes of this browser, withdrawn ones too, for a file. */
export async function exportVotes({ store, now }: Context): Promise<VotesFile> {
  const standing = await store.votes.toArray()
  return {
    format: 'forgemoot-votes',
    version: 1,
    exportedAt: now(),
    votes: standing.map(bareVote),
  }
}
