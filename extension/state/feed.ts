/** A feed as it is read on and on: what has come, what goes on, and what went wrong. */
import { signal } from '@preact/signals-core'
import type { Order } from '#shared/ranking'
import { ask, type FeedAsk, type FeedRow } from '../messages.ts'
import { learnScores } from './scores.ts'

export type { FeedRow }

export type FeedOrder = Exclude<Order, 'forge'>

export interface FeedReading {
  /** `loading`, `more` when there is more to ask for, `end`, or `failed`. */
  state: 'loading' | 'more' | 'end' | 'failed'
  /** How many rows have come. */
  count: number
  /** Why nothing more came. */
  problem: string
}

/** Reads a feed; `onRows` gets each part once, in order. */
export function readingOf(
  repository: string,
  { kind, state, labels, author }: Pick<FeedAsk, 'kind' | 'state' | 'labels' | 'author'>,
  sort: FeedOrder,
  onRows: (rows: FeedRow[]) => void,
) {
  const reading = signal<FeedReading>({ state: 'more', count: 0, problem: '' })
  let cursor: string | undefined
  let isOver = false

  async function more(): Promise<void> {
    const before = reading.peek()
    if (isOver || before.state === 'loading' || before.state === 'end') return
    reading.value = { ...before, state: 'loading', problem: '' }
    try {
      const part = await ask('readFeed', { repository, kind, state, labels, author, sort, cursor })
      if (isOver) return
      cursor = part.next ?? undefined
      learnScores(part.scores)
      onRows(part.rows)
      const count = before.count + part.rows.length
      reading.value = { state: part.next === null ? 'end' : 'more', count, problem: '' }
    } catch (error) {
      if (isOver) return
      const problem = error instanceof Error ? error.message : String(error)
      reading.value = { ...before, state: 'failed', problem }
    }
  }

  return {
    reading,
    more,
    /** What comes from now on is of no interest. */
    end() {
      isOver = true
    },
  }
}
