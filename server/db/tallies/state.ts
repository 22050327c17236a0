/** A tally as it is on the disk, and as what decides it: the pure function's input. */
import type { Row } from '@libsql/client'
import type { Rule } from '#shared/rule'
import { type BallotValue, deadlineOf, type TallyInput } from '#shared/tally'
import type { Reader } from '../ledger.ts'
import { readList } from '../read-list.ts'

export type Choice = 'for' | 'against' | 'abstain' | 'withdrawn'
export type TallyStatus = 'open' | 'passed' | 'failed' | 'cancelled' | 'superseded' | 'overridden'
export type Pass = 'check' | 'merge' | 'squash' | 'rebase'
export type Merge = 'none' | 'wanted' | 'asked' | 'done' | 'lapsed'

export interface TallyRow {
  id: number
  repositoryId: number
  number: number
  head: string
  sameContent: string[]
  content: string
  baseRef: string
  authorId: number | null
  openedAt: number
  extension: number
  rule: Rule
  extendsOnSwing: boolean
  hidesResults: boolean
  cancel: 'author' | 'maintainers'
  pass: Pass
  constitution: string
  electorateHash: string
  status: TallyStatus
  reason: string | null
  closedAt: number | null
  settleAt: number
  merge: Merge
  mergeNote: string | null
  mergeSha: string | null
  checkId: number | null
  reported: string | null
}

/** Somebody who may vote, or, as a maintainer, object. */
export interface Elector {
  accountId: number
  isMember: boolean
  isMaintainer: boolean
}

/** Somebody's last ballot as it is kept with a tally. Times are whole seconds. */
export interface KeptBallot {
  accountId: number
  choice: Choice
  head: string
  reason: string
  at: number
  castAt: number
  seq: number
}

/** The same with what its voter was asked: what would be changed, and in which branch. */
export interface StandingBallot extends KeptBallot {
  content: string
  baseRef: string
}

export interface StandingDelegation {
  fromId: number
  toId: number | null
  at: number
}

/** Everything that decides a tally. */
export interface TallyState {
  row: TallyRow
  electors: Elector[]
  ballots: StandingBallot[]
  delegations: StandingDelegation[]
}

const ROW = 'SELECT * FROM tallies WHERE id = ?'
const LATEST = `SELECT * FROM tallies WHERE repository_id = ? AND number = ?
  ORDER BY id DESC LIMIT 1`
const ELECTORS = `SELECT json_group_array(json_array(account_id, is_member, is_maintainer))
  FROM (SELECT * FROM electors WHERE tally_id = ? ORDER BY account_id)`
// What its voter was asked is what the tally was about in which it was cast.
const BALLOTS = `SELECT json_group_array(json_array(account_id, choice, head, reason, at, cast_at, seq, content, base_ref))
  FROM (SELECT b.*, t.content, t.base_ref FROM ballots b
    CROSS JOIN record e ON e.seq = b.seq CROSS JOIN tallies t ON t.id = e.tally_id
    WHERE b.tally_id = ? ORDER BY b.seq)`
const DELEGATIONS = `SELECT json_group_array(json_array(from_id, to_id, at))
  FROM (SELECT * FROM delegations WHERE repository_id = ? ORDER BY seq)`

type ElectorRow = [accountId: number, isMember: 0 | 1, isMaintainer: 0 | 1]

type BallotRow = [
  accountId: number,
  choice: Choice,
  head: string,
  reason: string,
  at: number,
  castAt: number,
  seq: number,
  content: string,
  baseRef: string,
]

type DelegationRow = [fromId: number, toId: number | null, at: number]

export async function readTallyRow(db: Reader, id: number): Promise<TallyRow | undefined> {
  const { rows } = await db.execute({ sql: ROW, args: [id] })
  return rows[0] && rowIn(rows[0])
}

/** The last tally of a pull request, open or not. */
export async function readLatestTally(
  db: Reader,
  repositoryId: number,
  number: number,
): Promise<TallyRow | undefined> {
  const { rows } = await db.execute({ sql: LATEST, args: [repositoryId, number] })
  return rows[0] && rowIn(rows[0])
}

export async function readTallyState(db: Reader, row: TallyRow): Promise<TallyState> {
  const electors = await readList<ElectorRow>(db, ELECTORS, [row.id])
  const ballots = await readList<BallotRow>(db, BALLOTS, [row.id])
  const delegations = row.rule.delegation
    ? await readList<DelegationRow>(db, DELEGATIONS, [row.repositoryId])
    : []
  return {
    row,
    electors: electors.map(([accountId, isMember, isMaintainer]) => ({
      accountId,
      isMember: isMember === 1,
      isMaintainer: isMaintainer === 1,
    })),
    ballots: ballots.map(
      ([accountId, choice, head, reason, at, castAt, seq, content, baseRef]) => ({
        accountId,
        choice,
        head,
        reason,
        at,
        castAt,
        seq,
        content,
        baseRef,
      }),
    ),
    delegations: delegations.map(([fromId, toId, at]) => ({ fromId, toId, at })),
  }
}

/** Whether it ended with a decision, and not otherwise. */
export const isDecided = ({ status }: Pick<TallyRow, 'status'>) =>
  status === 'passed' || status === 'failed'

/** A member as the pure function knows them: by the number of their account, which outlasts every name. */
export const nameOf = (accountId: number) => String(accountId)

const VALUES: Record<Choice, BallotValue> = { for: 1, against: -1, abstain: 0, withdrawn: null }

/** Whether a ballot was cast on this change of this branch: of one head, another branch makes another. */
const isAbout = ({ content, baseRef }: TallyRow, ballot: StandingBallot) =>
  ballot.content === content && ballot.baseRef === baseRef

/**
 * The time that a tally goes by, whole seconds, at a time in epoch milliseconds: never before what was already
 * cast in it. A clock may be put back, and ballots that were counted would be of the future.
 */
export const momentIn = ({ row, ballots }: Pick<TallyState, 'row' | 'ballots'>, now: number) =>
  Math.max(secondsOf(now), row.openedAt, ...ballots.map(({ at }) => at))

/** The server's clock in the unit of tallies. */
export const secondsOf = (milliseconds: number) => Math.floor(milliseconds / 1000)

/** What the tally comes to `now`, in whole seconds, is a function of this. */
export function inputOf({ row, electors, ballots, delegations }: TallyState, now: number) {
  return {
    rule: effectiveRule(row),
    electorate: electors.filter(({ isMember }) => isMember).map((each) => nameOf(each.accountId)),
    maintainers: electors
      .filter(({ isMaintainer }) => isMaintainer)
      .map((each) => nameOf(each.accountId)),
    author: row.authorId === null ? null : nameOf(row.authorId),
    headSha: row.head,
    sameContent: row.sameContent,
    openedAt: row.openedAt,
    now,
    ballots: ballots.map((ballot) => ({
      voter: nameOf(ballot.accountId),
      value: VALUES[ballot.choice],
      at: ballot.at,
      castAt: ballot.castAt,
      sha: isAbout(row, ballot) ? ballot.head : `${ballot.head} elsewhere`,
      isElsewhere: ballot.baseRef !== row.baseRef,
      reason: ballot.reason,
    })),
    delegations: delegations.map(({ fromId, toId, at }) => ({
      from: nameOf(fromId),
      to: toId === null ? null : nameOf(toId),
      // While it is open, what is on the disk was said by now and before the end, whatever a clock told then
      // that has since been put back. Later it may have been said after the end.
      at: row.status === 'open' ? Math.min(at, now, tallyDeadline(row) - 1) : at,
    })),
  } satisfies TallyInput
}

/** The rule with the time by which the end was put off. */
export const effectiveRule = ({ rule, extension }: TallyRow): Rule => ({
  ...rule,
  maxPeriod: rule.maxPeriod + extension,
})

/** When it ends, whole seconds. */
export const tallyDeadline = (row: TallyRow) =>
  deadlineOf({ openedAt: row.openedAt, rule: effectiveRule(row) })

const numberOrNull = (value: unknown) => (value === null ? null : Number(value))

const textOrNull = (value: unknown) => (value === null ? null : String(value))

export function rowIn(row: Row): TallyRow {
  return {
    id: Number(row.id),
    repositoryId: Number(row.repository_id),
    number: Number(row.number),
    head: String(row.head),
    sameContent: JSON.parse(String(row.same_content)) as string[], // as we wrote it
    content: String(row.content),
    baseRef: String(row.base_ref),
    authorId: numberOrNull(row.author_id),
    openedAt: Number(row.opened_at),
    extension: Number(row.extension),
    rule: JSON.parse(String(row.rule)) as Rule, // as we wrote it
    extendsOnSwing: Boolean(row.extends_on_swing),
    hidesResults: Boolean(row.hides_results),
    cancel: String(row.cancel) as TallyRow['cancel'],
    pass: String(row.pass) as Pass,
    constitution: String(row.constitution),
    electorateHash: String(row.electorate_hash),
    status: String(row.status) as TallyStatus,
    reason: textOrNull(row.reason),
    closedAt: numberOrNull(row.closed_at),
    settleAt: Number(row.settle_at),
    merge: String(row.merge) as Merge,
    mergeNote: textOrNull(row.merge_note),
    mergeSha: textOrNull(row.merge_sha),
    checkId: numberOrNull(row.check_id),
    reported: textOrNull(row.reported),
  }
}
