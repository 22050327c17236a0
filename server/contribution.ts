/** What makes a contributor, until a repository's constitution can say it. */
export const CONTRIBUTION = {
  /** How far back merged work counts, in days. */
  windowDays: 365,
  /** Merged pull requests or commits that it takes. */
  needed: 1,
}

/** Since when work counts that is looked at `now`; both epoch milliseconds. */
export const workSince = (now: number) => now - CONTRIBUTION.windowDays * 86_400_000
