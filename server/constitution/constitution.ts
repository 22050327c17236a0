/**
 * A repository's rules as code, `.github/forgemoot.yml` at the tip of the base branch, once it was read.
 * What is left out there has the defaults below.
 */
import type { Fraction, Threshold } from '#shared/rule'

/** The file's path in the repository. */
export const CONSTITUTION_PATH = '.github/forgemoot.yml'

/** How many have to be in favour: so many, or a share of the electorate, rounded up when the vote opens. */
export type InFavour = number | Fraction

/** The keys that decide a vote; protected paths may raise each of them. Periods in seconds. */
export interface Bar {
  threshold: Threshold
  quorum: Fraction
  inFavour: InFavour
  minPeriod: number
  maxPeriod: number
  veto: boolean
  earlyPass: boolean
  freshBallot: boolean
}

export interface Protected {
  /** Globs over whole paths, as in `.gitignore` without its negations. */
  paths: readonly string[]
  bar: Partial<Bar>
}

export interface Constitution {
  contributors: {
    /** How far back merged work counts, in seconds. */
    window: number
    /** Merged pull requests or commits that it takes. */
    work: number
    include: readonly string[]
    exclude: readonly string[]
    bots: boolean
  }
  maintainers: readonly string[]
  vote: Bar & {
    mode: 'threshold' | 'consent'
    earlyFail: boolean
    authorMayVote: boolean
    /** What a push with other content does to ballots in favour. */
    supportOnPush: 'lapse' | 'keep'
    objectionsOnPush: 'lapse' | 'keep'
    /** The share in favour that sets objections aside; null when only their authors can lift them. */
    setAside: Fraction | null
    /** How long an objection holds anything up, in seconds; null when without end. */
    objectionsLast: number | null
    delegation: boolean
    /** Longer by a tenth, once, when the outcome turns in the last tenth. */
    extendOnSwing: boolean
    hideResults: 'never' | 'until-voted'
  }
  protected: readonly Protected[]
  open: 'automatic' | 'author' | 'contributors' | 'maintainers'
  cancel: 'author' | 'maintainers'
  pass: { action: 'check' | 'merge'; method: 'merge' | 'squash' | 'rebase' }
}

const DAY = 86_400

export const DEFAULTS: Constitution = {
  contributors: { window: 365 * DAY, work: 1, include: [], exclude: [], bots: false },
  maintainers: [],
  vote: {
    mode: 'threshold',
    threshold: { num: 1, den: 2, strict: true },
    quorum: { num: 0, den: 1 },
    inFavour: 2,
    minPeriod: DAY,
    maxPeriod: 7 * DAY,
    veto: true,
    earlyPass: true,
    earlyFail: true,
    freshBallot: true,
    authorMayVote: false,
    supportOnPush: 'lapse',
    objectionsOnPush: 'keep',
    setAside: null,
    objectionsLast: null,
    delegation: false,
    extendOnSwing: true,
    hideResults: 'never',
  },
  protected: [],
  open: 'contributors',
  cancel: 'maintainers',
  pass: { action: 'check', method: 'merge' },
}
