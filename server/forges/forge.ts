/**
 * What the server asks of a forge to learn what is in a repository. Lists are read page by page; the address
 * of a page is the forge's own business, can be kept, and works again after a restart.
 */
import type { ItemFacts, RepositoryFacts, WorkFacts } from '../forge-facts.ts'

/** Who reads, while the forge may be slow, busy or gone. */
export interface Reading {
  /** Ends the reading, waits included. */
  signal: AbortSignal
  /** Told when the forge wants to be left alone until a time, epoch milliseconds; null once it goes on. */
  onWait(until: number | null): Promise<void>
}

/** A page of a list. */
export interface Page<Fact> {
  facts: Fact[]
  /** Entries that could not be understood, and were left out. */
  skipped: number
  /** The address of the next page; null after the last. */
  next: string | null
  /** Entries on this page and after it, as far as the forge says; null when it does not. */
  left: number | null
  /** What to show next time to hear whether the page has changed; null when the forge has no such thing. */
  etag: string | null
}

/** A repository as the forge has it now. */
export interface FoundRepository {
  facts: RepositoryFacts
  isPrivate: boolean
}

/** Everything rejects with a `ForgeRefusal`, a `ForgeSilence`, or the signal's reason. */
export interface Forge {
  host: string
  /** A repository by its name, or by its id, whatever it is called by now. */
  repository(
    which: { owner: string; name: string } | { forgeId: number },
    reading: Reading,
  ): Promise<FoundRepository>
  /** The first page of all items, those changed longest ago first; only those changed `since`, epoch milliseconds. */
  changedItems(repository: RepositoryFacts, since: number | null): string
  /** A page of the one newest item, whose number says how many there may be. */
  newestItem(repository: RepositoryFacts): string
  /** The first page of all open items. */
  openItems(repository: RepositoryFacts): string
  /** The first page of what was merged into the default branch, what changed last first. */
  merges(repository: RepositoryFacts): string
  /** The first page of the default branch's commits since a time, epoch milliseconds, newest first. */
  commits(repository: RepositoryFacts, since: number): string
  /** A page of items; undefined when it is what it was at this `etag`. */
  itemPage(
    repository: RepositoryFacts,
    address: string,
    etag: string | null,
    reading: Reading,
  ): Promise<Page<ItemFacts> | undefined>
  /**
   * A page of merges as work, the last where nothing that follows changed `since`, epoch milliseconds;
   * undefined when it is what it was at this `etag`.
   */
  mergePage(
    repository: RepositoryFacts,
    address: string,
    since: number,
    etag: string | null,
    reading: Reading,
  ): Promise<Page<WorkFacts> | undefined>
  /** A page of commits as work, merges left out; undefined when it is what it was at this `etag`. */
  commitPage(
    address: string,
    etag: string | null,
    reading: Reading,
  ): Promise<Page<WorkFacts> | undefined>
  /** An item; undefined when it is not there any more, or is another repository's. */
  item(
    repository: RepositoryFacts,
    number: number,
    reading: Reading,
  ): Promise<ItemFacts | undefined>
  /** What the forge tells by itself, when it is the forge that tells it. */
  news(delivery: Delivery): News
}

/** What arrived, as it arrived. */
export interface Delivery {
  /** Which kind of event. */
  event: string
  body: string
}

/** What a delivery says, in our words. */
export type News =
  | { kind: 'ignored' }
  | {
      kind: 'item'
      repository: RepositoryFacts
      isPrivate: boolean
      item: ItemFacts
      /** It is about a pull request itself, and not about what is said in it. */
      isAboutPull: boolean
    }
  | { kind: 'gone'; repository: RepositoryFacts; number: number }
  | { kind: 'named'; repository: RepositoryFacts }
  | { kind: 'hidden'; repository: RepositoryFacts }
  | { kind: 'work'; repository: RepositoryFacts; isPrivate: boolean }

/** Asking again will not help; the message says what would. `gone` when what was asked for is not there. */
export class ForgeRefusal extends Error {
  constructor(
    message: string,
    readonly gone = false,
  ) {
    super(message)
  }
}

/** The forge did not answer properly however often it was asked; later it may, in so many milliseconds. */
export class ForgeSilence extends Error {
  constructor(
    message: string,
    readonly wait = 0,
  ) {
    super(message)
  }
}
