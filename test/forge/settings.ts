/** What a test may set; `defaultSettings` is a forge in good health. */
export interface ForgeSettings {
  /** Who is signed in on the pages; null when nobody is. */
  signedIn: string | null
  /** The form of the repository pull request list. */
  pullList: 'rails' | 'react'
  /** Rows on a page of a repository's list. GitHub's are 25. */
  rows: number
  /** Ends every hashed class name; another deploy has others. */
  release: string
  delays: ForgeDelays
  api: ApiSettings
}

/** Milliseconds. */
export interface ForgeDelays {
  /** Between the page's load and React's hydration. */
  hydration: number
  /** Before the list's second query is answered. */
  secondary: number
  /** Between polls of the merge box. */
  mergePoll: number
}

export interface ApiSettings {
  /** Ends every connection to the API without an answer. */
  down: boolean
  /** Answers 500 to everything when set. */
  failing: boolean
  /** Milliseconds before each answer. */
  delay: number
  /** Requests left, for every caller, in place of those that were counted. */
  left: { core?: number; search?: number }
  /** Unix seconds at which the limits are reset; by default an hour (a minute) from the first request. */
  reset: number | null
}

export function defaultSettings(): ForgeSettings {
  return {
    signedIn: null,
    pullList: 'rails',
    rows: 25,
    release: '2026-11-20',
    delays: { hydration: 0, secondary: 50, mergePoll: 2000 },
    api: { down: false, failing: false, delay: 0, left: {}, reset: null },
  }
}
