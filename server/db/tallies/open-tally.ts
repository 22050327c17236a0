/**
 * Opens a tally, in place of the one before if there is one. Everything that was learnt from the forge is
 * handed in; what is decided here is decided in one transaction, so that two who open at once open one.
 */
import { createHash } from 'node:crypto'
import type { Rule } from '#shared/rule'
import type { Access, Ledger } from '../ledger.ts'
import { addEntry, lookAt, updateTally } from './record.ts'
import { decide } from './settle-tally.ts'
import {
  type Elector,
  type KeptBallot,
  type Pass,
  readLatestTally,
  readTallyState,
  secondsOf,
  type TallyRow,
} from './state.ts'

/** A tally to be. */
export interface Opening {
  repositoryId: number
  number: number
  head: string
  content: string
  baseRef: string
  authorId: number | null
  rule: Rule
  extendsOnSwing: boolean
  hidesResults: boolean
  cancel: 'author' | 'maintainers'
  pass: Pass
  constitution: string
  electors: readonly Elector[]
  /** Who asked for it, by account; null when it opened by itself. */
  openedBy: number | null
  /** The last tally of this pull request when all this was read; null when there was none. */
  after: number | null
  /** That one had passed, and this is in place of its merge: how that stood, and why it is not done. */
  lapses?: Pick<TallyRow, 'merge' | 'mergeNote'>
}

/** The tally; undefined when what it was to follow is not the last any more, and one should look again. */
export type Opened = { id: number } | undefined

export function openTally(ledger: Ledger, opening: Opening): Promise<Opened> {
  const { lapses, ...said } = opening
  return ledger.transact(async (tx, ids) => {
    const { repositoryId, number, head } = opening
    const now = ledger.now()
    const at = secondsOf(now)
    const before = await readLatestTally(tx, repositoryId, number)
    if ((before?.id ?? null) !== opening.after) return undefined
    if (before?.status === 'open') {
      // An end that is due comes before whatever happened since.
      if (await decide(tx, ids, await readTallyState(tx, before), now)) return undefined
      await updateTally(tx, before.id, { status: 'superseded', reason: 'push', closedAt: at })
      await addEntry(tx, ids, before, { kind: 'superseded', at, detail: { by: head } })
    }
    if (lapses && before) {
      if (before.status !== 'passed' || before.merge !== lapses.merge) return undefined
      await updateTally(tx, before.id, { merge: 'lapsed', mergeNote: lapses.mergeNote })
      await addEntry(tx, ids, before, { kind: 'lapsed', at, detail: { head } })
    }
    const id = ids.tally++
    const carried = before ? await carriedFrom(tx, before, opening, at) : []
    const row = rowOf(said, id, at, before)
    await insert(tx, row, opening.electors, carried)
    await addEntry(tx, ids, row, {
      kind: 'opened',
      at,
      accountId: opening.openedBy,
      // Ballots by their receipts: each stands in the record once, and can be made anonymous there.
      detail: {
        ...said,
        carried: carried.map(({ seq }) => seq),
        electorateHash: row.electorateHash,
      },
    })
    await decide(tx, ids, await readTallyState(tx, row), now)
    await tx.execute(lookAt(repositoryId, number, now))
    return { id }
  })
}

function rowOf(opening: Opening, id: number, at: number, before: TallyRow | undefined): TallyRow {
  const { openedBy: _, after: __, electors, ...rest } = opening
  const heads = before?.content === opening.content ? [...before.sameContent, before.head] : []
  return {
    ...rest,
    id,
    sameContent: [...new Set(heads)].filter((head) => head !== opening.head),
    openedAt: at,
    extension: 0,
    electorateHash: electorateHash(electors),
    status: 'open',
    reason: null,
    closedAt: null,
    settleAt: at,
    merge: 'none',
    mergeNote: null,
    mergeSha: null,
    checkId: null,
    reported: null,
  }
}

/**
 * What stood in the tally before, of those who may vote in this one: the rule says what still counts. A pass that
 * lapsed is used up: whoever opens the vote again asks for support again.
 */
async function carriedFrom(
  tx: Access,
  before: TallyRow,
  { electors }: Opening,
  at: number,
): Promise<KeptBallot[]> {
  const { ballots } = await readTallyState(tx, before)
  const known = new Set(electors.map(({ accountId }) => accountId))
  return ballots
    .filter(({ accountId, choice }) => known.has(accountId) && choice !== 'withdrawn')
    .filter(({ choice }) => before.merge !== 'lapsed' || choice === 'against')
    .map((ballot) => ({ ...ballot, at }))
}

/** SHA-256 of the members' ids, ascending, in decimal, each followed by a newline; hexadecimal. */
export function electorateHash(electors: readonly Elector[]): string {
  const ids = electors.filter(({ isMember }) => isMember).map(({ accountId }) => accountId)
  const text = ids
    .toSorted((a, b) => a - b)
    .map((id) => `${id}\n`)
    .join('')
  return createHash('sha256').update(text).digest('hex')
}

const TALLY = `INSERT INTO tallies (id, repository_id, number, head, same_content, content, base_ref,
    author_id, opened_at, rule, extends_on_swing, hides_results, cancel, pass, constitution,
    electorate_hash, settle_at, status)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open')`

const ELECTORS = `INSERT INTO electors (tally_id, account_id, is_member, is_maintainer)
  SELECT value->>0, value->>1, value->>2, value->>3 FROM json_each(?)`

const BALLOTS = `INSERT INTO ballots (tally_id, account_id, choice, head, reason, at, cast_at, seq)
  SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7
  FROM json_each(?)`

async function insert(
  tx: Access,
  row: TallyRow,
  electors: readonly Elector[],
  ballots: readonly KeptBallot[],
) {
  await tx.execute({
    sql: TALLY,
    args: [
      row.id,
      row.repositoryId,
      row.number,
      row.head,
      JSON.stringify(row.sameContent),
      row.content,
      row.baseRef,
      row.authorId,
      row.openedAt,
      JSON.stringify(row.rule),
      Number(row.extendsOnSwing),
      Number(row.hidesResults),
      row.cancel,
      row.pass,
      row.constitution,
      row.electorateHash,
      row.settleAt,
    ],
  })
  const electorRows = electors.map(({ accountId, isMember, isMaintainer }) => [
    row.id,
    accountId,
    Number(isMember),
    Number(isMaintainer),
  ])
  await tx.execute({ sql: ELECTORS, args: [JSON.stringify(electorRows)] })
  const ballotRows = ballots.map((b) => [
    row.id,
    b.accountId,
    b.choice,
    b.head,
    b.reason,
    b.at,
    b.castAt,
    b.seq,
  ])
  await tx.execute({ sql: BALLOTS, args: [JSON.stringify(ballotRows)] })
}
