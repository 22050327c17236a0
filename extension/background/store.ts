/**
 * The background's database, the only place of tokens and the truth about everything that this browser
 * knows. Votes and outbox are kept for good; all other tables could be fetched again. Transactions are
 * strict, so that "saved" means on the disk: Chrome's default only promises the operating system's memory.
 */
import Dexie, { type EntityTable, type Table } from 'dexie'
import { Problem } from '#shared/problem'
import type { Counts, Reactions, VoterClass } from '#shared/score'
import type { SubjectId } from '#shared/subject'
import type { Unusual } from '#shared/unusual'
import type { Value, Vote } from '#shared/vote'
import type { RateLimit, SelfCheck } from '../messages.ts'
import type { ForgeItem } from '../forges/github/api.ts'
import type { ShelfRow } from '../seen-score.ts'

/** Somebody at a server; the same login elsewhere is somebody else. */
export interface Identity {
  server: string
  login: string
}

/** Where a standing vote arrived. */
export interface Delivery extends Identity {
  receipt: number
  /** The voter's class when it arrived. */
  voter: VoterClass
}

/** The last vote cast here on a subject. */
export interface StandingVote extends Vote {
  /** Whom it was cast as; undefined when nobody was signed in. */
  person: Identity | undefined
  delivered: Delivery | undefined
}

/** A vote without a receipt. Sent in the order of `seq`. */
export interface OutboxRow extends Vote {
  seq: number
  person: Identity | undefined
  /** Why a server will not have it; it then stays until the reader says what to do. */
  refused: string | undefined
  /** Its `castAt` has been set back to the server's clock once. */
  clamped: boolean
}

/** What a server said of a subject. */
export interface StoredScore {
  subject: SubjectId
  contributors: Counts
  others: Counts
  reactions: Reactions
  mine: Value
  voter: VoterClass
  hot: number | undefined
  rising: number | undefined
  unusual?: Unusual
  server: string
  /** Whom the server was answering; undefined when nobody was signed in. */
  login: string | undefined
  /** Not newer than this, epoch milliseconds. */
  at: number
}

/** What the forge said of a subject. */
export interface StoredReactions {
  subject: SubjectId
  reactions: Reactions
  createdAt: number | undefined
  /** Negative while the forge has not been asked. */
  at: number
  /** How many people only wrote "+1" about it, as far as its conversation was seen. */
  agreed?: number
}

/** A request to the forge's API that was answered, well or badly. */
export interface StoredRequest {
  url: string
  etag: string | undefined
  items: ForgeItem[]
  at: number
  /** How many pages there are in all; absent in what an older version stored. */
  pages?: number
}

/** A subject on its repository's shelf. */
export interface Shelved {
  subject: SubjectId
  repository: string
  row: ShelfRow
  seenAt: number
}

export interface Session {
  token: string
  login: string
  expiresAt: number
}

export interface Backoff {
  server: string
  failures: number
  until: number
  /** For a person to read. */
  why: string
  /** The server was not reached at all, so any sign of life ends the wait. */
  unreached: boolean
}

/** Single facts, by key. */
export interface Facts {
  /** By server. */
  sessions: Record<string, Session>
  /** What people were called when they signed in here last, by server and by who they are there. */
  people: Record<string, Record<number, string>>
  /** Why a session ended, by server, where the reader did not end it. */
  ended: Record<string, string>
  /** A sign-in that went to the forge's page. */
  granting: { server: string; state: string; verifier: string; redirectUri: string }
  /** A code that is to be entered on the forge's page. */
  device: {
    server: string
    handle: string
    userCode: string
    verificationUri: string
    expiresAt: number
    /** Milliseconds between two questions, and when the next may be asked. */
    interval: number
    nextAt: number
    /** Why the last question got no answer, for a person. */
    trouble: string | undefined
  }
  about: {
    server: string
    at: number
    version: string
    auth: string[]
    orders: string[]
    forges: string[]
    /** Absent in what an older version stored. */
    feeds?: boolean
    tallies?: boolean
    reasons?: boolean
  }
  /** What went wrong last with the server, and when. */
  serverProblem: { server: string; text: string; at: number }
  backoff: Backoff
  /** `refused` once the forge did not accept it. */
  forgeToken: { token: string; refused: boolean }
  limits: Partial<Record<string, RateLimit>>
  forgeProblem: { text: string; at: number }
  selfChecks: SelfCheck[]
  /** Comments that the reader opened although they are worth little, the last ones last. */
  unfolded: SubjectId[]
  lastMiss: SelfCheck
}

export type Store = Dexie & {
  votes: EntityTable<StandingVote, 'subject'>
  outbox: EntityTable<OutboxRow, 'seq'>
  scores: EntityTable<StoredScore, 'subject'>
  reactions: EntityTable<StoredReactions, 'subject'>
  requests: EntityTable<StoredRequest, 'url'>
  shelved: EntityTable<Shelved, 'subject'>
  shelves: EntityTable<{ repository: string; usedAt: number }, 'repository'>
  facts: Table<{ key: keyof Facts; value: unknown }, keyof Facts>
}

/** Opens the database; it is created when it is not there. */
export function openStore(name = 'forgemoot'): Store {
  const store = new Dexie(name, { chromeTransactionDurability: 'strict' }) as Store
  store.version(1).stores({
    votes: 'subject, id',
    outbox: '++seq, &id, subject',
    scores: 'subject, at',
    reactions: 'subject, at',
    requests: 'url, at',
    shelved: 'subject, [repository+seenAt]',
    shelves: 'repository, usedAt',
    facts: 'key',
  })
  return store
}

/** A fact; undefined when it is not known. */
export async function readFact<K extends keyof Facts>(
  store: Store,
  key: K,
): Promise<Facts[K] | undefined> {
  return (await store.facts.get(key))?.value as Facts[K] | undefined // written by writeFact only
}

/** Keeps a fact; undefined forgets it. */
export async function writeFact<K extends keyof Facts>(
  store: Store,
  key: K,
  value: Facts[K] | undefined,
): Promise<void> {
  if (value === undefined) await store.facts.delete(key)
  else await store.facts.put({ key, value })
}

/** Replaces a fact by what is made of it, with nobody in between. */
export function changeFact<K extends keyof Facts>(
  store: Store,
  key: K,
  change: (before: Facts[K] | undefined) => Facts[K] | undefined,
): Promise<void> {
  return store.transaction('rw', store.facts, async () => {
    await writeFact(store, key, change(await readFact(store, key)))
  })
}

/** Does work that must end on the disk; when the disk says no, the reader is told what helps. */
export async function kept<T>(work: () => PromiseLike<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw storageProblemOf(error) ?? error
  }
}

/** The problem in an error of the database; undefined for any other error. */
export function storageProblemOf(error: unknown): Problem | undefined {
  if (!(error instanceof Dexie.DexieError || error instanceof DOMException)) return undefined
  const full = /quota/i.test(`${error.name} ${error.message}`)
  return new Problem(
    'storage',
    full
      ? 'The browser has no room left, so this was not saved. Free some disk space, then try again.'
      : `The browser's database could not keep this (${error.name}), so it was not saved. Try again; if it stays so, restart the browser.`,
  )
}
