/**
 * What we read of GitHub's answers and deliveries. Everything is hostile until it has these shapes; what
 * else stands there is nobody's business.
 */
import * as v from 'valibot'
import { REACTIONS } from '#shared/score'

const id = v.pipe(v.number(), v.safeInteger(), v.minValue(1))
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

/** A time as GitHub writes it, in epoch milliseconds. */
const time = v.pipe(
  v.string(),
  v.maxLength(40),
  v.transform((text) => Date.parse(text)),
  v.number(),
  v.minValue(0),
  v.maxValue(8.64e15),
)

/** Text that the database can hold: without halves of characters, and not without end. */
const text = (longest: number) =>
  v.pipe(
    v.string(),
    v.transform((said) => Buffer.from(said.slice(0, longest)).toString()),
  )

const owner = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9_-]{0,38}$/i))
const name = v.pipe(v.string(), v.regex(/^(?!\.{1,2}$)[\w.-]{1,100}$/))

export const AccountSchema = v.object({
  id,
  // `dependabot[bot]`
  login: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9_-]{0,99}(?:\[bot\])?$/i)),
  type: v.optional(v.string()),
})

export const RepositorySchema = v.object({
  id,
  name,
  owner: v.object({ login: owner }),
  private: v.boolean(),
  default_branch: v.pipe(v.string(), v.minLength(1), v.maxLength(255)),
})

const ReactionsSchema = v.object(
  v.entriesFromList(REACTIONS, v.fallback(v.optional(count, 0), 0)),
) as v.GenericSchema<unknown, Record<(typeof REACTIONS)[number], number>>

/** A label is an object; the description allows a plain name too. */
const LabelSchema = v.union([
  v.pipe(
    text(200),
    v.minLength(1),
    v.transform((said) => ({ name: said, color: 'ededed' })),
  ),
  v.object({
    name: v.pipe(text(200), v.minLength(1)),
    color: v.fallback(v.pipe(v.string(), v.regex(/^[\da-f]{6}$/i), v.toLowerCase()), 'ededed'),
  }),
])

const item = {
  number: v.pipe(id, v.maxValue(9_999_999_999)),
  title: text(1024),
  state: v.picklist(['open', 'closed']),
  user: v.optional(v.nullable(AccountSchema), null),
  labels: v.optional(v.array(LabelSchema), []),
  created_at: time,
  updated_at: time,
  closed_at: v.optional(v.nullable(time), null),
  draft: v.optional(v.nullable(v.boolean()), false),
  body: v.optional(v.nullable(v.string()), null),
}

export const ItemSchema = v.object({
  ...item,
  html_url: v.pipe(v.string(), v.url()),
  comments: count,
  pull_request: v.optional(v.object({ merged_at: v.optional(v.nullable(time), null) })),
  reactions: v.optional(ReactionsSchema),
})

/** A pull request where it is spoken of as such, which is without reactions. */
export const PullSchema = v.object({
  ...item,
  merged_at: v.optional(v.nullable(time), null),
  comments: v.optional(count),
  base: v.object({ ref: v.string() }),
})

export const CommitSchema = v.object({
  sha: v.pipe(v.string(), v.regex(/^[\da-f]{40,64}$/)),
  commit: v.object({ committer: v.nullable(v.object({ date: time })) }),
  /** Null, or empty, when GitHub knows no account of that address. */
  author: v.union([AccountSchema, v.null(), v.strictObject({})]),
  parents: v.array(v.unknown()),
})

export type ItemBody = v.InferOutput<typeof ItemSchema>
export type PullBody = v.InferOutput<typeof PullSchema>
export type CommitBody = v.InferOutput<typeof CommitSchema>
export type RepositoryBody = v.InferOutput<typeof RepositorySchema>
export type AccountBody = v.InferOutput<typeof AccountSchema>
