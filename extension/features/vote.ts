import { effect } from '@preact/signals-core'
import { netOf } from '#shared/score'
import { voteButtons } from '../parts/vote-buttons.ts'
import { scoreOf, troubleOf, vote } from '../state/scores.ts'
import { explainScore } from '../parts/score-words.ts'
import type { SubjectFeature } from './feature.ts'

/** Votes on a subject and shows what it is worth. */
export const voteFeature: SubjectFeature = {
  id: 'vote',
  slots: ['row', 'pin', 'title'],
  draw(root, { subject }) {
    const score = scoreOf(subject)
    const buttons = voteButtons(root, {
      onVote: (value) => void vote(subject, value),
      explain: () => explainScore(score.value, troubleOf(subject)),
    })
    return effect(() => {
      const { mine, votesKnown, reactionsKnown } = score.value
      const isKnown = votesKnown || reactionsKnown || mine !== 0
      buttons.show({
        net: isKnown ? netOf(score.value) : undefined,
        mine,
        trouble: troubleOf(subject) !== undefined,
      })
    })
  },
}
