/** Issues and pull requests of a whole repository, in one of the orders. */
import * as v from 'valibot'
import { count, LoginSchema, RepositorySchema, time } from './fields.ts'
import { ScoreSchema } from './scores.ts'

const several = v.pipe(
  v.union([v.string(), v.array(v.string())]),
  v.transform((value) => [value].flat()),
  v.array(v.pipe(v.string(), v.maxLength(200, 'at most 200 characters'))),
  v.maxLength(10, 'at most 10'),
)

/** Which part of which feed, as it stands behind the question mark of an address: all of it text. */
export const ReadFeedSchema = v.strictObject({
  repo: RepositorySchema,
  /** Both when absent. */
  kind: v.optional(v.picklist(['issue', 'pull'], 'issue or pull')),
  state: v.optional(v.picklist(['open', 'closed', 'all'], 'open, closed or all'), 'open'),
  sort: v.optional(
    v.picklist(
      ['value', 'top', 'hot', 'rising', 'controversial', 'new'],
      'value, top, hot, rising, controversial or new',
    ),
    'value',
  ),
  /** Names; an item has to have all of them. */
  label: v.optional(several, []),
  author: v.optional(LoginSchema),
  limit: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^[1-9]\d{0,2}$/, 'a number from 1 to 100'),
      v.toNumber(),
      v.maxValue(100, 'a number from 1 to 100'),
    ),
    '25',
  ),
  /** `next` of the page before. */
  cursor: v.optional(v.pipe(v.string(), v.maxLength(200, 'not a cursor'))),
})

/** An issue or a pull request in a feed. */
export const FeedItemSchema = v.object({
  subject: v.string(),
  kind: v.picklist(['issue', 'pull']),
  title: v.string(),
  state: v.picklist(['open', 'closed']),
  isMerged: v.boolean(),
  isDraft: v.boolean(),
  /** A login; null when the forge no longer says whose. */
  author: v.nullable(v.string()),
  labels: v.array(v.object({ name: v.string(), /** Six hexadecimal digits. */ color: v.string() })),
  createdAt: time,
  comments: count,
  score: ScoreSchema,
})

export const FeedReplySchema = v.object({
  /** In the feed's order. A page may be short, or even empty, and yet have a next one. */
  items: v.array(FeedItemSchema),
  /** The cursor of the next page; null at the end. */
  next: v.nullable(v.string()),
})

export type Feed = v.InferOutput<typeof ReadFeedSchema>
export type FeedItem = v.InferOutput<typeof FeedItemSchema>
export type FeedReply = v.InferOutput<typeof FeedReplySchema>
