import * as v from 'valibot'
import { VoteSchema } from '#shared/api/votes'
import { Problem } from '#shared/problem'
import { partsOf, type SubjectId } from '#shared/subject'
import type { Vote } from '#shared/vote'
import { keepVote } from './cast-vote.ts'
import type { Context } from './context.ts'
import { FORGES } from './forges.ts'
import { parseJson } from './read-text.ts'
import { identityOf, readerOf } from './session.ts'
import { kept } from './store.ts'
import { inTurn } from './turns.ts'

const VotesFileSchema = v.strictObject({
  format: v.literal('forgemoot-votes', 'this is not a file of Forgemoot votes'),
  version: v.literal(1, 'this file was written by another version; only version 1 can be read'),
  exportedAt: v.number(),
  votes: v.array(VoteSchema),
})

/**
 * Casts what a file holds and this browser does not, or only an older vote; but nothing of a forge that
 * we do not know. Votes keep their ids, so that the same file again changes nothing. All or none. Returns the subjects of what was imported.
 */
export async function importVotes(
  context: Context,
  text: string,
): Promise<{ imported: SubjectId[]; skipped: number }> {
  const votes = parseVotes(text)
  return inTurn(context, 'cast', () => kept(() => keepVotes(context, votes)))
}

async function keepVotes(context: Context, votes: Vote[]) {
  const { store } = context
  const person = identityOf(await readerOf(context))
  return store.transaction('rw', store.votes, store.outbox, async () => {
    const imported: SubjectId[] = []
    for (const vote of votes.toSorted((a, b) => a.castAt - b.castAt)) {
      if (!FORGES.includes(partsOf(vote.subject).host)) continue
      const standing = await store.votes.get(vote.subject)
      if (standing && standing.castAt >= vote.castAt) continue
      if (await keepVote(store, vote, person)) imported.push(vote.subject)
    }
    return { imported, skipped: votes.length - imported.length }
  })
}

function parseVotes(text: string): Vote[] {
  const json = parseJson(text)
  if (json === undefined)
    throw new Problem('invalid', 'The file is not JSON. Nothing was imported.')
  const parsed = v.safeParse(VotesFileSchema, json)
  if (!parsed.success)
    throw new Problem('invalid', `${whereOf(parsed.issues[0])} Nothing was imported.`)
  const { votes } = parsed.output
  const seen = new Map<string, number>()
  for (const [index, { id }] of votes.entries()) {
    const first = seen.get(id)
    if (first !== undefined)
      throw new Problem(
        'invalid',
        `Vote ${index + 1} has the same id as vote ${first + 1}. Nothing was imported.`,
      )
    seen.set(id, index)
  }
  return votes
}

/** Which entry is wrong and how; people count from 1. */
function whereOf(issue: v.BaseIssue<unknown>): string {
  const [first, index, ...field] = (issue.path ?? []).map(({ key }) => key)
  if (first !== 'votes' || typeof index !== 'number') return `${nameOf(first)}${issue.message}.`
  return `Vote ${index + 1}${field.length > 0 ? `, ${field.join('.')}` : ''}: ${issue.message}.`
}

const nameOf = (name: unknown) => (name === undefined ? '' : `${String(name)}: `)
