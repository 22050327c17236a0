/** What happened to a tally, in words, from the record. */
import type { TallyReply } from '#shared/api/tallies'
import type { Reader } from '../db/ledger.ts'
import { readList } from '../db/read-list.ts'
import type { TallyRow } from '../db/tallies/state.ts'

/** Entries shown at most; the record has all. */
const MOST = 200

const ENTRIES = `SELECT json_group_array(json_array(seq, at, kind, json(detail), login)) FROM (
  SELECT e.*, nullif(a.login, '') AS login FROM record e
  LEFT JOIN accounts a ON a.host = ? AND a.forge_id = e.account_id
  WHERE e.tally_id = ? ORDER BY e.seq DESC LIMIT ${MOST})`

type Entry = [seq: number, at: number, kind: string, detail: Detail, login: string | null]

type Detail = Record<string, unknown>

/** The last first. */
export async function historyOf(
  db: Reader,
  host: string,
  { id }: TallyRow,
): Promise<TallyReply['history']> {
  const entries = await readList<Entry>(db, ENTRIES, [host, id])
  return entries.map(([receipt, at, kind, detail, by]) => ({
    receipt,
    at: at * 1000,
    kind,
    by,
    words: (WORDS[kind] ?? (() => kind))(detail),
  }))
}

const short = (value: unknown) => String(value).slice(0, 7)

const WORDS: Record<string, (detail: Detail) => string> = {
  opened: ({ head, carried }) => {
    const count = Array.isArray(carried) ? carried.length : 0
    return `opened at ${short(head)}${count ? `, with ${count} ballots from before` : ''}`
  },
  ballot: ({ choice, reason }) =>
    choice === 'withdrawn'
      ? 'took the ballot back'
      : `${choice === 'abstain' ? 'abstained' : `voted ${String(choice)}`}${reason ? `: ${String(reason)}` : ''}`,
  'same-content': ({ to }) => `moved to ${short(to)}, which changes the same`,
  // Of former versions: since then a branch of another name has another vote.
  renamed: ({ to }) => `goes on: the base branch is called ${String(to)} now`,
  extended: ({ seconds }) =>
    `made ${String(seconds)} seconds longer, since the outcome had just turned`,
  decided: ({ status, reason }) => `${String(status)} (${String(reason)})`,
  cancelled: ({ reason }) => `ended without a decision: ${String(reason)}`,
  superseded: ({ by, problem }) =>
    by ? `went on about ${short(by)}` : `ended, since the code changed and: ${String(problem)}`,
  overridden: ({ by, tally }) => {
    const { status, reason } = (tally ?? {}) as Detail
    return `merged by ${String(by)} outside the vote, which stood at ${String(status)} (${String(reason)})`
  },
  merging: ({ head }) => `asked for ${short(head)} to be merged`,
  merged: ({ sha, by }) =>
    `merged${sha ? ` as ${short(sha)}` : ''}${by ? ` by ${String(by)}` : ''}`,
  lapsed: () => 'was not merged in time, or the code changed before',
}
