/** Forgets a person of whom nothing stands any more, all in one transaction. */
import type { Access, Ledger } from './ledger.ts'
import { standingOf } from './standing-of.ts'

/** Whom to forget, and from which entry of the log on it is not known yet what stands of theirs. */
export interface Leaving {
  personId: number
  from: number
}

/** The hashes of the tokens that open nothing any more; undefined when a vote came meanwhile, and stands. */
export type Forgotten = string[] | undefined

const END_SESSIONS = 'DELETE FROM sessions WHERE person_id = ? RETURNING token_hash'

const EMPTY = `UPDATE persons SET login = '', forge_id = NULL, avatar_url = NULL, forgotten_at = ?
  WHERE id = ?`

/**
 * Ballots stay, by the number of the account: decisions follow from them. What was written with them goes.
 * That something was written stays too, since a reasoned objection counts otherwise than a bare one.
 */
const FORGET_REASONS = [
  `UPDATE ballots SET reason = '[deleted]'
    WHERE reason <> '' AND seq IN (SELECT seq FROM record WHERE person_id = ?)`,
  `UPDATE record SET detail = json_set(detail, '$.reason', '[deleted]')
    WHERE person_id = ? AND kind = 'ballot' AND detail->>'$.reason' <> ''`,
]

/** What was asked for before this, and arrives after it, is a vote of nobody, and refused. */
export function forgetPerson(ledger: Ledger, { personId, from }: Leaving): Promise<Forgotten> {
  return ledger.transact(async (tx, ids) => {
    if ((await standingOf(tx, personId, { from, to: ids.seq })).length) return undefined
    const hashes = await endSessions(tx, personId)
    for (const sql of FORGET_REASONS) await tx.execute({ sql, args: [personId] })
    await tx.execute({ sql: EMPTY, args: [ledger.now(), personId] })
    ledger.voters.forget()
    return hashes
  })
}

async function endSessions(tx: Access, personId: number): Promise<string[]> {
  const { rows } = await tx.execute({ sql: END_SESSIONS, args: [personId] })
  return rows.map((row) => String(row[0]))
}
