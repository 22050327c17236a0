/** The shapes of what pages send. A content script's messages are strangers' messages. */
import * as v from 'valibot'
import { LoginSchema, RepositorySchema, SubjectSchema } from '#shared/api/fields'
import {
  BallotRequestSchema,
  CancelRequestSchema,
  DelegationRequestSchema,
} from '#shared/api/tallies'
import { VoteSchema } from '#shared/api/votes'
import { ORDERS } from '#shared/ranking'
import { LIST_KINDS, type ListView } from '../forges/forge.ts'

const shortText = v.pipe(v.string(), v.maxLength(100))
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000))
const time = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(8.64e15))
/** For calls that take nothing; whatever comes is dropped. */
export const Nothing = v.pipe(
  v.unknown(),
  v.transform(() => undefined),
)

const ViewSchema = v.pipe(
  v.object({
    repository: v.optional(v.string()),
    query: v.string(),
    milestone: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
    page: v.pipe(v.number(), v.integer(), v.minValue(1)),
  }),
  v.transform(({ repository = '', query, page, milestone }): ListView | undefined => {
    // Whoever reads the page made its address. Its subjects have scores all the same.
    if (repository.length > 400 || query.length > 2000 || page > 100_000) return undefined
    return {
      repository: repository || undefined,
      query,
      page,
      ...(milestone !== undefined && { milestone }),
    }
  }),
)

export const Shown = v.object({
  subjects: v.pipe(v.array(SubjectSchema), v.maxLength(1000)),
  view: v.optional(ViewSchema),
  viewer: v.optional(LoginSchema),
})

export const Talk = v.object({ comments: v.pipe(v.array(SubjectSchema), v.maxLength(5000)) })

export const Subject = v.object({ subject: SubjectSchema })

export const Agreed = v.object({ subject: SubjectSchema, people: count, isAll: v.boolean() })

export const Noise = v.object({
  folds: v.optional(v.boolean()),
  below: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
})

export const SelfCheck = v.object({
  page: shortText,
  at: time,
  app: shortText,
  strategies: v.pipe(v.record(shortText, shortText), v.maxEntries(50)),
  rows: count,
  named: count,
  widgets: count,
  // Scripts of an older version, in pages that are still open, do not say.
  isEmpty: v.optional(v.boolean(), false),
})

export const Feed = v.object({
  repository: RepositorySchema,
  kind: v.optional(v.picklist(['issue', 'pull'])),
  state: v.picklist(['open', 'closed', 'all']),
  sort: v.picklist(['value', 'top', 'hot', 'rising', 'controversial', 'new']),
  labels: v.pipe(v.array(v.pipe(v.string(), v.maxLength(200))), v.maxLength(10)),
  author: v.optional(LoginSchema),
  cursor: v.optional(v.pipe(v.string(), v.maxLength(200))),
})

export const Vote = VoteSchema

export const Pulls = v.object({ subjects: v.pipe(v.array(SubjectSchema), v.maxLength(1000)) })

export const Pull = v.object({ subject: SubjectSchema })

export const Ballot = BallotRequestSchema

export const Cancel = CancelRequestSchema

export const Delegation = DelegationRequestSchema

export const Choice = v.object({ list: v.picklist(LIST_KINDS), order: v.picklist(ORDERS) })

const text = v.pipe(v.string(), v.maxLength(2000))

export const Address = v.object({ address: v.optional(text) })

export const SignIn = v.object({ way: v.literal('local'), login: LoginSchema })

export const Redirect = v.object({ redirectUri: text })

export const Back = v.object({ address: v.pipe(v.string(), v.maxLength(10_000)) })

export const SessionId = v.object({ id: v.pipe(v.number(), v.integer(), v.minValue(0)) })

export const ForgeToken = v.object({ token: v.optional(text) })

export const File = v.object({ text: v.string() })
