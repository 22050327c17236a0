import type { Fraction, Rule } from '#shared/rule'
import type { Constitution } from './constitution.ts'

const UNITS: [name: string, seconds: number][] = [
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
]

/** A period in the largest unit that it is a whole number of. */
export function periodWords(seconds: number): string {
  const [name = 'second', size = 1] = UNITS.find(([, size]) => seconds % size === 0) ?? []
  const number = seconds / size
  return `${number} ${name}${number === 1 ? '' : 's'}`
}

const shareWords = ({ num, den }: Fraction) => `${num}/${den}`

/** How a rule reads, a sentence each. */
export function ruleWords(rule: Rule): string[] {
  const { threshold, quorum, minFor, minPeriod, maxPeriod } = rule
  const share = `${threshold.strict ? 'more than' : 'at least'} ${shareWords(threshold)}`
  const words = [
    rule.mode === 'consent'
      ? `It passes after ${periodWords(maxPeriod)} unless somebody objects with a reason.`
      : `It passes when ${share} of those for or against are for it; a tie fails.`,
    `At least ${minFor} ${minFor === 1 ? 'has' : 'have'} to be for it.`,
  ]
  if (quorum.num > 0) {
    words.push(
      `At least ${shareWords(quorum)} of the contributors have to vote: since every vote counts for that, a vote against may be what makes it pass.`,
    )
  }
  if (rule.mode === 'threshold') {
    const least = minPeriod > 0 ? `; for ${periodWords(minPeriod)} nothing is decided` : ''
    words.push(`The vote lasts ${periodWords(maxPeriod)}${least}.`)
    words.push(
      rule.earlyPass
        ? 'It passes sooner once nobody left could prevent it.'
        : 'It does not pass before that time is over.',
    )
    if (rule.earlyFail) words.push('It fails sooner once nobody left could save it.')
  }
  if (rule.veto) words.push('A maintainer’s “against” with a reason holds it up.')
  words.push(
    rule.keepOnPush
      ? 'Ballots stay in force when the code changes.'
      : 'A ballot lapses when the code changes.',
  )
  if (rule.keepObjections && !rule.keepOnPush) {
    words.push('A reasoned “against” stays until its author lifts it.')
  }
  if (rule.setAside) {
    const judges = rule.mode === 'consent' ? 'contributors' : 'maintainers'
    words.push(`It is set aside once ${shareWords(rule.setAside)} of the ${judges} are for it.`)
  }
  if (rule.objectionPeriod !== null) {
    words.push(
      `It holds nothing up any more ${periodWords(rule.objectionPeriod)} after it was said.`,
    )
  }
  if (rule.needsFresh) words.push('Somebody has to be for exactly the code that is merged.')
  words.push(rule.authorMayVote ? 'The author may vote.' : 'The author does not vote.')
  if (rule.delegation) words.push('Members may let another member vote for them.')
  return words
}

const OPENERS: Record<Constitution['open'], string> = {
  automatic: 'It opens by itself',
  author: 'Its author or a maintainer opens it',
  contributors: 'Its author or a contributor opens it',
  maintainers: 'A maintainer opens it',
}

const METHODS = { merge: 'with a merge commit', squash: 'as one commit', rebase: 'by a rebase' }

const names = (logins: readonly string[]) => logins.join(', ')

/** How the rest of a constitution reads: who contributes, who opens and ends a vote, what a pass does. */
export function constitutionWords(constitution: Constitution): string[] {
  const { contributors, maintainers, open, cancel, pass } = constitution
  const { window, work, include, exclude, bots } = contributors
  const least = work === 1 ? '' : `, at least ${work} pull requests or commits`
  return [
    `Contributors: whoever had work merged in the last ${periodWords(window)}${least}${bots ? '; bots too' : ''}.`,
    ...(include.length ? [`Besides them: ${names(include)}.`] : []),
    ...(exclude.length ? [`Not among them: ${names(exclude)}.`] : []),
    maintainers.length ? `Maintainers: ${names(maintainers)}.` : 'Maintainers: nobody.',
    `${OPENERS[open]}; ${cancel === 'author' ? 'its author or a maintainer' : 'a maintainer'} may end it without a decision.`,
    pass.action === 'check'
      ? 'What passes is shown to GitHub as a check, and merged by people.'
      : `What passes is merged by itself, ${METHODS[pass.method]}.`,
  ]
}
