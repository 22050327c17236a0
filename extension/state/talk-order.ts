/** In which order a conversation is shown: what stands together stays together, by the best in it. */
import { controversyOf, type Order } from '#shared/ranking'
import type { SubjectId } from '#shared/subject'
import type { SeenScore } from '../seen-score.ts'
import { scoreOf } from './scores.ts'

export type TalkOrder = Extract<Order, 'forge' | 'value' | 'controversial'>

/** What is placed as one: a comment, or a review with its threads. */
export interface Together {
  subject: SubjectId
  comments: readonly { subject: SubjectId }[]
}

const KEYS: Record<Exclude<TalkOrder, 'forge'>, (score: SeenScore) => number> = {
  value: (score) => score.value,
  controversial: (score) => controversyOf(score),
}

/** The items in an order, best first; equals stay in the order of time. Undefined for that of time. */
export function rankedTalk(
  items: readonly Together[],
  order: TalkOrder,
): readonly SubjectId[] | undefined {
  if (order === 'forge') return undefined
  const keyOf = ({ subject }: { subject: SubjectId }) => KEYS[order](scoreOf(subject).value)
  return items
    .map(({ subject, comments }) => ({ subject, key: Math.max(...comments.map(keyOf)) }))
    .toSorted((a, b) => b.key - a.key)
    .map(({ subject }) => subject)
}
