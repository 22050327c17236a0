/**
 * What the forge tells by itself. Only repositories that were imported are followed. A delivery says what
 * an item was when it was sent, and the writer leaves out what is older than it knows. Of two that differ and
 * were sent in the same second nobody can tell which is older: the one that came last stands until an import,
 * asked for at once, has read what holds. What a repository is called, and whose its commits are, is asked
 * for with an import as well.
 */
import { isDeepStrictEqual } from 'node:util'
import type { Context } from '../context.ts'
import { workSince } from '../contribution.ts'
import { closeItem, hideRepository } from '../db/hide-repository.ts'
import { askForImport } from '../db/import-store.ts'
import { lookAt } from '../db/tallies/record.ts'
import type { ItemFacts, RepositoryFacts } from '../forge-facts.ts'
import { mergedWork } from '../merged-work.ts'
import type { News } from '../forges/forge.ts'

export type NewsContext = Pick<Context, 'db' | 'writer' | 'feeds' | 'imports' | 'tallies' | 'now'>

/** Commits are read this often at most, in milliseconds, however often somebody pushes. */
const PUSH_PAUSE = 10 * 60_000

interface Followed {
  id: number
  host: string
  owner: string
  name: string
}

const FOLLOWED = `SELECT id, host, owner, name FROM repositories
  WHERE host = ? AND forge_id = ? AND imported_at IS NOT NULL`

const SEEN = 'SELECT 1 FROM deliveries WHERE signature = ?'
const REMEMBER = 'INSERT INTO deliveries (signature, taken_at) VALUES (?, ?) ON CONFLICT DO NOTHING'

/** Takes news in, once; the same once more changes nothing. True when something was done. */
export async function takeNews(
  context: NewsContext,
  signature: string,
  news: News,
): Promise<boolean> {
  if (news.kind === 'ignored') return false
  const { db, writer, now } = context
  if ((await db.execute({ sql: SEEN, args: [signature] })).rows.length) return false
  const repository = await followed(context, news.repository)
  if (!repository) return false
  await act(context, repository, news)
  context.feeds.changed(`${repository.host}/${repository.owner}/${repository.name}`)
  await writer.run([{ sql: REMEMBER, args: [signature, now()] }])
  return true
}

async function followed({ db }: NewsContext, { host, forgeId }: RepositoryFacts) {
  const row = (await db.execute({ sql: FOLLOWED, args: [host, forgeId] })).rows[0]
  return (
    row && {
      id: Number(row.id),
      host: String(row.host),
      owner: String(row.owner),
      name: String(row.name),
    }
  )
}

async function act(
  context: NewsContext,
  repository: Followed,
  news: Exclude<News, { kind: 'ignored' }>,
) {
  const { writer } = context
  const isHidden = news.kind === 'hidden' || ('isPrivate' in news && news.isPrivate)
  if (isHidden) {
    await writer.run(hideRepository(repository.id))
    // Should this be old news, the import finds it as it is.
    return askForRun(context, repository)
  }
  if (news.kind === 'item') {
    await takeItem(context, repository, news.item)
    if (!news.isAboutPull) return
    await writer.run([lookAt(repository.id, news.item.number, context.now())])
    context.tallies.wake()
    return
  }
  if (news.kind === 'gone') {
    await writer.run([closeItem(repository.id, news.number)])
  } else if (news.kind === 'named' || (await isQuiet(context, repository))) {
    await askForRun(context, repository)
  }
}

async function takeItem(context: NewsContext, repository: Followed, item: ItemFacts) {
  const { writer, now } = context
  const { id } = repository
  const contested = await isContested(context, id, item)
  await writer.takeItems(id, [item])
  if (contested) await askForRun(context, repository)
  const work = mergedWork(item)
  if (!work) return
  await writer.takeWork(id, [work])
  await writer.settleContributors(id, workSince(now()))
}

const SAME_SECOND = `SELECT s.state, i.title, i.comments, i.closed_at, i.merged_at, i.is_draft,
    (SELECT json_group_array(name) FROM (SELECT l.name FROM subject_labels sl
      CROSS JOIN labels l ON l.id = sl.label_id WHERE sl.subject_id = s.id)) AS labels
  FROM subjects s CROSS JOIN items i ON i.subject_id = s.id
  WHERE s.repository_id = ? AND s.number = ? AND s.part = '' AND i.updated_at = ?`

const sorted = (names: string[]) => names.map((name) => name.toLowerCase()).toSorted()

/** Whether something else is known of the same second. */
async function isContested({ db }: NewsContext, repositoryId: number, item: ItemFacts) {
  const args = [repositoryId, item.number, item.updatedAt]
  const known = (await db.execute({ sql: SAME_SECOND, args })).rows[0]
  if (!known) return false
  const { state, title, comments, closedAt, mergedAt, isDraft } = item
  const said = [state, title, comments, closedAt, mergedAt, isDraft ? 1 : 0]
  const was = [known.state, known.title, known.comments, known.closed_at, known.merged_at]
  return !isDeepStrictEqual(
    [...said, sorted(item.labels.map(({ name }) => name))],
    [...was, known.is_draft, sorted(JSON.parse(String(known.labels)) as string[])],
  )
}

async function isQuiet({ db, now }: NewsContext, { id }: Followed): Promise<boolean> {
  const sql =
    'SELECT 1 FROM imports WHERE repository_id = ? AND asked_at > ? AND asked_at < ? LIMIT 1'
  // What was asked for later than now says nothing: the clock was put back since.
  const args = [id, now() - PUSH_PAUSE, now() + PUSH_PAUSE]
  return !(await db.execute({ sql, args })).rows.length
}

async function askForRun({ writer, imports, now }: NewsContext, repository: Followed) {
  // A name may be lost, and is then nobody's to ask for twice at a time.
  const { id, owner, name } = repository
  const address = { ...repository, owner: owner || '-', name: name || String(id) }
  await writer.run(askForImport(address, 'asked', id, now()))
  imports.wake()
}
