/**
 * The orders that reddit published, to hold ours against: reddit-archive/reddit, `_sorts.pyx`. None of them
 * orders a list here. Hot buys twelve and a half hours with ten times the votes, which makes a list of
 * issues one of new issues; controversial falls when the weaker side overtakes.
 */

/** The newest ten times the votes weigh as much as this many seconds. */
const SECONDS = 45_000

/** When reddit's count of seconds begins, in seconds since 1970. */
const EPOCH = 1_134_028_003

/** `seconds` since 1970 is when it was posted. */
export function redditHot(up: number, down: number, seconds: number): number {
  const net = up - down
  return Math.sign(net) * Math.log10(Math.max(Math.abs(net), 1)) + (seconds - EPOCH) / SECONDS
}

/** As since May 2014; 0 unless there are both. */
export function redditControversial(up: number, down: number): number {
  if (up <= 0 || down <= 0) return 0
  return (up + down) ** (Math.min(up, down) / Math.max(up, down))
}

/** As until then. */
export const redditControversialBefore2014 = (up: number, down: number) =>
  (up + down) / Math.max(Math.abs(up - down), 1)
