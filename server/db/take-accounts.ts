import type { Access } from './ledger.ts'
import type { AccountFacts } from '../forge-facts.ts'
import { withRows } from './vote-statements.ts'

const ACCOUNTS = `INSERT INTO accounts (host, forge_id, login, is_bot)
  SELECT value->>0, value->>1, value->>2, value->>3 FROM json_each(?) WHERE true
  ON CONFLICT (host, forge_id) DO UPDATE SET login = excluded.login, is_bot = excluded.is_bot`

/** Who had a login before somebody else took it is called something else by now. */
const LOST_LOGINS = `UPDATE accounts SET login = '' WHERE EXISTS (SELECT 1 FROM json_each(?) j
    WHERE j.value->>0 = accounts.host AND lower(j.value->>2) = lower(accounts.login)
      AND j.value->>1 <> accounts.forge_id)`

/** Writes what accounts are called now. */
export async function takeAccounts(tx: Access, host: string, accounts: readonly AccountFacts[]) {
  const byId = new Map(accounts.map((account) => [account.forgeId, account]))
  const rows = [...byId.values()].map(({ forgeId, login, isBot }) => [
    host,
    forgeId,
    login,
    isBot ? 1 : 0,
  ])
  if (!rows.length) return
  await tx.execute(withRows(ACCOUNTS, rows))
  await tx.execute(withRows(LOST_LOGINS, rows))
}
