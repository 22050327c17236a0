/**
 * A repository's issues and pull requests in one of the stored orders, page by page. Each kind and state is
 * a range of an index that begins where the last page ended, so that a page costs the same at any depth of
 * any repository. Two kinds or two states are two ranges, merged.
 */
import type { Feed } from '#shared/api/feed'
import { Problem } from '#shared/problem'
import type { Reactions, VoterClass } from '#shared/score'
import type { Value } from '#shared/vote'
import type { Caller, Context } from '../context.ts'
import { accountSql } from '../db/voter-classes.ts'
import { cursorOf, type Place, placeIn } from '../feed-cursor.ts'
import { scoreText, scoreTextFor, unusualNow } from '../scores/score-text.ts'
import { type FeedFilter, filterOf } from './feed-filter.ts'

/** The column, and the index `feed_…`, of each order. */
const ORDERS = {
  value: ['value', 'value'],
  top: ['top', 'top'],
  hot: ['hot', 'hot'],
  rising: ['rising', 'rising'],
  controversial: ['controversial', 'controversial'],
  new: ['opened_at', 'new'],
} as const

/** Subjects looked at in one statement, and for one page, when a filter lets only some of them through. */
const WALK = { step: 2000, most: 10_000 }

interface Repository {
  id: number
  host: string
  /** As it is called now, `host/owner/name`; one that lost its name to another, as it was asked for. */
  name: string
  isNamed: boolean
  /** The reader's class here. */
  voter: VoterClass
}

type Tail = [
  hot: number,
  rising: number | null,
  unusual: string | null,
  title: string,
  author: string | null,
  comments: number,
  mergedAt: number | null,
  isDraft: 0 | 1,
  labels: [name: string, color: string][],
  mine: Value,
]

type ItemRow = [
  key: number,
  number: number,
  kind: string,
  state: string,
  openedAt: number,
  counts: [up: number, down: number, othersUp: number, othersDown: number],
  reactions: string,
  ...Tail,
]

/** Some of a feed, and where to go on; null at its end. */
interface Part {
  rows: ItemRow[]
  next: Place | null
}

/** A page as JSON text: `items`, and `next`, the cursor of the page that follows or null. */
export interface FeedPage {
  text: string
  /** The repository as it is called now, undefined when it has no name; and its edition before the page was read. */
  repository: string | undefined
  edition: number
}

export async function readFeed(context: Context, feed: Feed, caller?: Caller): Promise<FeedPage> {
  const repository = await readRepository(context, feed, caller)
  const edition = context.feeds.editionOf(repository.name)
  const filter = await filterOf(context.db, repository.id, repository.host, feed)
  const place = placeIn(feed.cursor, repository.id, feed)
  const { rows, next } = filter
    ? await readPart(context, repository, feed, filter, place, caller)
    : { rows: [], next: null }
  const now = context.now()
  const items = rows.map((row) => itemText(row, repository, now))
  const cursor = next && cursorOf(next, repository.id, feed)
  const text = `{"items":[${items.join(',')}],"next":${JSON.stringify(cursor)}}`
  return { text, repository: repository.isNamed ? repository.name : undefined, edition }
}

const REPOSITORY = (localLogins: boolean) => `SELECT r.id, r.host, r.owner, r.name,
    r.imported_at IS NOT NULL
      OR EXISTS (SELECT 1 FROM items i WHERE i.repository_id = r.id) AS is_known,
    EXISTS (SELECT 1 FROM persons p CROSS JOIN contributors c
      WHERE p.id = ?4 AND c.repository_id = r.id AND c.account_id = ${accountSql(localLogins)}) AS contributes
  FROM repository_names n CROSS JOIN repositories r ON r.id = n.repository_id
  WHERE n.host = ?1 AND n.owner = ?2 AND n.name = ?3`

async function readRepository(
  { db, auth }: Context,
  { repo }: Feed,
  caller?: Caller,
): Promise<Repository> {
  const args = [...repo.split('/'), caller?.personId ?? null]
  const row = (await db.execute({ sql: REPOSITORY(auth === 'local'), args })).rows[0]
  if (!row?.is_known) {
    throw new Problem(
      'not-imported',
      `This server has not imported ${repo} yet. Whoever is signed in can ask for it: POST /v1/imports.`,
    )
  }
  const name = row.name ? `${row.host}/${row.owner}/${row.name}` : repo
  const voter = row.contributes ? 'contributor' : 'other'
  return { id: Number(row.id), host: String(row.host), name, isNamed: Boolean(row.name), voter }
}

/** Reads on until there is a page, the feed ends, or enough was looked at. */
async function readPart(
  context: Context,
  repository: Repository,
  feed: Feed,
  filter: FeedFilter,
  from: Place,
  caller?: Caller,
): Promise<Part> {
  const rows: ItemRow[] = []
  const isWalk = filter.where !== '' && !filter.isFew
  let next: Place | null = from
  for (let seen = 0; next && rows.length < feed.limit && seen < WALK.most; seen += WALK.step) {
    const wanted = feed.limit - rows.length
    const part = await readRange(context, repository, feed, filter, next, {
      wanted,
      looked: isWalk ? WALK.step : wanted + 1,
      personId: caller?.personId ?? null,
    })
    rows.push(...part.rows)
    next = part.next
  }
  return { rows, next }
}

interface Reach {
  /** Items to answer with, at most. */
  wanted: number
  /** Subjects to look at, at most. */
  looked: number
  personId: number | null
}

async function readRange(
  { db }: Context,
  { id }: Repository,
  feed: Feed,
  filter: FeedFilter,
  from: Place,
  { wanted, looked, personId }: Reach,
): Promise<Part> {
  const isWalk = filter.where !== '' && !filter.isFew
  const args = [id, from.key, from.number, looked, wanted + 1, personId]
  const { rows } = await db.execute({
    sql: rangeSql(feed, { ...filter, where: numbered(filter.where, args.length) }, isWalk),
    args: [...args, ...filter.args],
  })
  const found = JSON.parse(String(rows[0]?.[0])) as ItemRow[] // what ITEM says, in the feed's order
  const items = found.slice(0, wanted)
  const [count, key, number] = JSON.parse(String(rows[0]?.[1])) as [number, number, number]
  // Where more was found it goes on behind the last item that is told; else behind the last one looked at.
  const end = found.length > wanted ? items.at(-1) : count === looked ? [key, number] : undefined
  return { rows: items, next: end ? { key: Number(end[0]), number: Number(end[1]) } : null }
}

/** Names the places of arguments that follow `before` others, so that they may stand there twice. */
function numbered(sql: string, before: number): string {
  let place = before
  return sql.replaceAll('?', () => `?${++place}`)
}

/**
 * One statement for a part of a feed. ?1 repository, ?2 and ?3 the place to begin behind, ?4 how many to
 * look at, ?5 how many to answer with, ?6 the reader. Each range is read along its index; the key's name
 * and the literals come from the tables above and from the schema's picklists, never from a request.
 */
export function rangeSql(
  { sort, kind, state }: Pick<Feed, 'sort' | 'kind' | 'state'>,
  { where }: Pick<FeedFilter, 'where'>,
  isWalk: boolean,
): string {
  const [column, index] = ORDERS[sort]
  const kinds = kind === undefined ? ['issue', 'pull'] : [kind]
  const states = state === 'all' ? ['open', 'closed'] : [state]
  const gathers = where !== '' && !isWalk
  const ranges = kinds.flatMap((one) =>
    states.map(
      (other) => `SELECT * FROM (SELECT s.id, s.${column} AS key, s.number
        FROM subjects s ${gathers ? '' : `INDEXED BY feed_${index}`}
        WHERE s.repository_id = ?1 AND s.kind = '${one}' AND s.state = '${other}'
          AND (s.${column}, s.number) < (?2, ?3)${gathers ? where : ''}
        ORDER BY s.${column} DESC, s.number DESC LIMIT ?4)`,
    ),
  )
  return `WITH looked AS MATERIALIZED (
      SELECT * FROM (${ranges.join(' UNION ALL ')}) ORDER BY key DESC, number DESC LIMIT ?4),
    page AS MATERIALIZED (SELECT s.* FROM looked s WHERE true${isWalk ? where : ''}
      ORDER BY s.key DESC, s.number DESC LIMIT ?5)
    SELECT (SELECT json_group_array(json(item)) FROM (${ITEM})),
      (SELECT json_array(count(*), (SELECT key FROM looked ORDER BY key, number LIMIT 1),
        (SELECT number FROM looked ORDER BY key, number LIMIT 1)) FROM looked)`
}

const ITEM = `SELECT json_array(p.key, p.number, s.kind, s.state, s.opened_at,
    json_array(s.contributors_up, s.contributors_down, s.others_up, s.others_down), s.reactions,
    s.hot, s.rising, s.unusual, i.title, nullif(a.login, ''), i.comments, i.merged_at, i.is_draft,
    json((SELECT json_group_array(json_array(l.name, l.color)) FROM (SELECT l.name, l.color
      FROM subject_labels x CROSS JOIN labels l ON l.id = x.label_id
      WHERE x.subject_id = s.id ORDER BY lower(l.name)) l)),
    coalesce((SELECT v.value FROM votes v WHERE v.subject_id = s.id AND v.person_id = ?6), 0)) AS item
  FROM page p CROSS JOIN subjects s ON s.id = p.id
  CROSS JOIN repositories r ON r.id = s.repository_id
  CROSS JOIN items i ON i.subject_id = s.id
  LEFT JOIN accounts a ON a.host = r.host AND a.forge_id = i.author_id
  ORDER BY p.key DESC, p.number DESC`

function itemText(row: ItemRow, { name, voter }: Repository, now: number): string {
  const [, number, kind, state, openedAt, [up, down, othersUp, othersDown], reactions] = row
  const [hot, rising, unusual, title, author, comments, mergedAt, isDraft, labels, mine] =
    row.slice(7) as Tail
  const item = {
    subject: `${name}#${number}`,
    kind,
    title,
    state,
    isMerged: mergedAt !== null,
    isDraft: isDraft === 1,
    author,
    labels: labels.map(([label, color]) => ({ name: label, color })),
    createdAt: openedAt,
    comments,
  }
  const evidence = {
    contributors: { up, down },
    others: { up: othersUp, down: othersDown },
    reactions: JSON.parse(reactions) as Reactions,
  }
  const score = scoreTextFor(
    scoreText(evidence, { hot, rising }, unusualNow(unusual, now)),
    mine,
    voter,
  )
  return `${JSON.stringify(item).slice(0, -1)},"score":${score}}`
}
