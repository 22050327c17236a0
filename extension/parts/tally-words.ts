/** Times and shares of a vote on merging, in words. */
import type { Tally } from '../seen-tally.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A span of time, in its largest unit: `2 days`, `3 hours`, `less than a minute`. */
export function spanText(milliseconds: number): string {
  const [size, name] =
    milliseconds >= DAY ? [DAY, 'day'] : milliseconds >= HOUR ? [HOUR, 'hour'] : [MINUTE, 'minute']
  const count = Math.floor(milliseconds / size)
  if (count < 1) return 'less than a minute'
  return `${count} ${name}${count === 1 ? '' : 's'}`
}

export const STATES: Record<Tally['outcome']['status'], string> = {
  open: 'Open',
  passed: 'Passed',
  failed: 'Failed',
  cancelled: 'Ended',
  superseded: 'Superseded',
  overridden: 'Overridden',
}

/** What the status line says: what is missing, or how it ended. */
export function statusWords(tally: Tally, now: number): string {
  const { outcome, missing, endsAt, notBefore } = tally
  if (outcome.status !== 'open') return [outcome.words, mergeWords(tally)].filter(Boolean).join(' ')
  const clauses = [...missing]
  if (now < notBefore) clauses.push(`nothing is decided for ${spanText(notBefore - now)}`)
  clauses.push(endsAt > now ? `ends in ${spanText(endsAt - now)}` : 'ends now')
  const text = clauses.join('; ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

function mergeWords({ merge, outcome }: Tally): string {
  if (outcome.status !== 'passed') return merge.state === 'done' ? (merge.note ?? '') : ''
  if (merge.pass === 'check') return merge.note ?? ''
  if (merge.state === 'done') return merge.note ?? 'It was merged.'
  if (merge.state === 'lapsed') return merge.note ?? 'It was not merged in time.'
  return merge.note === null ? 'It is being merged.' : `It is not merged yet: ${merge.note}`
}

/** The bar in words, for who does not see it. */
export function barWords({ counts, electorate, turnout }: Tally): string {
  if (!counts) return `${turnout} of ${electorate.size} have voted`
  const abstained = counts.abstain ? `, ${counts.abstain} abstained` : ''
  return `${counts.for} for, ${counts.against} against${abstained}, ${counts.remaining} of ${electorate.size} without a ballot`
}

/** Where the bar has marks, in members: how many in favour would pass it, and how many have to vote. */
export function marksOf({ counts, electorate, rule }: Tally) {
  const quorum = Math.ceil((rule.quorum.num * electorate.size) / rule.quorum.den)
  const more = counts?.neededFor ?? null
  return { needed: counts && more !== null ? counts.for + more : null, quorum }
}

/** The marks in words, while they matter. */
export function markWords(tally: Tally): string[] {
  if (tally.outcome.status !== 'open') return []
  const { needed, quorum } = marksOf(tally)
  return [
    ...(needed === null ? [] : [`passes with ${needed} for`]),
    ...(quorum > 0 ? [`${quorum} have to vote`] : []),
  ]
}
