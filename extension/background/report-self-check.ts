import type { SelfCheck } from '../messages.ts'
import type { Context } from './context.ts'
import { readFact, writeFact } from './store.ts'

const KEPT = 10

/** Keeps the last few checks, and the last in which something was missed. */
export async function reportSelfCheck({ store }: Context, check: SelfCheck): Promise<void> {
  await store.transaction('rw', store.facts, async () => {
    const before = (await readFact(store, 'selfChecks')) ?? []
    await writeFact(store, 'selfChecks', [check, ...before].slice(0, KEPT))
    if (isMiss(check)) await writeFact(store, 'lastMiss', check)
  })
}

/** Whether the page is not as we know it: nothing found, rows without a subject, subjects without widgets. */
export function isMiss({ rows, named, widgets, isEmpty }: SelfCheck): boolean {
  return !isEmpty && (named === 0 || named < rows || widgets < named)
}
