/** Tells the forge how a tally stands, as a check of its head; the same is said once. */
import { createHash } from 'node:crypto'
import { ruleWords } from '../constitution/rule-words.ts'
import type { Context } from '../context.ts'
import type { Reader } from '../db/ledger.ts'
import { tallyDeadline, type TallyRow } from '../db/tallies/state.ts'
import type { Report } from '../forges/forge-pulls.ts'
import { endWords, missingWords } from '../tally-words.ts'
import type { FoundRepository } from './find-pull.ts'
import { ruleOf, type TallyView, viewTally } from './tally-view.ts'

/** True when something was said that was not said before. */
export async function reportTally(
  { db, writer, pulls, now }: Pick<Context, 'db' | 'writer' | 'pulls' | 'now'>,
  { facts }: FoundRepository,
  row: TallyRow,
): Promise<boolean> {
  const view = await viewTally(db, facts.host, row, now())
  const report = reportOf(view, await mayGoOn(db, view))
  const said = createHash('sha256').update(JSON.stringify(report)).digest('hex')
  if (said === row.reported) return false
  const checkId = await pulls.report(facts, report, row.checkId)
  await writer.amendTally({
    id: row.id,
    when: { head: row.head },
    change: { checkId, reported: said },
    look: null,
  })
  return true
}

const ENDED_BY = "SELECT account_id FROM record WHERE tally_id = ? AND kind = 'cancelled'"

/**
 * Whether a vote that ended without a decision leaves it to people: it was merged, or a maintainer ended it.
 * Were an author's own end neutral, any author could have required checks stand out of the way.
 */
async function mayGoOn(db: Reader, { state }: TallyView): Promise<boolean> {
  const { row, electors } = state
  if (row.status !== 'cancelled') return row.status === 'overridden'
  const by = (await db.execute({ sql: ENDED_BY, args: [row.id] })).rows[0]?.account_id
  return electors.some(({ accountId, isMaintainer }) => isMaintainer && accountId === by)
}

function outcomeOf({ status, merge }: TallyRow, goesOn: boolean): Report['outcome'] {
  if (status === 'passed') return merge === 'lapsed' ? 'ended' : 'passed'
  if (status === 'open' || status === 'failed') return status
  return goesOn ? 'neutral' : 'ended'
}

function reportOf(view: TallyView, goesOn: boolean): Report {
  const { row } = view.state
  return {
    key: `forgemoot-tally-${row.id}`,
    head: row.head,
    baseRef: row.baseRef,
    outcome: outcomeOf(row, goesOn),
    title: titleOf(view),
    summary: summaryOf(view),
    startedAt: row.openedAt * 1000,
    completedAt: row.closedAt === null ? null : row.closedAt * 1000,
  }
}

/** Whether what people chose may not be told yet. */
const isHidden = ({ row }: TallyView['state']) =>
  row.hidesResults && (row.status === 'open' || row.status === 'superseded')

function titleOf(view: TallyView): string {
  const { state, tally, loginOf } = view
  const { row } = state
  if (row.status !== 'open') return endWords(row.status, row.reason)
  if (isHidden(state)) return `${tally.cast} of ${tally.electorate} have voted`
  return missingWords(tally, ruleOf(view), (member) => loginOf(member)).join('; ')
}

const time = (seconds: number) => `${new Date(seconds * 1000).toISOString().slice(0, 16)}Z`

function summaryOf(view: TallyView): string {
  const { state, tally, loginOf } = view
  const { row, ballots } = state
  const end =
    row.closedAt === null
      ? `Open until ${time(tallyDeadline(row))}.`
      : `Ended ${time(row.closedAt)}.`
  const counts = isHidden(state)
    ? `${tally.cast} of ${tally.electorate} have voted; results are shown when it is over.`
    : `${tally.for} for, ${tally.against} against, ${tally.abstain} abstained, ${tally.remaining} of ${tally.electorate} without a ballot.`
  const stale = new Set(tally.stale)
  const lines = ballots
    .filter(({ choice }) => choice !== 'withdrawn')
    .map(({ accountId, choice, reason, head }) => {
      const name = String(accountId)
      const note = stale.has(name) ? ` (about ${head.slice(0, 7)}: does not count)` : ''
      return `| ${cell(loginOf(name))} | ${choice}${note} | ${cell(reason)} |`
    })
  const table =
    isHidden(state) || !lines.length
      ? []
      : ['', '| who | ballot | reason |', '|---|---|---|', ...lines]
  const rule = ruleWords(ruleOf(view)).map((sentence) => `- ${sentence}`)
  return [`${counts} ${end}`, ...table, '', '**The rule**', ...rule].join('\n')
}

/** Words of a person as the text of one cell: no markup, no links, nobody called by it. */
const cell = (text: string) =>
  text
    .slice(0, 300)
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_{}[\]()<>#+!|~@&:/-]/g, (sign) => `&#${sign.charCodeAt(0)};`)
