/**
 * Scores as the JSON text that travels. A reader of a list asks for a hundred at once, and turning a
 * hundred objects into text costs more than all else together; so the text is made when a vote changes
 * a score, and only glued when somebody reads it.
 */
import { type Evidence, valueOf, type VoterClass } from '#shared/score'
import type { Value } from '#shared/vote'
import { isUnusualAt, type Unusual } from '#shared/unusual'
import { KEYS_PER_ONE, type OrderKeys } from './order-keys.ts'

/** A `ScoreReply` as JSON, as somebody sees it who has not voted. */
export type ScoreText = string

/** What a score begins with that has something unusual to it. */
const UNUSUAL = '{"unusual":'

const ANYBODY = ',"mine":0,"voter":"other"}'

/** The text of a score. `reactions` is JSON already. */
export function scoreText(
  { contributors, others, reactions }: Evidence,
  { hot, rising }: Pick<OrderKeys, 'hot' | 'rising'>,
  unusual?: Unusual,
): ScoreText {
  // join() makes one flat string, where + would keep twenty pieces in the cache.
  return [
    unusual ? `${UNUSUAL}{"votes":${unusual.votes},"at":${unusual.at}},` : '{',
    '"contributors":{"up":',
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

/** What is stored of a subject as unusual, as long as it is to be said. */
export function unusualNow(stored: string | null, now: number): Unusual | undefined {
  if (stored === null) return undefined
  const unusual = JSON.parse(stored) as Unusual // only that was ever written there
  return isUnusualAt(unusual, now) ? unusual : undefined
}

export const isUnusual = (text: ScoreText): boolean => text.startsWith(UNUSUAL)

/** What is unusual about a score. */
export function unusualIn(text: ScoreText): Unusual | undefined {
  if (!isUnusual(text)) return undefined
  return JSON.parse(text.slice(UNUSUAL.length, text.indexOf('}') + 1)) as Unusual // as written above
}

/** The score without that. */
export const usualText = (text: ScoreText): ScoreText =>
  isUnusual(text) ? `{${text.slice(text.indexOf('},') + 2)}` : text

const nothing = { up: 0, down: 0 }

/** The text of a subject on which nobody has said anything. */
export const UNVOTED = scoreText(
  { contributors: nothing, others: nothing, reactions: {} },
  { hot: 0, rising: null },
)
