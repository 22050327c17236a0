/**
 * The count of a tally, as a pure function of what was cast, under which rule, by whom, and the time. Only
 * whole numbers are computed with. Whether a decision stands is not decided here: who keeps the log writes
 * the first one down, and stands by it.
 */
import { carries, reaches, type Rule } from './rule.ts'

/** For 1, abstain 0, against -1; null once withdrawn. */
export type BallotValue = 1 | 0 | -1 | null

/** A member's say on one head. Voters are compared without case; identity is for the caller to see to. */
export interface CastBallot {
  voter: string
  value: BallotValue
  /** When the server took it, whole seconds. */
  at: number
  /** When it was first cast, where it was taken over from an earlier head; else `at`. */
  castAt?: number
  /** The head that the voter saw. */
  sha: string
  /** It was about merging into another branch: no rule keeps support for that. */
  isElsewhere?: boolean
  reason: string | null
}

/** Lets somebody vote in one's place while one has no ballot of one's own; null takes it back. */
export interface Delegation {
  from: string
  to: string | null
  at: number
}

export interface TallyInput {
  rule: Rule
  /** Everybody who may vote, each once; frozen when the tally opened. */
  electorate: readonly string[]
  maintainers: readonly string[]
  author: string | null
  /** The head that would be merged; null when ballots are bound to none. */
  headSha: string | null
  /** Other heads whose content is the same: what was cast there counts here. */
  sameContent?: readonly string[]
  /** Whole seconds, as all times. */
  openedAt: number
  now: number
  /** In the order of the log. */
  ballots: readonly CastBallot[]
  delegations: readonly Delegation[]
}

export type Outcome =
  | { status: 'open'; reason: 'min-period' | 'veto' | 'objection' | 'voting' }
  | { status: 'passed'; reason: 'deadline' | 'early-pass' | 'consent' }
  | {
      status: 'failed'
      reason:
        | 'empty-electorate'
        | 'veto'
        | 'objection'
        | 'quorum'
        | 'min-for'
        | 'tie'
        | 'threshold'
        | 'fresh-ballot'
        | 'early-fail'
    }

export interface Counts {
  for: number
  against: number
  abstain: number
  /** The sum of these. */
  cast: number
}

/** What a tally comes to now. Names are in lower case, and sorted. */
export type Tally = Outcome &
  Counts & {
    /** How many members there are, without a barred author. */
    electorate: number
    /** Members without a ballot of their own in force: they may still vote. */
    remaining: number
    quorumMet: boolean
    minForMet: boolean
    /** Null where consent is asked for. */
    thresholdMet: boolean | null
    /** Whether somebody is for exactly this head. */
    freshMet: boolean
    /** Whose reasoned "against" holds it up. */
    vetoes: string[]
    objections: string[]
    /** Whose would, had not enough others set it aside. */
    setAside: string[]
    /** Whose ballot speaks of another head. */
    stale: string[]
  }

/** When a tally ends, whole seconds. */
export const deadlineOf = ({ openedAt, rule }: Pick<TallyInput, 'openedAt' | 'rule'>) =>
  openedAt + rule.maxPeriod

/** A voter's last word: in force, or about another head; undefined when there is none. */
type LastWord = { ballot: CastBallot; isStale: boolean } | undefined

/** Counts. Give it a rule without faults. */
export function tallyOf(input: TallyInput): Tally {
  const { rule } = input
  const barred = rule.authorMayVote ? null : (input.author?.toLowerCase() ?? null)
  const members = namesOf(input.electorate, barred)
  const maintainers = namesOf(input.maintainers, barred)
  const wordOf = lastWordsOf(input)
  const isCast = (name: string) => wordOf(name)?.isStale === false
  const own = countOf([...members].map((name) => ownValue(wordOf(name))))
  const values = rule.delegation ? delegatedValues(input, members, wordOf) : undefined
  const counts = values ? countOf(values) : own
  const remaining = [...members].filter((name) => !isCast(name)).length
  const blocks = blocksOf(input, members, maintainers, wordOf)
  const tally = {
    ...counts,
    electorate: members.size,
    remaining,
    quorumMet: reaches(counts.cast, members.size, rule.quorum),
    minForMet: counts.for >= rule.minFor,
    thresholdMet:
      rule.mode === 'consent' ? null : carries(counts.for, counts.against, rule.threshold),
    freshMet: [...members].some((name) => isFreshFor(wordOf(name), input.headSha)),
    ...blocks,
    stale: [...new Set([...members, ...maintainers])]
      .filter((name) => wordOf(name)?.isStale)
      .toSorted(),
  }
  return { ...outcomeOf(input, tally, own), ...tally }
}

function namesOf(names: readonly string[], barred: string | null): Set<string> {
  const set = new Set(names.map((name) => name.toLowerCase()))
  if (barred !== null) set.delete(barred)
  return set
}

/** The latest ballot of everybody, by time and then by place in the log. */
function lastWordsOf(input: TallyInput): (name: string) => LastWord {
  const { rule, headSha, openedAt, now, ballots } = input
  const deadline = deadlineOf(input)
  const latest = new Map<string, CastBallot>()
  for (const ballot of ballots) {
    const { at } = ballot
    if (at < openedAt || at > now || at >= deadline) continue
    const name = ballot.voter.toLowerCase()
    const before = latest.get(name)
    if (!before || at >= before.at) latest.set(name, ballot)
  }
  const heads = new Set([headSha, ...(input.sameContent ?? [])])
  return (name) => {
    const ballot = latest.get(name)
    if (!ballot || ballot.value === null) return undefined
    const isKept =
      (rule.keepOnPush && !ballot.isElsewhere) ||
      (rule.keepObjections && ballot.value === -1 && isReasoned(ballot))
    return { ballot, isStale: headSha !== null && !isKept && !heads.has(ballot.sha) }
  }
}

const isReasoned = ({ reason }: CastBallot) => reason !== null && reason.trim() !== ''

/** Whose reasoned "against" holds it up, and whose would. */
function blocksOf(
  { rule, now }: TallyInput,
  members: ReadonlySet<string>,
  maintainers: ReadonlySet<string>,
  wordOf: (name: string) => LastWord,
): Pick<Tally, 'vetoes' | 'objections' | 'setAside'> {
  const isConsent = rule.mode === 'consent'
  const objects = (name: string) => {
    const word = wordOf(name)
    return isReasonedNo(word) && !isOver(rule, word, now)
  }
  const isLifted = (judges: ReadonlySet<string>) => {
    const pro = [...judges].filter((name) => ownValue(wordOf(name)) === 1).length
    return rule.setAside !== null && pro > 0 && reaches(pro, judges.size, rule.setAside)
  }
  const vetoing = rule.veto ? [...maintainers].filter(objects) : []
  const objecting = isConsent ? [...members].filter(objects) : []
  const vetoes = isLifted(maintainers) ? [] : vetoing
  const objections = isLifted(members) ? [] : objecting
  const standing = new Set([...vetoes, ...objections])
  return {
    vetoes: vetoes.toSorted(),
    objections: isConsent ? [...standing].toSorted() : [],
    setAside: [...new Set([...vetoing, ...objecting])]
      .filter((name) => !standing.has(name))
      .toSorted(),
  }
}

function isOver({ objectionPeriod }: Rule, word: LastWord, now: number): boolean {
  if (objectionPeriod === null || !word) return false
  return now >= (word.ballot.castAt ?? word.ballot.at) + objectionPeriod
}

function ownValue(word: LastWord): BallotValue {
  return word && !word.isStale ? word.ballot.value : null
}

const isReasonedNo = (word: LastWord) =>
  word !== undefined && ownValue(word) === -1 && isReasoned(word.ballot)

const isFreshFor = (word: LastWord, head: string | null) =>
  word !== undefined && ownValue(word) === 1 && (head === null || word.ballot.sha === head)

function countOf(values: Iterable<BallotValue>): Counts {
  const counts = { for: 0, against: 0, abstain: 0, cast: 0 }
  for (const value of values) {
    if (value === null) continue
    counts[value > 0 ? 'for' : value < 0 ? 'against' : 'abstain'] += 1
    counts.cast += 1
  }
  return counts
}

/** What each member's weight says once delegations are followed; null for who says nothing. */
function delegatedValues(
  input: TallyInput,
  members: ReadonlySet<string>,
  wordOf: (name: string) => LastWord,
): BallotValue[] {
  const next = latestDelegations(input)
  const known = new Map<string, BallotValue>()

  return [...members].map((start) => {
    const chain: string[] = []
    let name = start
    for (;;) {
      if (known.has(name) || chain.includes(name)) break
      const word = wordOf(name)
      const to = next.get(name)
      if (!members.has(name) || word || to === undefined) {
        // Nobody votes for others who cannot vote; a stale ballot of one's own suspends a delegation.
        known.set(name, members.has(name) ? ownValue(word) : null)
        break
      }
      chain.push(name)
      name = to
    }
    const end = known.get(name)
    // A chain that came back to itself says nothing, and was there.
    const value = end === undefined ? 0 : end
    for (const each of chain) known.set(each, value)
    return known.get(start) ?? null
  })
}

function latestDelegations(input: TallyInput): Map<string, string> {
  const { now, delegations } = input
  const deadline = deadlineOf(input)
  const latest = new Map<string, Delegation>()
  for (const delegation of delegations) {
    const { at } = delegation
    if (at > now || at >= deadline) continue
    const from = delegation.from.toLowerCase()
    const before = latest.get(from)
    if (!before || at >= before.at) latest.set(from, delegation)
  }
  const next = new Map<string, string>()
  for (const [from, { to }] of latest) if (to !== null) next.set(from, to.toLowerCase())
  return next
}

type Counted = Omit<Tally, 'status' | 'reason'>

/** The first that applies. */
function outcomeOf(input: TallyInput, tally: Counted, own: Counts): Outcome {
  const { rule, openedAt, now } = input
  if (tally.electorate === 0) return { status: 'failed', reason: 'empty-electorate' }
  if (now >= deadlineOf(input)) return atDeadline(rule, tally)
  if (now < openedAt + rule.minPeriod) return { status: 'open', reason: 'min-period' }
  return rule.mode === 'consent' ? whileConsenting(tally) : whileVoting(rule, tally, own)
}

function atDeadline(rule: Rule, tally: Counted): Outcome {
  const failed = (reason: Extract<Outcome, { status: 'failed' }>['reason']): Outcome => ({
    status: 'failed',
    reason,
  })
  const isConsent = rule.mode === 'consent'
  if (isConsent ? tally.objections.length : tally.vetoes.length) {
    return failed(isConsent ? 'objection' : 'veto')
  }
  if (!tally.quorumMet) return failed('quorum')
  if (!tally.minForMet) return failed('min-for')
  if (!isConsent && tally.for === tally.against) return failed('tie')
  if (tally.thresholdMet === false) return failed('threshold')
  if (rule.needsFresh && !tally.freshMet) return failed('fresh-ballot')
  return { status: 'passed', reason: isConsent ? 'consent' : 'deadline' }
}

function whileConsenting({ objections }: Counted): Outcome {
  return { status: 'open', reason: objections.length ? 'objection' : 'voting' }
}

function whileVoting(rule: Rule, tally: Counted, own: Counts): Outcome {
  const { remaining } = tally
  const isLost =
    own.for + remaining < rule.minFor || !carries(own.for + remaining, own.against, rule.threshold)
  if (rule.earlyFail && isLost) return { status: 'failed', reason: 'early-fail' }
  if (tally.vetoes.length) return { status: 'open', reason: 'veto' }
  const isWon =
    reaches(own.cast, tally.electorate, rule.quorum) &&
    own.for >= rule.minFor &&
    carries(own.for, own.against + remaining, rule.threshold) &&
    (!rule.needsFresh || tally.freshMet)
  if (rule.earlyPass && isWon) return { status: 'passed', reason: 'early-pass' }
  return { status: 'open', reason: 'voting' }
}

/** Whether it would pass, were no more ballots cast until its deadline. */
export const wouldPass = (input: TallyInput) =>
  tallyOf({ ...input, now: deadlineOf(input) }).status === 'passed'
