/**
 * Writes what a forge says about issues and pull requests. What is older than what is known is left out, so
 * that news may arrive in any order, and any number of times.
 */
import type { AccountFacts, ItemFacts } from '../forge-facts.ts'
import type { Access, Ledger } from './ledger.ts'
import type { NextIds } from './next-ids.ts'
import { type Scores, sumAgain } from './sum-again.ts'
import { takeAccounts } from './take-accounts.ts'
import { withRows } from './vote-statements.ts'

/** An item and the subject that it is. */
interface Placed {
  id: number
  item: ItemFacts
}

const KNOWN = `SELECT s.id, s.number, i.updated_at FROM json_each(?2) j
  CROSS JOIN subjects s ON s.repository_id = ?1 AND s.number = j.value AND s.part = ''
  LEFT JOIN items i ON i.subject_id = s.id`

// The sums are made right afterwards, from the votes.
const SUBJECTS = `INSERT INTO subjects (id, repository_id, number, part, contributors_up,
    contributors_down, others_up, others_down, value, top, hot, rising, controversial,
    kind, state, opened_at, reactions)
  SELECT value->>0, value->>1, value->>2, '', 0, 0, 0, 0, 0, 0, 0, NULL, 0,
    value->>3, value->>4, value->>5, coalesce(value->>6, '{}')
  FROM json_each(?1) WHERE true
  ON CONFLICT (id) DO UPDATE SET kind = coalesce(excluded.kind, kind),
    state = coalesce(excluded.state, state), opened_at = coalesce(excluded.opened_at, opened_at),
    reactions = CASE WHEN id IN (SELECT value->>0 FROM json_each(?1) WHERE value->>6 IS NULL)
      THEN reactions ELSE excluded.reactions END`

const ITEMS = `INSERT INTO items (subject_id, repository_id, title, author_id, comments, updated_at,
    closed_at, merged_at, is_draft)
  SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7, value->>8
  FROM json_each(?) WHERE true
  ON CONFLICT (subject_id) DO UPDATE SET title = excluded.title, author_id = excluded.author_id,
    comments = excluded.comments, updated_at = excluded.updated_at, closed_at = excluded.closed_at,
    merged_at = excluded.merged_at, is_draft = excluded.is_draft`

const LABELS = `INSERT INTO labels (repository_id, name, color)
  SELECT value->>0, value->>1, value->>2 FROM json_each(?) WHERE true
  ON CONFLICT (repository_id, lower(name)) DO UPDATE SET name = excluded.name, color = excluded.color`

const UNLABEL = 'DELETE FROM subject_labels WHERE subject_id IN (SELECT value FROM json_each(?))'

const LABEL = `INSERT OR IGNORE INTO subject_labels (label_id, subject_id)
  SELECT l.id, j.value->>0 FROM json_each(?) j
  CROSS JOIN labels l ON l.repository_id = j.value->>1 AND lower(l.name) = lower(j.value->>2)`

const UNLINK = 'DELETE FROM closes WHERE pull_id IN (SELECT value FROM json_each(?))'

const LINK = `INSERT OR IGNORE INTO closes (pull_id, issue_id)
  SELECT value->>0, value->>1 FROM json_each(?)`

const LINKED = `UPDATE subjects SET is_linked = id IN (SELECT pull_id FROM closes)
    OR id IN (SELECT issue_id FROM closes)
  WHERE id IN (SELECT value FROM json_each(?))`

const CLOSED_BEFORE =
  'SELECT issue_id FROM closes WHERE pull_id IN (SELECT value FROM json_each(?))'

/** Takes items of one repository, each number once, and answers with the scores that may have changed. */
export function takeItems(
  ledger: Ledger,
  repositoryId: number,
  items: readonly ItemFacts[],
): Promise<Scores> {
  if (!items.length) return Promise.resolve(new Map())
  return ledger.transact(async (tx, ids) => {
    const { placed, idOf } = await place(tx, ids, repositoryId, items)
    await takeAccounts(tx, await hostOf(tx, repositoryId), authorsOf(placed))
    ledger.voters.forget() // a login may be somebody else's now
    await tx.execute(
      withRows(
        SUBJECTS,
        placed.map(({ id, item }) => subjectRow(id, repositoryId, item)),
      ),
    )
    await tx.execute(
      withRows(
        ITEMS,
        placed.map(({ id, item }) => itemRow(id, repositoryId, item)),
      ),
    )
    await writeLabels(tx, repositoryId, placed)
    const closed = await writeLinks(tx, repositoryId, placed, idOf)
    return sumAgain(ledger, tx, [...new Set([...placed.map(({ id }) => id), ...closed])])
  })
}

async function hostOf(tx: Access, repositoryId: number): Promise<string> {
  const sql = 'SELECT host FROM repositories WHERE id = ?'
  return String((await tx.execute({ sql, args: [repositoryId] })).rows[0]?.host)
}

/** Gives every item and everything that one closes its subject's id, and leaves out what is old news. */
async function place(tx: Access, ids: NextIds, repositoryId: number, items: readonly ItemFacts[]) {
  const numbers = new Set(items.flatMap(({ number, closes }) => [number, ...(closes ?? [])]))
  const { rows } = await tx.execute({
    sql: KNOWN,
    args: [repositoryId, JSON.stringify([...numbers])],
  })
  const known = new Map(rows.map((row) => [Number(row.number), row]))
  const given = new Map<number, number>()
  const idOf = (number: number) => {
    const id = known.get(number)?.id ?? given.get(number)
    if (id !== undefined && id !== null) return Number(id)
    given.set(number, ids.subject)
    return ids.subject++
  }
  const news = items.filter(
    (item) => Number(known.get(item.number)?.updated_at ?? 0) <= item.updatedAt,
  )
  return { placed: news.map((item): Placed => ({ id: idOf(item.number), item })), idOf }
}

const authorsOf = (placed: readonly Placed[]) =>
  placed.map(({ item }) => item.author).filter((author): author is AccountFacts => author !== null)

const subjectRow = (id: number, repositoryId: number, item: ItemFacts) => [
  id,
  repositoryId,
  item.number,
  item.kind,
  item.state,
  item.openedAt,
  item.reactions && JSON.stringify(item.reactions),
]

const itemRow = (id: number, repositoryId: number, item: ItemFacts) => [
  id,
  repositoryId,
  item.title,
  item.author?.forgeId ?? null,
  item.comments,
  item.updatedAt,
  item.closedAt,
  item.mergedAt,
  item.isDraft ? 1 : 0,
]

async function writeLabels(tx: Access, repositoryId: number, placed: readonly Placed[]) {
  const labels = placed.flatMap(({ id, item }) =>
    item.labels.map(({ name, color }) => ({ id, name, color })),
  )
  await tx.execute(
    withRows(
      LABELS,
      labels.map(({ name, color }) => [repositoryId, name, color]),
    ),
  )
  await tx.execute(
    withRows(
      UNLABEL,
      placed.map(({ id }) => id),
    ),
  )
  await tx.execute(
    withRows(
      LABEL,
      labels.map(({ id, name }) => [id, repositoryId, name]),
    ),
  )
}

/** The issues that are closed, by id: some have their row from now on. */
async function writeLinks(
  tx: Access,
  repositoryId: number,
  placed: readonly Placed[],
  idOf: (number: number) => number,
): Promise<number[]> {
  const pulls = placed.filter(({ item }) => item.closes !== null)
  const links = pulls.flatMap(({ id, item }) =>
    (item.closes ?? []).map((number) => ({ number, link: [id, idOf(number)] as const })),
  )
  const pullIds = pulls.map(({ id }) => id)
  const before = (await tx.execute(withRows(CLOSED_BEFORE, pullIds))).rows.map((row) =>
    Number(row[0]),
  )
  // An issue that is closed may not have been seen yet; its row waits for it.
  await tx.execute(
    withRows(
      SUBJECTS,
      links.map(({ number, link }) => [link[1], repositoryId, number, null, null, null, null]),
    ),
  )
  await tx.execute(withRows(UNLINK, pullIds))
  await tx.execute(
    withRows(
      LINK,
      links.map(({ link }) => link),
    ),
  )
  const closed = links.map(({ link: [, issueId] }) => issueId)
  await tx.execute(withRows(LINKED, [...pullIds, ...before, ...closed]))
  return closed
}
