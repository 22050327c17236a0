import { type Reason, REASONS } from '#shared/vote'
import type { SeenReasons } from '../seen-reasons.ts'

export const REASON_NAMES: Record<Reason, string> = {
  rude: 'Rude',
  'off-topic': 'Off topic',
  duplicate: 'Duplicate',
  wrong: 'Wrong',
}

/** Why people are against something, line by line; nothing where nobody said so. */
export function reasonLines({ contributors, others, mine }: SeenReasons): string[] {
  const lines: string[] = []
  const [own, rest] = [countsText(contributors), countsText(others)]
  if (own) lines.push(`Contributors against: ${own}`)
  if (rest) lines.push(`Others against: ${rest}`)
  if (mine) lines.push(`Your reason: ${REASON_NAMES[mine].toLowerCase()}`)
  return lines
}

function countsText(counts: SeenReasons['others']): string {
  return REASONS.map((reason) => ({ reason, count: counts[reason] ?? 0 }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count)
    .map(({ reason, count }) => `${count} ${REASON_NAMES[reason].toLowerCase()}`)
    .join(', ')
}
