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

/** Whether the page is not as we know it: rows that name no subject, or nothing found at all. */
export function isMiss({ rows, named, strategies }: SelfCheck): boolean {
  return named < rows || Object.values(strategies).every((strategy) => strategy === '')
}
