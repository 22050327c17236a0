/**
 * In which order a list is shown. An order is worked out once, at the start of a visit or when the
 * reader asks; after that nothing moves under the reader. When the scores would give another order,
 * there is a new one, and the reader may ask for it.
 */
import { signal } from '@preact/signals-core'
import { controversyOf, type Order, topOf } from '#shared/ranking'
import { repositoryOf, type SubjectId } from '#shared/subject'
import type { Choice } from '../messages.ts'
import type { SeenScore } from '../seen-score.ts'
import { scoreOf } from './scores.ts'

/** What an order is worked out from. */
export interface Row {
  subject: SubjectId
  /** Epoch milliseconds, where the page says so. */
  createdAt(): number | undefined
}

/** Orders that the present server can rank by; those that need none are always there. */
export const offered = signal<readonly Choice[]>([])

const ALWAYS: readonly Choice[] = ['forge', 'value', 'top', 'controversial', 'new']

/** Whether the menu shows it. */
export function isOffered(order: Choice): boolean {
  return ALWAYS.includes(order) || offered.value.includes(order)
}

type Key = (score: SeenScore, row: Row, inOneRepository: boolean) => number

/** Inside one repository numbers grow with time, and every row has one. */
const numberOf = (subject: SubjectId) => Number(/#(\d+)/.exec(subject)?.[1])

const KEYS: Record<Exclude<Order, 'forge'>, Key> = {
  value: (score) => score.value,
  top: (score) => topOf(score),
  hot: (score) => score.hot ?? 0,
  rising: (score) => score.rising ?? -Infinity,
  controversial: (score) => controversyOf(score),
  new: (score, row, inOneRepository) =>
    inOneRepository ? numberOf(row.subject) : (row.createdAt() ?? score.createdAt ?? 0),
}

/** The rows in an order, best first; equals stay as the forge has them. Undefined for its own order. */
export function ranked(rows: readonly Row[], order: Order): readonly SubjectId[] | undefined {
  if (order === 'forge') return undefined
  const inOneRepository = new Set(rows.map((row) => repositoryOf(row.subject))).size === 1
  const keyed = rows.map((row) => ({
    row,
    key: KEYS[order](scoreOf(row.subject).value, row, inOneRepository),
  }))
  // Array sort is stable, so ties keep the forge's order.
  return keyed
    .toSorted((a, b) => (a.key === b.key ? 0 : b.key - a.key))
    .map(({ row }) => row.subject)
}

/** Whether two orders show these rows alike. */
export function sameOrder(
  a: readonly SubjectId[] | undefined,
  b: readonly SubjectId[] | undefined,
) {
  if (!a || !b) return a === b
  return a.length === b.length && a.every((subject, index) => subject === b[index])
}
