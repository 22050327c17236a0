import type { Fraction, Rule } from '#shared/rule'

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
    const least = minPeriod > 0 ? `, and at least ${periodWords(minPeriod)}` : ''
    words.push(`The vote lasts ${periodWords(maxPeriod)}${least}.`)
    if (rule.earlyPass) words.push('It passes sooner once nobody left could prevent it.')
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
