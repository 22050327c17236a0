import { reactionWeights, type Counts } from '#shared/score'
import type { SeenScore } from '../seen-score.ts'

const people = ({ up, down }: Counts) => (up + down === 0 ? 'no votes' : `${up} up, ${down} down`)

/** A number of half units as people write it: `3`, `2.5`. */
const weight = (halves: number) => String(Math.round(halves * 2) / 2)

/** Why a score is what it is, line by line. */
export function explainScore(score: SeenScore, trouble: string | undefined): string[] {
  const lines: string[] = []
  if (trouble !== undefined) lines.push(`Your vote was not kept: ${trouble}`)
  if (score.note) lines.push(score.note)
  if (score.votesKnown) {
    lines.push(`Contributors: ${people(score.contributors)}`, `Others: ${people(score.others)}`)
  } else {
    lines.push('Votes of others: not known without a server')
  }
  const reacted = reactionWeights(score.reactions)
  lines.push(
    score.reactionsKnown
      ? `Reactions: ${weight(reacted.up)} for, ${weight(reacted.down)} against`
      : 'Reactions: not known yet',
  )
  lines.push(`Value: ${score.value.toFixed(2)}, of at most 1`)
  if (score.mine) lines.push(`You voted ${score.mine > 0 ? 'up' : 'down'}`)
  if (score.waiting) lines.push('Your vote is kept on this device only')
  return lines
}

/** A net score in the room of four characters: `57`, `−3`, `1.2k`; a dash when it is not known. */
export function shortNet(net: number | undefined): string {
  if (net === undefined) return '–'
  const size = Math.floor(Math.abs(net))
  const sign = net < 0 && size > 0 ? '−' : ''
  if (size < 1000) return `${sign}${size}`
  if (size < 9950) return `${sign}${(size / 1000).toFixed(1)}k`
  if (size < 999_500) return `${sign}${Math.round(size / 1000)}k`
  return `${sign}${Math.min(99, Math.round(size / 1_000_000))}M`
}
