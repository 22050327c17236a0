/**
 * Who may vote: those with merged work, as the constitution has it, from what imports know. Whoever cannot
 * be established is an error and not an absence: a smaller electorate is easier to win.
 */
import { Problem } from '#shared/problem'
import type { Constitution } from '../constitution/constitution.ts'
import type { Context } from '../context.ts'
import type { Elector } from '../db/tallies/state.ts'
import type { AccountFacts } from '../forge-facts.ts'
import type { FoundPull } from './find-pull.ts'

export type ElectorateContext = Pick<Context, 'db' | 'writer' | 'pulls' | 'now'>

/** How old an import may be that an electorate is made from, in milliseconds: some lost nights. */
const OLDEST = 3 * 86_400_000

/** How far the clocks of several servers may be apart, in milliseconds. */
const SKEW = 10 * 60_000

const WORKED = `SELECT w.account_id FROM work w
  CROSS JOIN accounts a ON a.host = ?1 AND a.forge_id = w.account_id
  WHERE w.repository_id = ?2 AND w.at >= ?3 AND (?5 OR NOT a.is_bot)
  GROUP BY w.account_id HAVING count(*) >= ?4`

const NAMED = 'SELECT login, account_id FROM named_accounts WHERE repository_id = ?'

/** The members, and the maintainers whether or not they are members, in the order of their ids. */
export async function establishElectorate(
  context: ElectorateContext,
  { repositoryId, facts, importedAt }: FoundPull,
  { contributors, maintainers }: Constitution,
  baseRef: string,
): Promise<Elector[]> {
  const { db, now } = context
  const age = now() - importedAt
  // One that is said to be of the future is from before the clock was put back: as old as nobody knows.
  if (age > OLDEST || age < -SKEW) {
    const why =
      age > 0 ? 'was not imported for three days' : 'was imported by a clock that was ahead'
    throw new Problem(
      'electorate-unknown',
      `The repository ${why}, so it is not known who contributes. Import it again: POST /v1/imports.`,
    )
  }
  const { include, exclude, window, work, bots } = contributors
  const logins = [...include, ...exclude, ...maintainers]
  // Rules of another branch may leave somebody out whom those of the default branch go on naming.
  const isMain = baseRef === facts.defaultBranch
  const ids = await accountsOf(context, { repositoryId, facts }, logins, isMain)
  const idsOf = (logins: readonly string[]) =>
    logins.flatMap((login) => ids.get(login.toLowerCase()) ?? [])
  const { rows } = await db.execute({
    sql: WORKED,
    args: [facts.host, repositoryId, now() - window * 1000, work, Number(bots)],
  })
  const members = new Set([...rows.map((row) => Number(row[0])), ...idsOf(include)])
  for (const id of idsOf(exclude)) members.delete(id)
  const leading = new Set(idsOf(maintainers))
  return [...new Set([...members, ...leading])]
    .toSorted((a, b) => a - b)
    .map((accountId) => ({
      accountId,
      isMember: members.has(accountId),
      isMaintainer: leading.has(accountId),
    }))
}

/** Whom logins of a constitution mean: whoever had them when they were first read there. */
async function accountsOf(
  { db, writer, pulls }: ElectorateContext,
  { repositoryId, facts }: Pick<FoundPull, 'repositoryId' | 'facts'>,
  logins: readonly string[],
  mayForget: boolean,
): Promise<ReadonlyMap<string, number>> {
  const all = [...new Set(logins.map((login) => login.toLowerCase()))]
  const { rows } = await db.execute({ sql: NAMED, args: [repositoryId] })
  const known = new Map(rows.map((row) => [String(row.login), Number(row.account_id)]))
  const named: { login: string; account: AccountFacts }[] = []
  for (const login of all.filter((each) => !known.has(each))) {
    const account = await pulls.account(facts, login)
    if (!account) continue // nobody is called that
    named.push({ login, account })
    known.set(login, account.forgeId)
  }
  const isForgetting = mayForget && known.size > all.length
  if (named.length || isForgetting) {
    await writer.nameAccounts({ repositoryId, named, keep: mayForget ? all : null })
  }
  return known
}
