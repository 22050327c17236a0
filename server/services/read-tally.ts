import type { TallyReply } from '#shared/api/tallies'
import { Problem } from '#shared/problem'
import type { SubjectId } from '#shared/subject'
import { ruleWords } from '../constitution/rule-words.ts'
import type { Caller, Context } from '../context.ts'
import { accountOf } from './account-of.ts'
import { isDecided, readLatestTally, tallyDeadline } from '../db/tallies/state.ts'
import { endWords, missingWords, neededCast, neededFor } from '../tally-words.ts'
import { findPull } from './find-pull.ts'
import { historyOf } from './tally-history.ts'
import { ruleOf, type TallyView, viewTally } from './tally-view.ts'

const SECOND = 1000

const PROBLEM = 'SELECT problem FROM pull_looks WHERE repository_id = ? AND number = ?'

/** The last vote on merging a pull request, as its reader may see it. `no-tally` when there was none. */
export async function readTally(
  context: Context,
  caller: Caller | undefined,
  subject: SubjectId,
): Promise<TallyReply> {
  const { db, now } = context
  const found = await findPull(db, subject)
  const row = await readLatestTally(db, found.repositoryId, found.number)
  const { rows } = await db.execute({ sql: PROBLEM, args: [found.repositoryId, found.number] })
  const problem = rows[0]?.problem
  if (!row) {
    throw new Problem(
      'no-tally',
      typeof problem === 'string'
        ? `No vote on merging this could be opened: ${problem}`
        : 'No vote on merging this has been opened yet.',
    )
  }
  const view = await viewTally(db, found.facts.host, row, now())
  const accountId = caller ? await accountOf(context, caller.personId) : null
  const history = await historyOf(db, found.facts.host, row)
  return {
    ...replyOf(view, subject, accountId, caller !== undefined),
    problem: typeof problem === 'string' ? problem : null,
    history: isHidden(view, accountId) ? history.filter(({ kind }) => kind !== 'ballot') : history,
  }
}

/** Whether the reader may not see yet what others chose. */
function isHidden({ state }: TallyView, accountId: number | null): boolean {
  const { row, ballots } = state
  const hasVoted = ballots.some(
    (ballot) => ballot.accountId === accountId && ballot.choice !== 'withdrawn',
  )
  return row.hidesResults && row.status === 'open' && !hasVoted
}

function replyOf(
  view: TallyView,
  subject: SubjectId,
  accountId: number | null,
  isSignedIn: boolean,
): Omit<TallyReply, 'problem' | 'history'> {
  const { state, tally, loginOf } = view
  const { row, electors } = state
  const rule = ruleOf(view)
  const isOpen = row.status === 'open'
  const hidden = isHidden(view, accountId)
  const members = electors.filter(({ isMember }) => isMember)
  const words = (list: readonly string[]) => list.map((member) => loginOf(member))
  // That it is held up would tell what somebody chose.
  const reason = hidden && tally.reason !== 'min-period' ? 'voting' : tally.reason
  return {
    id: row.id,
    subject,
    head: row.head,
    baseRef: row.baseRef,
    outcome: {
      status: row.status,
      reason: isOpen ? reason : (row.reason ?? ''),
      words: isOpen ? openWords(reason) : endWords(row.status, row.reason),
    },
    openedAt: row.openedAt * SECOND,
    notBefore: (row.openedAt + rule.minPeriod) * SECOND,
    endsAt: tallyDeadline(row) * SECOND,
    closedAt: row.closedAt === null ? null : row.closedAt * SECOND,
    rule: {
      mode: rule.mode,
      threshold: rule.threshold,
      quorum: rule.quorum,
      minFor: rule.minFor,
      delegation: rule.delegation,
      words: ruleWords(rule),
      constitution: row.constitution,
    },
    electorate: {
      size: tally.electorate,
      hash: row.electorateHash,
      members: members.map((each) => ({
        id: each.accountId,
        login: loginOf(String(each.accountId)),
      })),
      maintainers: electors
        .filter(({ isMaintainer }) => isMaintainer)
        .map((each) => loginOf(String(each.accountId))),
    },
    counts: hidden
      ? null
      : {
          for: tally.for,
          against: tally.against,
          abstain: tally.abstain,
          cast: tally.cast,
          remaining: tally.remaining,
          neededFor: neededFor(tally, rule) ?? null,
          neededCast: neededCast(tally, rule),
        },
    turnout: tally.cast,
    ballots: hidden ? [] : ballotsOf(view),
    // Of what was decided those that decided it are in the record; by now people may have said otherwise.
    delegations: hidden || isDecided(row) ? [] : delegationsOf(view),
    vetoes: hidden ? [] : words(tally.vetoes),
    objections: hidden ? [] : words(tally.objections),
    setAside: hidden ? [] : words(tally.setAside),
    missing: !isOpen
      ? []
      : hidden
        ? ['results are shown once you have voted']
        : missingWords(tally, rule, (member) => loginOf(member)),
    merge: { pass: row.pass, state: row.merge, note: row.mergeNote, sha: row.mergeSha },
    mine: ballotOf(view, accountId),
    you: youOf(view, accountId, isSignedIn),
  }
}

const OPEN: Record<string, string> = {
  'min-period': 'It is open, and nothing is decided yet: everybody gets time to look.',
  veto: 'It is open, and held up by a veto.',
  objection: 'It is open, and held up by an objection.',
}

const openWords = (reason: string) => OPEN[reason] ?? 'It is open.'

function ballotsOf({ state, tally, loginOf }: TallyView): TallyReply['ballots'] {
  const stale = new Set(tally.stale)
  return state.ballots.map(({ accountId, choice, reason, head, castAt, seq }) => ({
    voter: loginOf(String(accountId)),
    choice,
    reason,
    head,
    isStale: stale.has(String(accountId)),
    isCarried: head !== state.row.head && !stale.has(String(accountId)),
    castAt: castAt * SECOND,
    receipt: seq,
  }))
}

function delegationsOf({ state, loginOf }: TallyView): TallyReply['delegations'] {
  const { electors, ballots, delegations } = state
  const waiting = new Set(electors.filter(({ isMember }) => isMember).map((each) => each.accountId))
  for (const { accountId, choice } of ballots) if (choice !== 'withdrawn') waiting.delete(accountId)
  return delegations.flatMap(({ fromId, toId }) =>
    toId !== null && waiting.has(fromId)
      ? [{ from: loginOf(String(fromId)), to: loginOf(String(toId)) }]
      : [],
  )
}

function ballotOf({ state, tally }: TallyView, accountId: number | null): TallyReply['mine'] {
  const mine = state.ballots.find((ballot) => ballot.accountId === accountId)
  if (!mine) return null
  const { choice, reason, head } = mine
  return { choice, reason, head, isStale: tally.stale.includes(String(accountId)) }
}

function youOf(
  { state, loginOf }: TallyView,
  accountId: number | null,
  isSignedIn: boolean,
): TallyReply['you'] {
  const { row, electors, delegations } = state
  const { rule } = row
  const elector = electors.find((each) => each.accountId === accountId)
  const isAuthor = accountId !== null && accountId === row.authorId
  const isOpen = row.status === 'open'
  const mayCancel =
    isOpen && (elector?.isMaintainer === true || (row.cancel === 'author' && isAuthor))
  const to = delegations.find(({ fromId }) => fromId === accountId)?.toId ?? null
  const delegate = to === null ? null : loginOf(String(to))
  const say = (mayVote: boolean, why: string) => ({ mayVote, mayCancel, why, delegate })
  if (!isSignedIn) return say(false, 'Sign in to vote.')
  if (!isOpen) return say(false, 'The vote is over.')
  if (isAuthor && !rule.authorMayVote) {
    return say(false, 'By the rules of this repository its author does not vote on it.')
  }
  if (elector?.isMember) return say(true, 'You may vote: your work was merged here.')
  if (elector && rule.veto) {
    return say(true, 'You may object as a maintainer; your ballot does not count otherwise.')
  }
  return say(
    false,
    'You do not vote on this: whose work was merged in time was settled when it opened.',
  )
}
