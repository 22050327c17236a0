/**
 * Makes everybody's class what their merged work says, and moves the standing votes of those whose class
 * changes from one counter to the other, all in one transaction.
 */
import type { Access, Ledger } from './ledger.ts'
import { type Scores, sumAgain } from './sum-again.ts'
import { accountSql } from './voter-classes.ts'

export interface Settled {
  /** Accounts that became contributors, and that ceased to be. */
  joined: number
  left: number
  scores: Scores
}

const DUE = `SELECT DISTINCT w.account_id FROM work w
  CROSS JOIN repositories r ON r.id = w.repository_id
  CROSS JOIN accounts a ON a.host = r.host AND a.forge_id = w.account_id
  WHERE w.repository_id = ?1 AND w.at >= ?2 AND NOT a.is_bot`

const JOIN = `INSERT INTO contributors (repository_id, account_id)
  SELECT ?1, account_id FROM (${DUE})
  WHERE account_id NOT IN (SELECT account_id FROM contributors WHERE repository_id = ?1)`

const LEAVE = `DELETE FROM contributors WHERE repository_id = ?1 AND account_id NOT IN (${DUE})`

// A vote that is counted under another class than its person's is wrong, for whatever reason.
const MISCOUNTED = (localLogins: boolean) => `SELECT DISTINCT v.subject_id FROM subjects s
  CROSS JOIN votes v ON v.subject_id = s.id AND v.value <> 0
  CROSS JOIN persons p ON p.id = v.person_id
  WHERE s.repository_id = ? AND v.is_contributor <> EXISTS (SELECT 1 FROM contributors c
    WHERE c.repository_id = s.repository_id AND c.account_id = ${accountSql(localLogins)})`

// All votes are gone through, but only where somebody signed in locally; of the forgotten none stands.
const LOCAL = (localLogins: boolean) => `SELECT DISTINCT v.subject_id FROM votes v
  CROSS JOIN persons p ON p.id = v.person_id AND p.forge_id IS NULL
  CROSS JOIN subjects s ON s.id = v.subject_id
  WHERE EXISTS (SELECT 1 FROM persons WHERE forge_id IS NULL AND forgotten_at IS NULL)
    AND v.value <> 0 AND v.is_contributor <> EXISTS (SELECT 1 FROM contributors c
    WHERE c.repository_id = s.repository_id AND c.account_id = ${accountSql(localLogins)})`

/** Counts the votes of people who signed in locally as this server's settings now have it. */
export function settleLocalVoters(ledger: Ledger): Promise<Scores> {
  return ledger.transact(async (tx) => {
    const { rows } = await tx.execute(LOCAL(ledger.localLogins))
    return sumAgain(
      ledger,
      tx,
      rows.map((row) => Number(row[0])),
    )
  })
}

/** Whoever has merged work at or after `since`, epoch milliseconds, and is no bot, is a contributor. */
export function settleContributors(
  ledger: Ledger,
  repositoryId: number,
  since: number,
): Promise<Settled> {
  return ledger.transact(async (tx) => {
    const left = (await tx.execute({ sql: LEAVE, args: [repositoryId, since] })).rowsAffected
    const joined = (await tx.execute({ sql: JOIN, args: [repositoryId, since] })).rowsAffected
    ledger.voters.forget()
    return { joined, left, scores: await moveVotes(ledger, tx, repositoryId) }
  })
}

async function moveVotes(ledger: Ledger, tx: Access, repositoryId: number): Promise<Scores> {
  const sql = MISCOUNTED(ledger.localLogins)
  const { rows } = await tx.execute({ sql, args: [repositoryId] })
  return sumAgain(
    ledger,
    tx,
    rows.map((row) => Number(row[0])),
  )
}
