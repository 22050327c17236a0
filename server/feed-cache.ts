/**
 * The pages of feeds that were asked for lately, as they left, for whoever asks without a session. A page
 * is good until anything in its repository changes, which the writer says before anybody has a receipt for
 * it; and for a minute at most, since the login of an author may change by an import of another repository.
 */
import { recent } from './recent.ts'

export interface FeedCache {
  /** The page that this request was answered with, if it still would be. */
  get(request: string, now: number): string | undefined
  /** What says later whether the page that is about to be read is still good. */
  editionOf(repository: string): number
  set(request: string, page: Page): void
  /** Something in a repository, `host/owner/name`, is not as it was. */
  changed(repository: string): void
}

interface Page {
  text: string
  repository: string
  /** As it was before the page was read. */
  edition: number
  /** Epoch milliseconds. */
  readAt: number
}

const LASTS = 60_000

/** Remembers at least so many pages; with 0 nothing is kept. */
export function feedCache(capacity: number): FeedCache {
  const pages = recent<Page>(capacity)
  const editions = new Map<string, number>()
  const editionOf = (repository: string) => editions.get(repository) ?? 0
  return {
    get(request, now) {
      const page = pages.get(request)
      if (!page || page.edition !== editionOf(page.repository)) return undefined
      return Math.abs(now - page.readAt) < LASTS ? page.text : undefined
    },
    editionOf,
    set: (request, page) => pages.set(request, page),
    changed: (repository) => editions.set(repository, editionOf(repository) + 1),
  }
}
