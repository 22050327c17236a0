/** What a request may be at most. */
export const LIMITS = {
  /** Subjects in one request for scores. */
  subjects: 200,
  /** Votes in one request. */
  votes: 100,
  /** Bytes of a request's body. */
  body: 128 * 1024,
  /** Pull requests in one request for how their votes on merging stand. */
  tallies: 100,
  /** UTF-16 units of a ballot's reason. */
  reason: 2000,
  /** How far a vote's `castAt` may lie ahead of the server's clock, in milliseconds. */
  clockSkew: 5 * 60_000,
} as const
