import { randomUUID } from 'node:crypto'
import { parseSubject } from '#shared/subject'
import { voteIdOf } from '#shared/vote'
import type { Caller, Context } from '../context.ts'
import { pagesOfLog } from '../db/log-pages.ts'
import { standingOf } from '../db/standing-of.ts'
import type { PersonsVote } from '../db/vote-log.ts'

/** Votes withdrawn at a time; other people's come in between. */
const BATCH = 200

/** An owner that no forge allows, and that is an address all the same. */
const NAMELESS = 'nameless--'

// A repository that lost its last name could not be addressed, and votes on it not be withdrawn.
const NAME = `INSERT INTO repository_names (host, owner, name, repository_id)
  SELECT r.host, '${NAMELESS}', r.id, r.id FROM repositories r
  WHERE r.name = '' AND NOT EXISTS (SELECT 1 FROM repository_names n WHERE n.repository_id = r.id)
  ON CONFLICT DO NOTHING`

/**
 * Forgets the caller: withdraws what stands of theirs, as votes in the log like any other, so that all
 * counts follow from it; then, at once, their sessions end and their row is emptied. The log keeps a number
 * that leads to nobody. Whoever signs in with the same account later is somebody new. When it fails on the
 * way, nothing is lost by doing it again.
 */
export async function forgetPerson(context: Context, { personId }: Caller): Promise<void> {
  for (let from = 0; ;) {
    from = await withdrawAll(context, personId, from)
    // None where they voted on in the meantime: that is withdrawn, too.
    const hashes = await context.writer.forgetPerson({ personId, from })
    for (const hash of hashes ?? []) context.sessions.delete(hash)
    if (hashes) return
  }
}

/** Withdraws what stands of the votes from an entry of the log on; the entry up to which it looked. */
async function withdrawAll(
  { db, writer, now }: Context,
  personId: number,
  from: number,
): Promise<number> {
  await writer.run([{ sql: NAME, args: [] }])
  let end = from
  for await (const page of pagesOfLog(db, from)) {
    // Until none stands: a name may have been taken by another repository between the two.
    for (;;) {
      const addresses = await standingOf(db, personId, page)
      if (!addresses.length) break
      const votes = addresses.map((address) => withdrawn(address, personId, now()))
      for (let at = 0; at < votes.length; at += BATCH) {
        await writer.castVotes(votes.slice(at, at + BATCH))
      }
    }
    end = page.to
  }
  return end
}

function withdrawn(address: string, personId: number, castAt: number): PersonsVote {
  const subject = parseSubject(address)
  // Better to end here, and say so, than to forget a person whose vote stands.
  if (subject === undefined) throw new Error('a standing vote is on what has no address')
  return { id: voteIdOf(randomUUID(), castAt), subject, value: 0, castAt, personId }
}
