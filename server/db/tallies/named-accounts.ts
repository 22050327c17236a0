/** Whom the logins in constitutions mean. */
import type { Ledger } from '../ledger.ts'
import type { AccountFacts } from '../../forge-facts.ts'
import { takeAccounts } from '../take-accounts.ts'
import { withRows } from '../vote-statements.ts'

/** Logins of a constitution, lower case, and whom each meant when it was first read. */
export interface NamedAccounts {
  repositoryId: number
  named: readonly { login: string; account: AccountFacts }[]
  /** The only logins that go on to mean whom they meant; null for all that ever did. */
  keep: readonly string[] | null
}

const HOST = 'SELECT host FROM repositories WHERE id = ?'
const ADD = `INSERT INTO named_accounts (repository_id, login, account_id)
  SELECT value->>0, value->>1, value->>2 FROM json_each(?) WHERE true ON CONFLICT DO NOTHING`
const DROP = `DELETE FROM named_accounts WHERE repository_id = ?
  AND login NOT IN (SELECT value FROM json_each(?))`

export function nameAccounts(ledger: Ledger, { repositoryId, named, keep }: NamedAccounts) {
  return ledger.transact(async (tx) => {
    const host = String((await tx.execute({ sql: HOST, args: [repositoryId] })).rows[0]?.host)
    await takeAccounts(
      tx,
      host,
      named.map(({ account }) => account),
    )
    ledger.voters.forget()
    await tx.execute(
      withRows(
        ADD,
        named.map(({ login, account }) => [repositoryId, login, account.forgeId]),
      ),
    )
    if (keep) await tx.execute({ sql: DROP, args: [repositoryId, JSON.stringify(keep)] })
  })
}
