/**
 * Scores as the JSON text that travels. A reader of a list asks for a hundred at once, and turning a
 * hundred objects into text costs more than all else together; so the text is made when a vote changes
 * a score, and only glued when somebody reads it.
 */
import { type Evidence, valueOf, type VoterClass } from '#shared/score'
import type { Value } from '#shared/vote'
import { KEYS_PER_ONE, type OrderKeys } from './order-keys.ts'

/** A `ScoreReply` as JSON, as somebody sees it who has not voted. */
export type ScoreText = string

const ANYBODY = ',"mine":0,"voter":"other"}'

/** The text of a score. `reactions` is JSON already. */
export function scoreText(
  { contributors, others, reactions }: Evidence,
  { hot, rising }: Pick<OrderKeys, 'hot' | 'rising'>,
): ScoreText {
  // join() makes one flat string, where + would keep twenty pieces in the cache.
  return [
    '{"contributors":{"up":',
    contributors.up,
    ',"down":',
    contributors.down,
    '},"others":{"up":',
    others.up,
    ',"down":',
    others.down,
    '},"reactions":',
    JSON.stringify(reactions),
    ',"value":',
    valueOf({ contributors, others, reactions }),
    ',"hot":',
    hot / KEYS_PER_ONE,
    ',"rising":',
    rising === null ? 'null' : rising / KEYS_PER_ONE,
    ANYBODY,
  ].join('')
}

/** The same score as one reader sees it. */
export function scoreTextFor(text: ScoreText, mine: Value, voter: VoterClass): ScoreText {
  if (mine === 0 && voter === 'other') return text
  return `${text.slice(0, -ANYBODY.length)},"mine":${mine},"voter":"${voter}"}`
}

const nothing = { up: 0, down: 0 }

/** The text of a subject on which nobody has said anything. */
export const UNVOTED = scoreText(
  { contributors: nothing, others: nothing, reactions: {} },
  { hot: 0, rising: null },
)
