import type { VoterClass } from '#shared/score'
import type { Reason } from '#shared/vote'

/** How many of those against a subject said why, as far as it is known, and what the reader said. */
export interface SeenReasons {
  contributors: Partial<Record<Reason, number>>
  others: Partial<Record<Reason, number>>
  mine: Reason | undefined
}

/** No reasons known. */
export const unsaid = (): SeenReasons => ({ contributors: {}, others: {}, mine: undefined })

/** The reasons after the reader gives this one, or none any more. */
export function reasonsAfter(
  seen: SeenReasons,
  voter: VoterClass,
  mine: Reason | undefined,
): SeenReasons {
  const side = voter === 'contributor' ? 'contributors' : 'others'
  const counts = { ...seen[side] }
  const left = seen.mine && (counts[seen.mine] ?? 0) - 1
  if (seen.mine && left) counts[seen.mine] = Math.max(0, left)
  else if (seen.mine) delete counts[seen.mine]
  if (mine) counts[mine] = (counts[mine] ?? 0) + 1
  return { ...seen, [side]: counts, mine }
}
