/** A tally with the names that its people have now, and what it comes to at a time. */
import { type Tally, tallyOf } from '#shared/tally'
import type { Reader } from '../db/ledger.ts'
import { readList } from '../db/read-list.ts'
import { readDecision } from '../db/tallies/decision.ts'
import {
  effectiveRule,
  inputOf,
  momentIn,
  readTallyState,
  type TallyRow,
  type TallyState,
} from '../db/tallies/state.ts'

export interface TallyView {
  state: TallyState
  tally: Tally
  /** What an account is called, by the number of the account in text. */
  loginOf(member: string): string
}

const LOGINS = `SELECT json_group_array(json_array(a.forge_id, a.login)) FROM json_each(?2) j
  CROSS JOIN accounts a ON a.host = ?1 AND a.forge_id = j.value`

/** `now` in epoch milliseconds; a tally that is over is shown as it was when it ended. */
export async function viewTally(
  db: Reader,
  host: string,
  row: TallyRow,
  now: number,
): Promise<TallyView> {
  const state = await readTallyState(db, row)
  const ids = new Set([
    ...state.electors.map(({ accountId }) => accountId),
    ...state.delegations.flatMap(({ fromId, toId }) => [fromId, toId ?? fromId]),
    ...(row.authorId === null ? [] : [row.authorId]),
  ])
  const named = await readList<[account: number, login: string]>(db, LOGINS, [
    host,
    JSON.stringify([...ids]),
  ])
  const logins = new Map(named.map(([account, login]) => [String(account), login]))
  return {
    state,
    tally:
      (await readDecision(db, row)) ??
      tallyOf(inputOf(state, row.closedAt ?? momentIn(state, now))),
    loginOf: (member) => logins.get(member) || `account ${member}`,
  }
}

export const ruleOf = ({ state }: TallyView) => effectiveRule(state.row)
