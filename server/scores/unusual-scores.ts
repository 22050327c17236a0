import type { SubjectId } from '#shared/subject'
import { isUnusualAt } from '#shared/unusual'
import type { ScoreCache } from './score-cache.ts'
import { isUnusual, unusualIn, usualText } from './score-text.ts'

export interface SweptScores extends ScoreCache {
  /** Takes out of the remembered scores what is not to be said any more; of which subjects. */
  sweep(now: number): SubjectId[]
}

/**
 * Scores as they are remembered, but what is unusual about them is not said for longer than its hour. Reading
 * costs nothing for it: only who puts a score in looks, and the few that say so are gone through from time to
 * time.
 */
export function sweptScores(cache: ScoreCache): SweptScores {
  const unusual = new Set<SubjectId>()
  return {
    ...cache,
    set(subject, text) {
      cache.set(subject, text)
      if (isUnusual(text)) unusual.add(subject)
    },
    sweep(now) {
      const swept: SubjectId[] = []
      for (const subject of unusual) {
        const text = cache.get(subject)
        const said = text === undefined ? undefined : unusualIn(text)
        if (said && isUnusualAt(said, now)) continue
        unusual.delete(subject)
        swept.push(subject)
        if (text !== undefined && said) cache.set(subject, usualText(text))
      }
      return swept
    },
  }
}
