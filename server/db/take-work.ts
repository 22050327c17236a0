import type { WorkFacts } from '../forge-facts.ts'
import type { Ledger } from './ledger.ts'
import { takeAccounts } from './take-accounts.ts'
import { withRows } from './vote-statements.ts'

const HOST = 'SELECT host FROM repositories WHERE id = ?'

const WORK = `INSERT INTO work (repository_id, kind, ref, account_id, at)
  SELECT value->>0, value->>1, value->>2, value->>3, value->>4 FROM json_each(?) WHERE true
  ON CONFLICT DO UPDATE SET account_id = excluded.account_id, at = excluded.at`

/** Writes merged work down. Whom it makes a contributor is for `settleContributors` to say. */
export function takeWork(
  ledger: Ledger,
  repositoryId: number,
  work: readonly WorkFacts[],
): Promise<void> {
  return ledger.transact(async (tx) => {
    const host = String((await tx.execute({ sql: HOST, args: [repositoryId] })).rows[0]?.host)
    await takeAccounts(
      tx,
      host,
      work.map(({ account }) => account),
    )
    ledger.voters.forget() // a login may be somebody else's now
    await tx.execute(
      withRows(
        WORK,
        work.map(({ kind, ref, account, at }) => [repositoryId, kind, ref, account.forgeId, at]),
      ),
    )
  })
}
