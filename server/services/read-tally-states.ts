import type { TallyStatesReply } from '#shared/api/tallies'
import { Problem } from '#shared/problem'
import { partsOf, repositoryOf, type RepositoryId, type SubjectId } from '#shared/subject'
import type { Context } from '../context.ts'
import { rowIn } from '../db/tallies/state.ts'
import { endWords, missingWords } from '../tally-words.ts'
import { findRepository, type FoundRepository } from './find-pull.ts'
import { ruleOf, viewTally } from './tally-view.ts'

const LATEST = `SELECT t.* FROM json_each(?2) j CROSS JOIN tallies t ON t.id = (
    SELECT max(id) FROM tallies WHERE repository_id = ?1 AND number = j.value)`

/** How the last votes on merging of these pull requests stand; those that never had one are left out. */
export async function readTallyStates(
  { db, now }: Context,
  subjects: readonly SubjectId[],
): Promise<TallyStatesReply> {
  const states: TallyStatesReply['states'] = {}
  for (const [repo, asked] of byRepository(subjects)) {
    const found: FoundRepository | undefined = await findRepository(db, repo).catch(notImported)
    if (!found) continue
    const numbers = asked.map((subject) => partsOf(subject).number)
    const args = [found.repositoryId, JSON.stringify(numbers)]
    const { rows } = await db.execute({ sql: LATEST, args })
    for (const row of rows.map(rowIn)) {
      const view = await viewTally(db, found.facts.host, row, now())
      const isHidden = row.hidesResults && row.status === 'open'
      const missing = isHidden
        ? `${view.tally.cast} of ${view.tally.electorate} have voted`
        : missingWords(view.tally, ruleOf(view), (member) => view.loginOf(member)).join('; ')
      states[`${repo}#${row.number}`] = {
        status: row.status,
        words: row.status === 'open' ? missing : endWords(row.status, row.reason),
      }
    }
  }
  return { states }
}

function byRepository(subjects: readonly SubjectId[]): Map<RepositoryId, SubjectId[]> {
  const groups = new Map<RepositoryId, SubjectId[]>()
  for (const subject of subjects) {
    if (partsOf(subject).part !== '') continue
    const repo = repositoryOf(subject)
    groups.set(repo, [...(groups.get(repo) ?? []), subject])
  }
  return groups
}

function notImported(error: unknown): undefined {
  if (error instanceof Problem && error.type === 'not-imported') return undefined
  throw error
}
