/** Casts ballots, each in a transaction with everything that follows from it. */
import type { Access, Ledger } from '../ledger.ts'
import type { NextIds } from '../next-ids.ts'
import { accountSql } from '../voter-classes.ts'
import { extendTally } from './extend-tally.ts'
import { addEntry, lookAt } from './record.ts'
import { decide } from './settle-tally.ts'
import { type Choice, momentIn, readLatestTally, readTallyState, type TallyState } from './state.ts'

/** A ballot as its voter sent it. */
export interface SentBallot {
  id: string
  personId: number
  repositoryId: number
  number: number
  /** The commit that the voter saw. */
  head: string
  choice: Choice
  reason: string
}

/** What became of a ballot. */
export type Cast =
  | { status: 'accepted' | 'duplicate'; receipt: number }
  | { status: 'refused'; why: Refusal }

export type Refusal =
  | 'no-tally'
  | 'closed'
  | 'other-head'
  | 'author'
  | 'too-late'
  | 'no-work'
  | 'no-account'
  | 'id-taken'

export function castBallot(ledger: Ledger, ballot: SentBallot): Promise<Cast> {
  return ledger.transact(async (tx, ids) => {
    const earlier = await readEarlier(tx, ballot)
    if (earlier) return earlier
    const row = await readLatestTally(tx, ballot.repositoryId, ballot.number)
    if (!row) return refused('no-tally')
    if (row.status !== 'open') return refused('closed')
    const now = ledger.now()
    const state = await readTallyState(tx, row)
    // What the clock has decided comes before what arrives now.
    if (await decide(tx, ids, state, now)) return refused('closed')
    // Who takes a ballot back need not have seen what came since.
    if (ballot.head !== row.head && ballot.choice !== 'withdrawn') return refused('other-head')
    const voter = await voterIn(tx, ledger, state, ballot.personId)
    if ('why' in voter) return voter
    return { status: 'accepted', receipt: await stand(tx, ids, state, ballot, voter, now) }
  })
}

const refused = (why: Refusal): { status: 'refused'; why: Refusal } => ({ status: 'refused', why })

const EARLIER = `SELECT e.seq, e.detail, e.kind, t.repository_id, t.number FROM record e
  LEFT JOIN tallies t ON t.id = e.tally_id WHERE e.cast_id = ? AND e.person_id = ?`

/** What became of the ballot when it came before. */
async function readEarlier(tx: Access, ballot: SentBallot): Promise<Cast | undefined> {
  const { rows } = await tx.execute({ sql: EARLIER, args: [ballot.id, ballot.personId] })
  const row = rows[0]
  if (!row) return undefined
  const { head, choice, reason } = JSON.parse(String(row.detail)) as Partial<SentBallot>
  const isSame =
    row.kind === 'ballot' &&
    row.repository_id === ballot.repositoryId &&
    row.number === ballot.number &&
    head === ballot.head &&
    choice === ballot.choice &&
    reason === ballot.reason
  return isSame ? { status: 'duplicate', receipt: Number(row.seq) } : refused('id-taken')
}

const ACCOUNT = (localLogins: boolean) =>
  `SELECT ${accountSql(localLogins)} AS account FROM persons p WHERE p.id = ?`

const CONTRIBUTES = 'SELECT 1 FROM contributors WHERE repository_id = ? AND account_id = ?'

/** The account by which somebody votes here; or why they do not. */
async function voterIn(
  tx: Access,
  { localLogins }: Ledger,
  { row, electors }: TallyState,
  personId: number,
): Promise<{ accountId: number } | { status: 'refused'; why: Refusal }> {
  const { rows } = await tx.execute({ sql: ACCOUNT(localLogins), args: [personId] })
  const account = rows[0]?.account
  if (account === null || account === undefined) return refused('no-account')
  const accountId = Number(account)
  if (accountId === row.authorId && !row.rule.authorMayVote) return refused('author')
  const elector = electors.find((each) => each.accountId === accountId)
  if (elector?.isMember || (elector?.isMaintainer && row.rule.veto)) return { accountId }
  const works = await tx.execute({ sql: CONTRIBUTES, args: [row.repositoryId, accountId] })
  return refused(works.rows.length ? 'too-late' : 'no-work')
}

const STAND = `INSERT INTO ballots (tally_id, account_id, choice, head, reason, at, cast_at, seq)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET choice = excluded.choice,
    head = excluded.head, reason = excluded.reason, at = excluded.at, cast_at = excluded.cast_at,
    seq = excluded.seq`

/** Lets the ballot stand in place of its voter's last, and draws the consequences; its receipt. */
async function stand(
  tx: Access,
  ids: NextIds,
  state: TallyState,
  sent: SentBallot,
  { accountId }: { accountId: number },
  now: number,
): Promise<number> {
  const { row } = state
  const at = momentIn(state, now)
  const { id, personId, choice, head, reason } = sent
  const seq = await addEntry(tx, ids, row, {
    kind: 'ballot',
    at,
    accountId,
    cast: { id, personId },
    detail: { choice, head, reason },
  })
  const { content, baseRef } = row
  const ballot = { accountId, choice, head, reason, at, castAt: at, seq, content, baseRef }
  await tx.execute({ sql: STAND, args: [row.id, accountId, choice, head, reason, at, at, seq] })
  const after = {
    ...state,
    ballots: [...state.ballots.filter((each) => each.accountId !== accountId), ballot],
  }
  const extended = await extendTally(tx, ids, state, after, at)
  await decide(tx, ids, { ...after, row: extended }, now)
  await tx.execute(lookAt(row.repositoryId, row.number, now))
  return seq
}
