/** What got in the way of an answer: a limit, or a fault of any kind. */
export type Obstacle =
  | { fault: string }
  | { limited: { status: number; headers: Headers; text: string } }

export interface Wait {
  milliseconds: number
  /** Which limit it is because of; undefined for a fault. */
  limit: 'primary' | 'secondary' | undefined
}

const SECOND = 1000
const MINUTE = 60 * SECOND

/** How long to leave GitHub alone after the n-th obstacle in a row, counted from 1. */
export function waitOf(obstacle: Obstacle, nth: number, now: number): Wait {
  const doubling = 2 ** (nth - 1)
  if ('fault' in obstacle) return { milliseconds: SECOND * doubling, limit: undefined }
  const { headers } = obstacle.limited
  const retryAfter = numberIn(headers, 'retry-after')
  if (retryAfter !== undefined) return { milliseconds: retryAfter * SECOND, limit: 'secondary' }
  const reset = numberIn(headers, 'x-ratelimit-reset')
  if (headers.get('x-ratelimit-remaining') === '0' && reset !== undefined) {
    // By their own clock where they tell it: ours may be wrong by days. A second more: theirs has no smaller unit.
    const theirs = Date.parse(headers.get('date') ?? '')
    const left = reset * SECOND - (Number.isNaN(theirs) ? now : theirs)
    return { milliseconds: Math.max(0, left) + SECOND, limit: 'primary' }
  }
  return { milliseconds: MINUTE * doubling, limit: 'secondary' }
}

function numberIn(headers: Headers, name: string): number | undefined {
  const value = headers.get(name)
  return value !== null && /^\d{1,12}$/.test(value) ? Number(value) : undefined
}
