/**
 * The proof that decisions follow from the record. Every tally is made again from what was written down when
 * it opened and from the ballots after that, by the functions that decided it, and compared.
 */
import { type TallyInput, tallyOf } from '#shared/tally'
import type { Reader } from '../db/ledger.ts'
import {
  type Choice,
  type Elector,
  inputOf,
  readTallyRow,
  readTallyState,
  type StandingBallot,
  type StandingDelegation,
  type TallyRow,
} from '../db/tallies/state.ts'

/** What a recount of tallies found wrong; both empty when every decision follows from the record. */
export interface TallyRecount {
  entries: number
  tallies: number
  /** Places that should be in the record and are not. */
  gaps: number[]
  /** Tallies that are not what the record says, and in what. */
  wrong: { tally: number; what: 'electors' | 'ballots' | 'decision' | 'state' }[]
}

interface Entry {
  seq: number
  repositoryId: number
  tallyId: number | null
  at: number
  kind: string
  accountId: number | null
  detail: Record<string, unknown>
}

/** Entries read at a time: a remote database refuses answers that are too large. */
const PAGE = 1000

const ENTRIES = `SELECT * FROM record WHERE seq > ? ORDER BY seq LIMIT ${PAGE}`

/** A tally as the record has it so far. */
interface Replayed {
  electors: Elector[]
  ballots: Map<number, StandingBallot>
  head: string
  sameContent: string[]
  extension: number
  status: string
  /** What was decided otherwise than the record says. */
  isWrong: boolean
}

export async function recountTallies(db: Reader): Promise<TallyRecount> {
  const tallies = new Map<number, Replayed>()
  const delegations = new Map<number, Map<number, StandingDelegation>>()
  const cast = new Map<number, StandingBallot>()
  const gaps: number[] = []
  let entries = 0
  let expected = 0
  for await (const entry of entriesIn(db)) {
    for (; expected < entry.seq; expected++) gaps.push(expected)
    expected++
    entries++
    await replay(db, { tallies, delegations, cast }, entry)
  }
  const wrong: TallyRecount['wrong'] = []
  for (const [tally, replayed] of tallies) {
    for (const what of await differencesOf(db, tally, replayed)) wrong.push({ tally, what })
  }
  return { entries, tallies: tallies.size, gaps, wrong }
}

async function* entriesIn(db: Reader): AsyncGenerator<Entry> {
  for (let last = -1; ;) {
    const { rows } = await db.execute({ sql: ENTRIES, args: [last] })
    for (const row of rows) {
      last = Number(row.seq)
      yield {
        seq: last,
        repositoryId: Number(row.repository_id),
        tallyId: row.tally_id === null ? null : Number(row.tally_id),
        at: Number(row.at),
        kind: String(row.kind),
        accountId: row.account_id === null ? null : Number(row.account_id),
        detail: JSON.parse(String(row.detail)) as Record<string, unknown>, // as we wrote it
      }
    }
    if (rows.length < PAGE) return
  }
}

interface Replay {
  tallies: Map<number, Replayed>
  /** By repository and then by who lets others vote. */
  delegations: Map<number, Map<number, StandingDelegation>>
  /** Every ballot by its receipt. */
  cast: Map<number, StandingBallot>
}

async function replay(
  db: Reader,
  { tallies, delegations, cast }: Replay,
  { seq, repositoryId, tallyId, at, kind, accountId, detail }: Entry,
) {
  if (kind === 'delegation') {
    const known = delegations.get(repositoryId) ?? new Map<number, StandingDelegation>()
    delegations.set(repositoryId, known)
    const fromId = Number(accountId)
    known.delete(fromId) // the order is that of the record
    known.set(fromId, { fromId, toId: detail['toId'] as number | null, at })
    return
  }
  if (tallyId === null) return
  if (kind === 'opened') {
    const { electors, carried, head } = detail as unknown as {
      electors: Elector[]
      carried: number[]
      head: string
    }
    tallies.set(tallyId, {
      electors,
      ballots: new Map(
        carried.flatMap((receipt) => {
          const ballot = cast.get(receipt)
          return ballot ? [[ballot.accountId, { ...ballot, at }]] : []
        }),
      ),
      head,
      sameContent: (await readTallyRow(db, tallyId))?.sameContent ?? [],
      extension: 0,
      status: 'open',
      isWrong: false,
    })
    return
  }
  const tally = tallies.get(tallyId)
  if (!tally) return
  const text = (name: string) => String(detail[name])
  switch (kind) {
    case 'ballot': {
      const account = Number(accountId)
      const choice = text('choice') as Choice // only choices were ever written there
      tally.ballots.delete(account)
      const ballot = { accountId: account, choice, head: text('head'), reason: text('reason') }
      const row = await readTallyRow(db, tallyId)
      const { content = '', baseRef = '' } = row ?? {}
      const standing = { ...ballot, at, castAt: at, seq, content, baseRef }
      tally.ballots.set(account, standing)
      cast.set(seq, standing)
      return
    }
    case 'same-content':
      tally.head = text('to')
      return
    case 'extended':
      tally.extension = Number(detail['seconds'])
      return
    case 'decided': {
      const row = await readTallyRow(db, tallyId)
      const said = [...(delegations.get(repositoryId)?.values() ?? [])]
      if (row) tally.isWrong = !isSame(decisionOf(row, tally, said, at), detail)
      tally.status = text('status')
      return
    }
    case 'cancelled':
    case 'superseded':
      tally.status = kind
      return
    case 'overridden':
      if (tally.status === 'open') tally.status = kind
  }
}

/** What the tally came to at a time, from the record alone; the rule is the one that it was opened with. */
function decisionOf(row: TallyRow, tally: Replayed, said: StandingDelegation[], at: number) {
  const { head, extension, electors } = tally
  const input: TallyInput = inputOf(
    {
      row: { ...row, head, extension, status: 'open' },
      electors,
      ballots: [...tally.ballots.values()],
      delegations: row.rule.delegation ? said : [],
    },
    at,
  )
  return { head, ...tallyOf(input) }
}

/** Compared as what can be written down: the same keys with the same values, in any order. */
const isSame = (one: object, other: object) => plain(one) === plain(other)

const plain = (value: unknown): string =>
  JSON.stringify(value, (_, each: unknown) =>
    each && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  )

const byAccount = <T extends { accountId: number }>(list: Iterable<T>) =>
  [...list].toSorted((a, b) => a.accountId - b.accountId)

async function differencesOf(
  db: Reader,
  id: number,
  replayed: Replayed,
): Promise<TallyRecount['wrong'][number]['what'][]> {
  const row = await readTallyRow(db, id)
  if (!row) return ['state']
  const { electors, ballots } = await readTallyState(db, row)
  const differences: TallyRecount['wrong'][number]['what'][] = []
  if (plain(byAccount(electors)) !== plain(byAccount(replayed.electors)))
    differences.push('electors')
  const standing = byAccount(ballots)
  if (plain(standing) !== plain(byAccount(replayed.ballots.values()))) differences.push('ballots')
  if (replayed.isWrong) differences.push('decision')
  const isState =
    row.status === replayed.status &&
    row.head === replayed.head &&
    row.extension === replayed.extension
  if (!isState) differences.push('state')
  return differences
}
