import { effect } from '@preact/signals-core'
import { netOf } from '#shared/score'
import { voteButtons } from '../parts/vote-buttons.ts'
import { scoreOf, troubleOf, vote } from '../state/scores.ts'
import { explainScore, shortNet } from '../parts/score-words.ts'
import type { SeenScore } from '../seen-score.ts'
import type { SubjectFeature } from './feature.ts'

/** Votes on a subject and shows what it is worth. */
export const voteFeature: SubjectFeature = {
  id: 'vote',
  slots: ['row', 'pin', 'title'],
  preview: ({ subject }) => shortNet(netKnown(scoreOf(subject).peek())),
  draw(root, { subject }) {
    const score = scoreOf(subject)
    const buttons = voteButtons(root, {
      onVote: (value) => void vote(subject, value),
      explain: () => explainScore(score.value, troubleOf(subject)),
    })
    const stop = effect(() => {
      const { mine, note } = score.value
      const mark = troubleOf(subject) ? 'trouble' : note ? 'unusual' : ''
      buttons.show({ net: netKnown(score.value), mine, mark })
    })
    return () => {
      stop()
      buttons.end()
    }
  },
}

/** The plain balance; undefined while nothing is known. */
function netKnown(score: SeenScore): number | undefined {
  const isKnown = score.votesKnown || score.reactionsKnown || score.mine !== 0
  return isKnown ? netOf(score) : undefined
}
