import type { Client } from '@libsql/client'
import type { FeedCache } from './feed-cache.ts'
import type { Forge } from './forges/forge.ts'
import type { PullForge } from './forges/forge-pulls.ts'
import type { Limits } from './http/limits.ts'
import type { Metrics } from './operations/metrics.ts'
import type { Recent } from './recent.ts'
import type { ScoreAnswers } from './scores/score-answers.ts'
import type { ScoreCache } from './scores/score-cache.ts'
import type { SignIn } from './sign-in.ts'
import type { Writer } from './writer/writer.ts'

/** Who is asking. */
export interface Caller {
  personId: number
  login: string
  sessionId: number
  /** Epoch milliseconds. */
  expiresAt: number
}

/** Who says who somebody is: they themselves, or GitHub. */
export type WayToSignIn = 'local' | 'github'

/** What every service is handed. */
export interface Context {
  /** For reading only; what changes the database goes through `writer`. */
  db: Client
  writer: Omit<Writer, 'lost' | 'close' | 'queued' | 'commits'>
  /** The scores read or changed lately. */
  scores: ScoreCache
  /** Whole answers about them. */
  answers: ScoreAnswers
  /** The pages of feeds asked for lately. */
  feeds: FeedCache
  /** Sessions used lately, by the hash of their token. */
  sessions: Recent<Caller>
  /** The hosts whose subjects are kept; logins belong to the first. */
  forges: readonly [string, ...string[]]
  /** The forge that imports read. */
  forge: Forge
  /** The same forge, as votes on merging ask it. */
  pulls: PullForge
  /** The queue of imports. */
  imports: { wake(): void }
  /** What tallies do by themselves. */
  tallies: { wake(): void }
  /** What the forge signs its deliveries with; undefined as long as nobody has said. */
  webhookSecret(): string | undefined
  auth: WayToSignIn
  signIn: SignIn
  version: string
  /** Where the database is. */
  database: string
  metrics: Metrics
  limits: Limits
  /** How many reverse proxies stand before the server. */
  proxies: number
  /** What lets others than this machine see the metrics. */
  metricsToken: string | undefined
  /** Epoch milliseconds. */
  now(): number
}
