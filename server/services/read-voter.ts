import type { VoterReply } from '#shared/api/person'
import type { RepositoryId } from '#shared/subject'
import type { Caller, Context } from '../context.ts'
import { CONTRIBUTION, workSince } from '../contribution.ts'
import { accountSql } from '../db/voter-classes.ts'

const VOTER = (localLogins: boolean) => `SELECT r.imported_at,
    EXISTS (SELECT 1 FROM contributors c
      WHERE c.repository_id = r.id AND c.account_id = p.account) AS contributes,
    (SELECT count(*) FROM work w WHERE w.repository_id = r.id AND w.account_id = p.account
      AND w.at >= ?5 AND w.kind = 'pull') AS pulls,
    (SELECT count(*) FROM work w WHERE w.repository_id = r.id AND w.account_id = p.account
      AND w.at >= ?5 AND w.kind = 'commit') AS commits,
    (SELECT max(w.at) FROM work w WHERE w.repository_id = r.id AND w.account_id = p.account) AS latest
  FROM (SELECT ${accountSql(localLogins)} AS account FROM persons p WHERE p.id = ?4) p
  CROSS JOIN repository_names n ON n.host = ?1 AND n.owner = ?2 AND n.name = ?3
  CROSS JOIN repositories r ON r.id = n.repository_id`

/** What somebody is in a repository when votes are counted there, and what that follows from. */
export async function readVoter(
  { db, auth, now }: Context,
  { personId }: Caller,
  repo: RepositoryId,
): Promise<VoterReply> {
  const { rows } = await db.execute({
    sql: VOTER(auth === 'local'),
    args: [...repo.split('/'), personId, workSince(now())],
  })
  const row = rows[0]
  return {
    repo,
    voter: row?.contributes ? 'contributor' : 'other',
    importedAt: timeOf(row?.imported_at),
    ...CONTRIBUTION,
    pulls: Number(row?.pulls ?? 0),
    commits: Number(row?.commits ?? 0),
    latestAt: timeOf(row?.latest),
  }
}

const timeOf = (value: unknown) => (value === null || value === undefined ? null : Number(value))
