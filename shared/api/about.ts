/** What a server says of itself. */
import * as v from 'valibot'
import { count } from './fields.ts'

/** Raised when a client that follows the old contract would be wrong about the new one. */
export const CONTRACT = 1

export const AboutSchema = v.object({
  name: v.literal('forgemoot'),
  version: v.string(),
  contract: count,
  /** Hosts whose subjects this server keeps. */
  forges: v.array(v.string()),
  /** Ways to sign in that this server offers now; newer ones are left out by whoever reads this. */
  auth: v.array(v.string()),
  /** Orders that this server can rank by; newer ones are left out by whoever reads this. */
  orders: v.array(v.string()),
  /** It has feeds of whole repositories; absent from older servers. */
  feeds: v.optional(v.boolean()),
  /** It lets pull requests be voted on to be merged; absent from older servers. */
  tallies: v.optional(v.boolean()),
  /** It takes reasons with votes down, and counts them; absent from older servers. */
  reasons: v.optional(v.boolean()),
})

export type About = v.InferOutput<typeof AboutSchema>
