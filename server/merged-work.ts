import type { ItemFacts, WorkFacts } from './forge-facts.ts'

/**
 * A pull request as the work that it is; null unless it is known to be merged into the default branch. What
 * is merged elsewhere counts once its commits arrive there.
 */
export function mergedWork({
  kind,
  isHome,
  mergedAt,
  author,
  number,
}: ItemFacts): WorkFacts | null {
  if (kind !== 'pull' || !isHome || mergedAt === null || author === null) return null
  return { kind, ref: String(number), account: author, at: mergedAt }
}
