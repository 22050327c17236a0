/** The rule of a tally: what it takes to merge. Fractions are exact, periods are whole seconds. */

/** `num / den`, exactly. */
export interface Fraction {
  num: number
  den: number
}

/** A share of the votes for and against; `strict` when it has to be exceeded. */
export interface Threshold extends Fraction {
  strict: boolean
}

export interface Rule {
  /** Whether members vote it through, or it passes unless somebody objects. */
  mode: 'threshold' | 'consent'
  /** The share of those for or against that has to be for. Ties fail always. */
  threshold: Threshold
  /** The share of the electorate that has to cast a ballot. */
  quorum: Fraction
  /** How many have to be for, at least. */
  minFor: number
  /** Before this nothing is decided. */
  minPeriod: number
  /** After this everything is. */
  maxPeriod: number
  /** Passes before the deadline once no ballot that is not cast yet could prevent it. */
  earlyPass: boolean
  /** Fails before the deadline once no ballot that is not cast yet could save it. */
  earlyFail: boolean
  /** A maintainer's reasoned "against" holds it up. */
  veto: boolean
  /**
   * The share of the maintainers who have to be for it to set vetoes aside, and of the electorate to set
   * objections aside where consent is asked for; null when only their authors can lift them.
   */
  setAside: Fraction | null
  /** How long after it was cast a reasoned "against" holds anything up; null when without end. */
  objectionPeriod: number | null
  authorMayVote: boolean
  /** Ballots stay in force when the head moves. */
  keepOnPush: boolean
  /** Reasoned ballots against stay in force when the head moves, until their authors lift them. */
  keepObjections: boolean
  /** Somebody has to be for it who saw exactly the head that would be merged. */
  needsFresh: boolean
  /** A member may let another one vote for them. */
  delegation: boolean
}

/** Largest counted number: products of two stay exact in a double. */
const MOST = 2 ** 26

const isCount = (n: number) => Number.isInteger(n) && n >= 0 && n <= MOST

const isShare = ({ num, den }: Fraction) => isCount(num) && isCount(den) && den > 0 && num <= den

/** What is wrong with a rule, in words; empty when it can be used. */
export function faultsOf(rule: Rule): string[] {
  const { threshold, quorum, minFor, minPeriod, maxPeriod, setAside, objectionPeriod } = rule
  const faults: string[] = []
  const { num, den, strict } = threshold
  if (!isCount(num) || !isCount(den) || den === 0) faults.push('threshold: not a fraction')
  else if (2 * num < den || num > den) faults.push('threshold: from 1/2 to 1')
  else if (strict && num === den) faults.push('threshold: nobody can exceed all')
  if (!isCount(quorum.num) || !isCount(quorum.den) || quorum.den === 0)
    faults.push('quorum: not a fraction')
  else if (quorum.num > quorum.den) faults.push('quorum: from 0 to 1')
  if (!isCount(minFor)) faults.push('minFor: not a count')
  if (!isCount(minPeriod)) faults.push('minPeriod: not a number of seconds')
  if (!isCount(maxPeriod) || maxPeriod === 0) faults.push('maxPeriod: not a number of seconds')
  else if (minPeriod > maxPeriod) faults.push('minPeriod: not longer than maxPeriod')
  if (setAside && !(isShare(setAside) && setAside.num > 0)) faults.push('setAside: above 0, to 1')
  if (objectionPeriod !== null && !isCount(objectionPeriod))
    faults.push('objectionPeriod: not a number of seconds')
  return faults
}

/** Whether `part` of `whole` is at least the fraction. */
export const reaches = (part: number, whole: number, { num, den }: Fraction) =>
  part * den >= num * whole

/** Whether those for carry it against those against. */
export function carries(pro: number, contra: number, { num, den, strict }: Threshold): boolean {
  if (pro <= contra) return false
  return strict ? pro * den > num * (pro + contra) : pro * den >= num * (pro + contra)
}
