/** Lets a member's vote be cast by another, in all tallies of a repository that are open or will be. */
import type { Ledger } from '../ledger.ts'
import { accountSql } from '../voter-classes.ts'
import { extendTally } from './extend-tally.ts'
import { addEntry, lookAt } from './record.ts'
import { decide } from './settle-tally.ts'
import { momentIn, readTallyState, rowIn, secondsOf, type TallyState } from './state.ts'

export interface SentDelegation {
  id: string
  personId: number
  repositoryId: number
  /** To whom, by login; null takes it back. */
  to: string | null
}

export type Delegated =
  | { status: 'accepted' | 'duplicate'; receipt: number }
  | { status: 'refused'; why: 'no-account' | 'nobody' | 'id-taken' }

const ACCOUNT = (localLogins: boolean) =>
  `SELECT ${accountSql(localLogins)} AS account FROM persons p WHERE p.id = ?`

const NAMED = `SELECT a.forge_id FROM repositories r
  JOIN accounts a ON a.host = r.host AND lower(a.login) = lower(?2) WHERE r.id = ?1`

const EARLIER = `SELECT seq, kind, repository_id, detail FROM record
  WHERE cast_id = ? AND person_id = ?`

const STAND = `INSERT INTO delegations (repository_id, from_id, to_id, at, seq) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET to_id = excluded.to_id, at = excluded.at, seq = excluded.seq`

const OPEN = "SELECT * FROM tallies WHERE repository_id = ? AND status = 'open'"

export function delegateVote(ledger: Ledger, sent: SentDelegation): Promise<Delegated> {
  return ledger.transact(async (tx, ids) => {
    const { id, personId, repositoryId, to } = sent
    const earlier = (await tx.execute({ sql: EARLIER, args: [id, personId] })).rows[0]
    if (earlier) {
      const { to: toBefore } = JSON.parse(String(earlier.detail)) as { to?: unknown }
      const isSame =
        earlier.kind === 'delegation' && earlier.repository_id === repositoryId && toBefore === to
      return isSame
        ? { status: 'duplicate', receipt: Number(earlier.seq) }
        : { status: 'refused', why: 'id-taken' }
    }
    const account = (await tx.execute({ sql: ACCOUNT(ledger.localLogins), args: [personId] }))
      .rows[0]?.account
    if (account === null || account === undefined) return { status: 'refused', why: 'no-account' }
    const named =
      to === null
        ? null
        : (await tx.execute({ sql: NAMED, args: [repositoryId, to] })).rows[0]?.forge_id
    if (named === undefined) return { status: 'refused', why: 'nobody' }
    const now = ledger.now()
    const at = secondsOf(now)
    const accountId = Number(account)
    // What the clock has decided comes before what arrives now.
    const { rows } = await tx.execute({ sql: OPEN, args: [repositoryId] })
    const open: TallyState[] = []
    for (const row of rows.map(rowIn).filter(({ rule }) => rule.delegation)) {
      const state = await readTallyState(tx, row)
      if (!(await decide(tx, ids, state, now))) open.push(state)
    }
    const receipt = await addEntry(
      tx,
      ids,
      { repositoryId, id: null },
      {
        kind: 'delegation',
        at,
        accountId,
        cast: { id, personId },
        detail: { to, toId: named === null ? null : Number(named) },
      },
    )
    const toId = named === null ? null : Number(named)
    await tx.execute({ sql: STAND, args: [repositoryId, accountId, toId, at, receipt] })
    for (const before of open) {
      const after = await readTallyState(tx, before.row)
      const row = await extendTally(tx, ids, before, after, momentIn(after, now))
      await decide(tx, ids, { ...after, row }, now)
      await tx.execute(lookAt(repositoryId, row.number, now))
    }
    return { status: 'accepted', receipt }
  })
}
