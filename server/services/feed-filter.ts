/**
 * How a feed finds what has some labels, or one author. What few have is gathered and sorted; what many have
 * is met often enough on a walk along the order. Either way the work for a page has an end.
 */
import type { Feed } from '#shared/api/feed'
import type { Reader } from '../db/ledger.ts'

/** A part of a WHERE about the subject `s`, and its arguments. */
interface Condition {
  sql: string
  args: (string | number)[]
  /** Subjects that meet it, as a query for their ids. */
  ids: string
  /** How many there are, counted no further than one past `FEW`. */
  count: number
}

export interface FeedFilter {
  where: string
  args: (string | number)[]
  /** It names few subjects, so that they are looked up and not met. */
  isFew: boolean
}

/** As many subjects are gathered and sorted for one page. */
const FEW = 1000

/** The filter of a feed; undefined when nothing can pass it. */
export async function filterOf(
  db: Reader,
  repositoryId: number,
  host: string,
  { label, author }: Feed,
): Promise<FeedFilter | undefined> {
  const conditions: Condition[] = []
  for (const name of label) {
    const condition = await labelled(db, repositoryId, name)
    if (!condition) return undefined
    conditions.push(condition)
  }
  if (author !== undefined) {
    const condition = await authored(db, repositoryId, host, author)
    if (!condition) return undefined
    conditions.push(condition)
  }
  const [rarest, ...others] = conditions.toSorted((a, b) => a.count - b.count)
  if (!rarest) return { where: '', args: [], isFew: false }
  const isFew = rarest.count <= FEW
  const first = isFew ? { ...rarest, sql: `s.id IN (${rarest.ids})` } : rarest
  const all = [first, ...others]
  return {
    where: all.map(({ sql }) => ` AND ${sql}`).join(''),
    args: all.flatMap(({ args }) => args),
    isFew,
  }
}

async function labelled(db: Reader, repositoryId: number, name: string) {
  const sql = 'SELECT id FROM labels WHERE repository_id = ? AND lower(name) = lower(?)'
  const row = (await db.execute({ sql, args: [repositoryId, name] })).rows[0]
  if (!row) return undefined
  return counted(db, {
    sql: 'EXISTS (SELECT 1 FROM subject_labels x WHERE x.label_id = ? AND x.subject_id = s.id)',
    ids: 'SELECT subject_id FROM subject_labels WHERE label_id = ?',
    args: [Number(row.id)],
  })
}

async function authored(db: Reader, repositoryId: number, host: string, login: string) {
  const sql = 'SELECT forge_id FROM accounts WHERE host = ? AND lower(login) = lower(?)'
  const row = (await db.execute({ sql, args: [host, login] })).rows[0]
  if (!row) return undefined
  return counted(db, {
    sql: `EXISTS (SELECT 1 FROM items i
      WHERE i.subject_id = s.id AND i.repository_id = ? AND i.author_id = ?)`,
    ids: 'SELECT subject_id FROM items WHERE repository_id = ? AND author_id = ?',
    args: [repositoryId, Number(row.forge_id)],
  })
}

async function counted(db: Reader, condition: Omit<Condition, 'count'>): Promise<Condition> {
  const { ids, args } = condition
  const sql = `SELECT count(*) AS count FROM (${ids} LIMIT ${FEW + 1})`
  return { ...condition, count: Number((await db.execute({ sql, args })).rows[0]?.count) }
}
