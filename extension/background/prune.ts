import type { Context } from './context.ts'

const DAY = 86_400_000

/** Drops what was fetched long ago. Votes and outbox are never pruned. */
export async function prune({ store, now }: Context): Promise<void> {
  await store.requests
    .where('at')
    .below(now() - DAY)
    .delete()
  await store.scores
    .where('at')
    .below(now() - 90 * DAY)
    .delete()
  await store.reactions
    .where('at')
    .below(now() - 90 * DAY)
    .delete()
}
