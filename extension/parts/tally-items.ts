/** Who decided what on merging, and what happened, an item each. */
import type { Choice, Tally } from '../seen-tally.ts'
import { element } from './element.ts'
import { timeText } from './time-text.ts'

const SAYS: Record<Choice, string> = {
  for: 'is for it',
  against: 'is against it',
  abstain: 'abstains',
  withdrawn: 'took the ballot back',
}

export function ballotItem({
  voter,
  choice,
  reason,
  isStale,
  isCarried,
  head,
}: Tally['ballots'][number]) {
  const note = isStale
    ? ` about ${head.slice(0, 7)}, which does not count any more`
    : isCarried
      ? ` about ${head.slice(0, 7)}, which still counts`
      : ''
  return [
    element('b', { class: 'name' }, voter),
    ` ${SAYS[choice]}${note}`,
    ...(reason ? [element('span', { class: 'reason' }, reason)] : []),
  ]
}

export const delegationItem = ({ from, to }: Tally['delegations'][number]) => [
  element('b', { class: 'name' }, from),
  ' votes through ',
  element('b', { class: 'name' }, to),
]

export function historyItem({ by, words, at }: Tally['history'][number]) {
  return [
    ...(by === null ? [] : [element('b', { class: 'name' }, by), ' ']),
    words,
    element('span', { class: 'small' }, ` ${timeText(at)}`),
  ]
}
