/** What happened to a tally, in words, from the record. */
import type { TallyReply } from '#shared/api/schema'
import type { Reader } from '../db/ledger.ts'
import type { TallyRow } from '../db/tallies/state.ts'

/** Entries shown at most; the record has all. */
const MOST = 200

const ENTRIES = `SELECT e.seq, e.at, e.kind, e.detail, a.login FROM record e
  LEFT JOIN accounts a ON a.host = ? AND a.forge_id = e.account_id
  WHERE e.tally_id = ? ORDER BY e.seq DESC LIMIT ${MOST}`

type Detail = Record<string, unknown>

/** The last first. */
export async function historyOf(
  db: Reader,
  host: string,
  { id }: TallyRow,
): Promise<TallyReply['history']> {
  const { rows } = await db.execute({ sql: ENTRIES, args: [host, id] })
  return rows.map((row) => {
    const kind = String(row.kind)
    const detail = JSON.parse(String(row.detail)) as Detail // as we wrote it
    return {
      receipt: Number(row.seq),
      at: Number(row.at) * 1000,
      kind,
      by: row.login === null || row.login === '' ? null : String(row.login),
      words: (WORDS[kind] ?? (() => kind))(detail),
    }
  })
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
