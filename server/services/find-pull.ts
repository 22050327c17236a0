import { Problem } from '#shared/problem'
import { partsOf, type RepositoryId, repositoryOf, type SubjectId } from '#shared/subject'
import type { Reader } from '../db/ledger.ts'
import type { RepositoryFacts } from '../forge-facts.ts'

/** A repository that everybody may see and this server has gone through. */
export interface FoundRepository {
  repositoryId: number
  facts: RepositoryFacts
  /** When an import last saw all of it, epoch milliseconds. */
  importedAt: number
}

/** A pull request of such a repository. */
export interface FoundPull extends FoundRepository {
  number: number
}

const REPOSITORY = 'r.id, r.host, r.owner, r.name, r.forge_id, r.default_branch, r.imported_at'

const NAMED = `SELECT ${REPOSITORY} FROM repository_names n
  CROSS JOIN repositories r ON r.id = n.repository_id
  WHERE n.host = ? AND n.owner = ? AND n.name = ?`

const BY_ID = `SELECT ${REPOSITORY} FROM repositories r WHERE r.id = ?`

/** `not-imported` where nobody can be told anything: what is private is not here either. */
export async function findRepository(db: Reader, repo: RepositoryId): Promise<FoundRepository> {
  const { rows } = await db.execute({ sql: NAMED, args: repo.split('/') })
  const found = foundIn(rows[0])
  if (found) return found
  throw new Problem(
    'not-imported',
    `This server has not imported ${repo}, so it does not know who may vote. Whoever is signed in can ask for it: POST /v1/imports.`,
  )
}

/** The same for a pull request. */
export async function findPull(db: Reader, subject: SubjectId): Promise<FoundPull> {
  const { number, part } = partsOf(subject)
  if (part !== '') {
    throw new Problem('invalid', 'Only pull requests are voted on to be merged.', [
      { pointer: '/subject', detail: 'not a pull request' },
    ])
  }
  return { ...(await findRepository(db, repositoryOf(subject))), number }
}

/** A repository by its id; undefined when it is not to be seen any more. */
export async function findRepositoryById(
  db: Reader,
  repositoryId: number,
): Promise<FoundRepository | undefined> {
  const { rows } = await db.execute({ sql: BY_ID, args: [repositoryId] })
  return foundIn(rows[0])
}

function foundIn(row: Record<string, unknown> | undefined): FoundRepository | undefined {
  if (!row || row.imported_at === null || row.forge_id === null || !row.name) return undefined
  return {
    repositoryId: Number(row.id),
    facts: {
      host: String(row.host),
      forgeId: Number(row.forge_id),
      owner: String(row.owner),
      name: String(row.name),
      defaultBranch: String(row.default_branch),
    },
    importedAt: Number(row.imported_at),
  }
}
