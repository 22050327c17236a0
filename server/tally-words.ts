/** What a tally comes to, in words: what is missing, how it ended. The same for the page and the forge. */
import { carries, reaches, type Rule } from '#shared/rule'
import type { Tally } from '#shared/tally'

const members = (count: number) => `${count} ${count === 1 ? 'member' : 'members'}`

const votes = (count: number) => `${count} more ${count === 1 ? 'vote' : 'votes'}`

/** How many more in favour would do, if nobody else voted; undefined when not even all who are left. */
export function neededFor(tally: Tally, rule: Rule): number | undefined {
  for (let more = 0; more <= tally.remaining; more++) {
    const isEnough =
      tally.for + more >= rule.minFor &&
      (rule.mode === 'consent' || carries(tally.for + more, tally.against, rule.threshold))
    if (isEnough) return more
  }
  return undefined
}

/** How many more have to vote, either way, for the quorum. */
export function neededCast(tally: Tally, rule: Rule): number {
  const least = Math.ceil((rule.quorum.num * tally.electorate) / rule.quorum.den)
  return Math.max(0, least - tally.cast)
}

/** What would settle an open tally, a clause each; `nameOf` says what a member is called. */
export function missingWords(
  tally: Tally,
  rule: Rule,
  nameOf: (member: string) => string,
): string[] {
  const words: string[] = []
  const names = (list: readonly string[]) => list.map(nameOf).join(', ')
  const blocks = rule.mode === 'consent' ? tally.objections : tally.vetoes
  if (blocks.length) {
    words.push(
      `held up by ${rule.mode === 'consent' ? 'an objection' : 'a veto'} of ${names(blocks)}`,
    )
  }
  const needed = neededFor(tally, rule)
  if (needed === undefined) words.push('not enough are left to pass it')
  else if (needed > 0) words.push(`${needed} more in favour`)
  const cast = neededCast(tally, rule)
  if (cast > (needed ?? 0)) words.push(`${votes(cast)} for the quorum`)
  if (needed === 0 && rule.needsFresh && !tally.freshMet)
    words.push('somebody in favour of exactly this commit')
  const isSafe = rule.mode === 'threshold' && cannotFail(tally, rule)
  if (
    !isSafe &&
    needed === 0 &&
    cast === 0 &&
    !blocks.length &&
    (!rule.needsFresh || tally.freshMet)
  ) {
    words.push('passes at its end as it stands')
    const settling = neededToSettle(tally, rule)
    if (settling)
      words.push(`${settling} more in favour ${settling === 1 ? 'passes' : 'pass'} it sooner`)
  }
  words.push(`${tally.remaining} of ${members(tally.electorate)} may still vote`)
  if (isSafe) words.push('can no longer fail')
  return words
}

/** How many more in favour pass it before its end, whatever the rest do; undefined where that is not so. */
function neededToSettle(tally: Tally, rule: Rule): number | undefined {
  if (rule.mode === 'consent' || !rule.earlyPass || rule.delegation) return undefined
  for (let more = 0; more <= tally.remaining; more++) {
    const isSettled =
      reaches(tally.cast + more, tally.electorate, rule.quorum) &&
      tally.for + more >= rule.minFor &&
      carries(tally.for + more, tally.against + tally.remaining - more, rule.threshold)
    if (isSettled) return more
  }
  return undefined
}

/** Whether it passes whatever those do who have not voted. */
function cannotFail(tally: Tally, rule: Rule): boolean {
  return (
    !rule.delegation &&
    !tally.vetoes.length &&
    (!rule.veto || tally.remaining === 0) &&
    reaches(tally.cast, tally.electorate, rule.quorum) &&
    tally.for >= rule.minFor &&
    carries(tally.for, tally.against + tally.remaining, rule.threshold) &&
    (!rule.needsFresh || tally.freshMet)
  )
}

const REASONS: Record<string, string> = {
  deadline: 'It passed when its time was over.',
  'early-pass': 'It passed: nobody left could have prevented it.',
  consent: 'It passed: nobody objected.',
  'empty-electorate': 'It failed: nobody may vote.',
  veto: 'It failed: a maintainer’s veto stood at the end.',
  objection: 'It failed: an objection stood at the end.',
  quorum: 'It failed: too few voted.',
  'min-for': 'It failed: too few were in favour.',
  tie: 'It failed: as many were against it as for it.',
  threshold: 'It failed: the share in favour was too small.',
  'fresh-ballot': 'It failed: nobody in favour had seen the last commit.',
  'early-fail': 'It failed: nobody left could have saved it.',
  push: 'The code changed: the vote went on about the new commit.',
}

/** How a tally ended, as a sentence. */
export function endWords(status: string, reason: string | null): string {
  if (status === 'cancelled')
    return `It was ended without a decision: ${reason ?? 'no reason given'}`
  if (status === 'overridden')
    return `It was merged without waiting for the vote${reason ? `, by ${reason}` : ''}.`
  return REASONS[reason ?? ''] ?? 'It is over.'
}
