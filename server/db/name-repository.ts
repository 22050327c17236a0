/**
 * Learns what a repository is called now. The forge's id is who it is: a new name of a known one is added
 * to its names, and the old ones go on leading to it until another repository takes them. What was voted on
 * under a name before anybody knew whose it was belongs to whoever is first found to have that name.
 */
import type { RepositoryFacts } from '../forge-facts.ts'
import type { Access, Ledger } from './ledger.ts'
import { mergeRepository } from './merge-repository.ts'
import type { Scores } from './sum-again.ts'

export interface Named {
  repositoryId: number
  /** Names that lead elsewhere than before, or whose subjects are told under another name now. */
  renamed: string[]
  scores: Scores
}

const UPSERT = `INSERT INTO repositories (id, host, owner, name, forge_id, default_branch)
  VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET owner = excluded.owner,
  name = excluded.name, forge_id = excluded.forge_id, default_branch = excluded.default_branch`

const TAKE_NAME = `INSERT INTO repository_names (host, owner, name, repository_id) VALUES (?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET repository_id = excluded.repository_id`

/** What is left without a name is called something else by now, which we have not heard yet. */
const LOSE_NAME = "UPDATE repositories SET owner = '', name = '' WHERE id = ?"

export function nameRepository(ledger: Ledger, facts: RepositoryFacts): Promise<Named> {
  const { host, forgeId, defaultBranch } = facts
  const [owner, name] = [facts.owner.toLowerCase(), facts.name.toLowerCase()]
  return ledger.transact(async (tx, ids) => {
    const known = await byForgeId(tx, host, forgeId)
    const holder = await byName(tx, host, owner, name)
    const isStranger = holder?.forgeId === null
    const repositoryId = known?.id ?? (isStranger ? holder.id : ids.repository++)
    const isTaken = holder !== undefined && holder.id !== repositoryId
    if (isTaken && holder.isCalledSo) await tx.execute({ sql: LOSE_NAME, args: [holder.id] })
    await tx.execute({
      sql: UPSERT,
      args: [repositoryId, host, owner, name, forgeId, defaultBranch],
    })
    await tx.execute({ sql: TAKE_NAME, args: [host, owner, name, repositoryId] })
    ledger.names.forget()
    ledger.voters.forget()
    const scores =
      isTaken && isStranger
        ? await mergeRepository(ledger, tx, holder.id, repositoryId)
        : (new Map() as Scores)
    const isNew = !known || known.name !== `${host}/${owner}/${name}` || isTaken
    const renamed = isNew ? [`${host}/${owner}/${name}`, ...(known?.name ? [known.name] : [])] : []
    return { repositoryId, renamed, scores }
  })
}

async function byForgeId(tx: Access, host: string, forgeId: number) {
  const sql = 'SELECT id, owner, name FROM repositories WHERE host = ? AND forge_id = ?'
  const row = (await tx.execute({ sql, args: [host, forgeId] })).rows[0]
  return row && { id: Number(row.id), name: row.name ? `${host}/${row.owner}/${row.name}` : '' }
}

async function byName(tx: Access, host: string, owner: string, name: string) {
  const sql = `SELECT r.id, r.forge_id, r.owner = n.owner AND r.name = n.name AS is_called_so
    FROM repository_names n CROSS JOIN repositories r ON r.id = n.repository_id
    WHERE n.host = ? AND n.owner = ? AND n.name = ?`
  const row = (await tx.execute({ sql, args: [host, owner, name] })).rows[0]
  if (!row) return undefined
  const forgeId = row.forge_id === null ? null : Number(row.forge_id)
  return { id: Number(row.id), forgeId, isCalledSo: Boolean(row.is_called_so) }
}
