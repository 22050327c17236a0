import type { Counts } from '#shared/score'
import type { StandingVote } from '../scores/order-keys.ts'

/** What standing votes add up to, by class. */
export function countsOf(votes: Iterable<StandingVote>): { contributors: Counts; others: Counts } {
  const contributors = { up: 0, down: 0 }
  const others = { up: 0, down: 0 }
  for (const { value, voter } of votes) {
    if (value === 0) continue
    const counts = voter === 'contributor' ? contributors : others
    counts[value > 0 ? 'up' : 'down'] += 1
  }
  return { contributors, others }
}
