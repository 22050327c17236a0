/** Feeds against a sort of the same data that knows nothing of indexes, cursors or counters. */
import { describe, expect, test } from 'vitest'
import type { FeedReply } from '#shared/api/feed'
import { controversyOf, hotOf, risingOf, topOf } from '#shared/ranking'
import { type Evidence, type Reactions, valueOf } from '#shared/score'
import type { Value } from '#shared/vote'
import type { ItemFacts } from './forge-facts.ts'
import { aVote, type TestServer } from './testing.ts'
import { sharedServer } from './testing-server.ts'
import { rangeSql } from './services/read-feed.ts'

const { server } = sharedServer()

function randomFrom(seed: number) {
  let state = seed
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const AUTHORS = ['ada', 'bob', 'eve']
const LABELS = ['bug', 'Good first issue', 'rare']
const SORTS = ['value', 'top', 'hot', 'rising', 'controversial', 'new'] as const

function anItem(number: number, random: (below: number) => number): ItemFacts {
  const reactions: Reactions = random(3) ? {} : { '+1': random(9), '-1': random(4) }
  return {
    number,
    kind: random(3) ? 'issue' : 'pull',
    state: random(4) ? 'open' : 'closed',
    title: `Item ${number} <b>&"'`,
    author: random(9) ? { forgeId: 1 + random(3), login: AUTHORS[0] ?? '', isBot: false } : null,
    labels: LABELS.filter((_, i) => random(2 + 5 * i) === 0).map((name) => ({
      name,
      color: 'd73a4a',
    })),
    comments: random(20),
    openedAt: 1_600_000_000_000 + random(40) * 86_400_000,
    updatedAt: 1,
    closedAt: null,
    mergedAt: null,
    isHome: null,
    isDraft: false,
    reactions,
    closes: [],
  }
}

/** What the test itself knows of a repository. */
interface Known {
  item: ItemFacts
  votes: Map<string, { value: Value; at: number }>
}

async function repository(name: string, forgeId: number, count: number, seed: number) {
  const random = randomFrom(seed)
  const facts = { host: 'github.com', forgeId, owner: 'moot', name, defaultBranch: 'main' }
  const id = await server.writer.nameRepository(facts)
  const known = new Map<number, Known>()
  for (let number = 1; number <= count; number++) {
    const item = anItem(number, random)
    if (item.author) item.author.login = AUTHORS[item.author.forgeId - 1] ?? ''
    known.set(number, { item, votes: new Map() })
  }
  await server.writer.takeItems(
    id,
    [...known.values()].map(({ item }) => item),
  )
  return { name, known, random }
}

type Repository = Awaited<ReturnType<typeof repository>>

async function castSome(
  { name, known, random }: Repository,
  tokens: Map<string, string>,
  count: number,
) {
  const logins = [...tokens.keys()]
  for (let i = 0; i < count; i++) {
    const login = logins[random(logins.length)] ?? ''
    const number = 1 + random(known.size)
    const value = (random(3) - 1) as Value
    const vote = aVote({ subject: `github.com/moot/${name}#${number}`, value })
    const [result] = await server.cast(tokens.get(login) ?? '', [vote])
    expect(result?.status).toBe('accepted')
    const db = await acceptedAt(result?.receipt ?? -1)
    known.get(number)?.votes.set(login, { value, at: db })
  }
}

let reading: ReturnType<TestServer['open']> | undefined
async function acceptedAt(receipt: number): Promise<number> {
  reading ??= server.open()
  const { rows } = await reading.execute({
    sql: 'SELECT accepted_at FROM log WHERE seq = ?',
    args: [receipt],
  })
  return Number(rows[0]?.accepted_at)
}

/** The key of an order from the votes alone; ties in the last digits that are stored are ties. */
function keyOf({ item, votes }: Known, sort: (typeof SORTS)[number]): number | null {
  if (sort === 'new') return item.openedAt
  const standing = [...votes].filter(([, { value }]) => value !== 0)
  const evidence: Evidence = {
    contributors: { up: 0, down: 0 },
    others: {
      up: standing.filter(([, { value }]) => value > 0).length,
      down: standing.filter(([, { value }]) => value < 0).length,
    },
    reactions: item.reactions ?? {},
  }
  const decayed = standing
    .map(([, { value, at }]) => ({ at: at / 1000, weight: value / 2 }))
    .toSorted((a, b) => a.at - b.at)
  const keys = {
    value: valueOf(evidence),
    top: topOf(evidence),
    hot: hotOf(decayed),
    rising: risingOf(decayed),
    controversial: controversyOf(evidence),
  }
  const key = keys[sort]
  return key === null ? null : Math.round(key * 1e9)
}

type Asked = Record<string, string | string[]>

function expectedFeed({ known }: Repository, asked: Asked): number[] {
  const { kind, state = 'open', sort = 'value', label = [], author } = asked
  const labels = [label].flat().map((name) => name.toLowerCase())
  return [...known.values()]
    .filter(({ item }) => kind === undefined || item.kind === kind)
    .filter(({ item }) => state === 'all' || item.state === state)
    .filter(({ item }) => author === undefined || item.author?.login === author)
    .filter(({ item }) =>
      labels.every((name) => item.labels.some((one) => one.name.toLowerCase() === name)),
    )
    .map((one) => ({ number: one.item.number, key: keyOf(one, sort as (typeof SORTS)[number]) }))
    .filter(({ key }) => key !== null)
    .toSorted((a, b) => Number(b.key) - Number(a.key) || b.number - a.number)
    .map(({ number }) => number)
}

async function page(name: string, asked: Asked, token?: string): Promise<FeedReply> {
  const query = new URLSearchParams({ repo: `github.com/moot/${name}` })
  for (const [key, value] of Object.entries(asked)) {
    for (const one of [value].flat()) query.append(key, one)
  }
  const { status, body } = await server.ask(`/v1/feed?${query}`, { token })
  expect(status, JSON.stringify(body)).toBe(200)
  return body as FeedReply
}

/** All of a feed, page by page. */
async function wholeFeed(name: string, asked: Asked): Promise<FeedReply['items']> {
  const items: FeedReply['items'] = []
  let cursor: string | null = null
  do {
    const reply: FeedReply = await page(name, { ...asked, ...(cursor && { cursor }) })
    items.push(...reply.items)
    cursor = reply.next
  } while (cursor)
  return items
}

const numbersOf = (items: FeedReply['items']) =>
  items.map(({ subject }) => Number(/#(\d+)$/.exec(subject)?.[1]))

describe('a feed', () => {
  test('of every order, kind, state, label and author is a plain sort of the same data', async () => {
    const garden = await repository('sorted', 11, 160, 5)
    await repository('beside', 12, 40, 6)
    const tokens = new Map<string, string>()
    for (const login of ['u1', 'u2', 'u3', 'u4', 'u5'])
      tokens.set(login, await server.signIn(login))
    await castSome(garden, tokens, 300)
    const filters: Asked[] = [
      {},
      { kind: 'issue' },
      { kind: 'pull', state: 'closed' },
      { state: 'all' },
      { label: 'BUG' },
      { label: ['bug', 'good first issue'], state: 'all' },
      { author: 'ada' },
      { author: 'bob', label: 'rare', state: 'all', kind: 'issue' },
      { author: 'nobody-known' },
      { label: 'no such label' },
    ]
    for (const sort of SORTS) {
      for (const filter of filters) {
        for (const limit of ['1', '7', '100'].slice(filter.state === 'all' ? 0 : 1)) {
          const asked = { ...filter, sort, limit }
          expect(numbersOf(await wholeFeed('sorted', asked)), JSON.stringify(asked)).toEqual(
            expectedFeed(garden, asked),
          )
        }
      }
    }
  }, 240_000)

  test('read while votes arrive has every item that did not move exactly once, in order', async () => {
    const garden = await repository('moving', 13, 120, 9)
    const tokens = new Map([
      ['u1', await server.signIn('u1')],
      ['u2', await server.signIn('u2')],
    ])
    for (const sort of SORTS) {
      const before = new Map([...garden.known].map(([number, one]) => [number, keyOf(one, sort)]))
      const seen: number[] = []
      let cursor: string | null = null
      do {
        const asked: Asked = { state: 'all', sort, limit: '10', ...(cursor && { cursor }) }
        const reply = await page('moving', asked)
        seen.push(...numbersOf(reply.items))
        cursor = reply.next
        await castSome(garden, tokens, 4)
      } while (cursor)
      const still = expectedFeed(garden, { state: 'all', sort }).filter(
        (number) => keyOf(garden.known.get(number) as Known, sort) === before.get(number),
      )
      expect(
        seen.filter((number) => still.includes(number)),
        sort,
      ).toEqual(still)
    }
  }, 120_000)

  test('tells of an item what a list needs, and the reader’s own vote', async () => {
    const { known } = await repository('told', 14, 3, 2)
    const token = await server.signIn('reader')
    await server.cast(token, [aVote({ subject: 'github.com/moot/told#2', value: -1 })])
    const { items } = await page('told', { state: 'all', sort: 'new' }, token)
    for (const item of items) {
      const number = Number(/\d+$/.exec(item.subject)?.[0])
      const facts = known.get(number)?.item
      expect(item).toMatchObject({
        subject: `github.com/moot/told#${number}`,
        kind: facts?.kind,
        title: facts?.title,
        state: facts?.state,
        author: facts?.author?.login ?? null,
        createdAt: facts?.openedAt,
        comments: facts?.comments,
        isMerged: false,
        isDraft: false,
        score: { mine: number === 2 ? -1 : 0, voter: 'other' },
      })
      expect(item.score.value).toBe(valueOf(item.score))
    }
  })

  test('follows a repository that was renamed', async () => {
    await repository('before', 15, 5, 3)
    const first = await page('before', { limit: '2', state: 'all' })
    const facts = {
      host: 'github.com',
      forgeId: 15,
      owner: 'moot',
      name: 'after',
      defaultBranch: 'main',
    }
    await server.writer.nameRepository(facts)
    const rest = await page('before', { limit: '100', state: 'all', cursor: String(first.next) })
    expect([...first.items, ...rest.items]).toHaveLength(5)
    expect(rest.items[0]?.subject).toMatch(/^github\.com\/moot\/after#/)
  })

  test.for<[query: string, status: number, pointer?: string]>([
    ['', 400, '/repo'],
    ['repo=nonsense', 400, '/repo'],
    ['repo=github.com/moot/nowhere', 404],
    ['repo=gitlab.com/moot/garden', 422, '/repo'],
    ['repo=github.com/moot/sorted&kind=discussion', 400, '/kind'],
    ['repo=github.com/moot/sorted&state=merged', 400, '/state'],
    ['repo=github.com/moot/sorted&sort=best', 400, '/sort'],
    ['repo=github.com/moot/sorted&limit=0', 400, '/limit'],
    ['repo=github.com/moot/sorted&limit=101', 400, '/limit'],
    ['repo=github.com/moot/sorted&limit=1e1', 400, '/limit'],
    ['repo=github.com/moot/sorted&page=2', 400, '/page'],
    ['repo=github.com/moot/sorted&sort=top&sort=new', 400, '/sort'],
    ['repo=github.com/moot/sorted&author=a%20b', 400, '/author'],
    ['repo=github.com/moot/sorted&cursor=nonsense', 400, '/cursor'],
    [`repo=github.com/moot/sorted&cursor=${'x'.repeat(300)}`, 400, '/cursor'],
    ['repo=github.com/moot/sorted&__proto__=1', 400, '/__proto__'],
    [`repo=github.com/moot/sorted&${'label=a&'.repeat(11)}`, 400, '/label'],
  ])('refuses %s', async ([query, status, pointer]) => {
    const answer = await server.ask(`/v1/feed?${query}`)
    expect(answer.status).toBe(status)
    expect(answer.body).toMatchObject({ type: expect.stringMatching(/^\/problems\//) as string })
    if (pointer) expect(answer.body).toMatchObject({ errors: [{ pointer }] })
  })

  test('refuses the cursor of another feed, and one that was made up', async () => {
    const { next } = await page('sorted', { limit: '2' })
    const others: Asked[] = [{ sort: 'top' }, { state: 'all' }, { kind: 'issue' }, { label: 'bug' }]
    for (const other of others) {
      const query = new URLSearchParams({ repo: 'github.com/moot/sorted', cursor: String(next) })
      for (const [key, value] of Object.entries(other)) query.set(key, String(value))
      expect((await server.ask(`/v1/feed?${query}`)).status).toBe(400)
    }
    const mark = (JSON.parse(Buffer.from(String(next), 'base64url').toString()) as string[])[0]
    for (const made of [
      [mark],
      [mark, 1],
      [mark, '1', 2],
      [mark, 1.5, 2],
      [mark, 1e300, 2],
      [mark, null, 1],
      {},
    ]) {
      const cursor = Buffer.from(JSON.stringify(made)).toString('base64url')
      const { status } = await server.ask(`/v1/feed?repo=github.com/moot/sorted&cursor=${cursor}`)
      expect(status).toBe(400)
    }
  })

  test('finds what many have and few have, however far apart they stand', async () => {
    const facts = {
      host: 'github.com',
      forgeId: 16,
      owner: 'moot',
      name: 'walked',
      defaultBranch: 'main',
    }
    const id = await server.writer.nameRepository(facts)
    const random = randomFrom(1)
    for (let from = 1; from <= 6000; from += 1000) {
      const some = Array.from({ length: 1000 }, (_, i) => {
        const number = from + i
        // Common, but only among what comes last: the walk has to be cut and taken up again.
        const labels = number <= 1500 ? [{ name: 'late', color: '000000' }] : []
        return {
          ...anItem(number, random),
          kind: 'issue',
          state: 'open',
          labels,
          reactions: {},
          openedAt: number,
        } as const
      })
      await server.writer.takeItems(id, some)
    }
    const first = await page('walked', { sort: 'new', label: 'late', limit: '10' })
    expect(numbersOf(first.items)).toEqual([
      1500, 1499, 1498, 1497, 1496, 1495, 1494, 1493, 1492, 1491,
    ])
    expect(await wholeFeed('walked', { sort: 'new', label: 'late', limit: '100' })).toHaveLength(
      1500,
    )
  }, 60_000)
})

test('every range of a feed is read along its index from the cursor on, and sorts no table', async () => {
  const db = server.open()
  for (const sort of SORTS) {
    const sql = rangeSql({ sort, kind: undefined, state: 'all' }, { where: '' }, false)
    const { rows } = await db.execute({
      sql: `EXPLAIN QUERY PLAN ${sql}`,
      args: [1, 0, 0, 26, 26, null],
    })
    const plan = rows.map((row) => String(row.detail))
    const column = sort === 'new' ? 'opened_at' : sort
    const ranges = plan.filter((line) =>
      line.startsWith(
        `SEARCH s USING COVERING INDEX feed_${sort} (repository_id=? AND kind=? AND state=? AND (${column},number)<(?,?))`,
      ),
    )
    expect(ranges, plan.join('\n')).toHaveLength(4)
    expect(plan.filter((line) => /^SCAN (?:subjects|items|votes)/.test(line))).toEqual([])
  }
  db.close()
})
