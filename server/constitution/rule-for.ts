/**
 * The rule that a pull request is judged by: the vote's own, raised by every protected path that it touches.
 * Where it is not known what it touches, it is taken to touch all of them.
 */
import picomatch from 'picomatch'
import type { Fraction, Rule, Threshold } from '#shared/rule'
import { type Bar, type Constitution, CONSTITUTION_PATH, type InFavour } from './constitution.ts'

/** A file that a pull request changes. */
export interface Change {
  path: string
  /** What it was called before, when it was renamed. */
  previousPath?: string | undefined
  /** It is a symbolic link, or becomes or ceases to be one: it may lead anywhere. */
  isLink: boolean
}

export interface Judged {
  /** How many may vote. */
  electorate: number
  /** The files changed; `unknown` when they could not be read, or not all of them. */
  changes: readonly Change[] | 'unknown'
}

export function ruleFor(constitution: Constitution, { electorate, changes }: Judged): Rule {
  const { vote } = constitution
  const bar = barsFor(constitution, changes).reduce<Bar>(
    (high, more) => stricter(high, more, electorate),
    vote,
  )
  return {
    mode: vote.mode,
    threshold: bar.threshold,
    quorum: bar.quorum,
    minFor: countOf(bar.inFavour, electorate),
    minPeriod: bar.minPeriod,
    maxPeriod: Math.max(bar.maxPeriod, bar.minPeriod, 1),
    earlyPass: bar.earlyPass,
    earlyFail: vote.earlyFail,
    veto: bar.veto,
    authorMayVote: vote.authorMayVote,
    keepOnPush: vote.supportOnPush === 'keep',
    setAside: vote.setAside,
    objectionPeriod: vote.objectionsLast,
    keepObjections: vote.objectionsOnPush === 'keep',
    needsFresh: bar.freshBallot,
    delegation: vote.delegation,
  }
}

/** So many in favour; a share is rounded up, and at least one has to be. */
export function countOf(inFavour: InFavour, electorate: number): number {
  if (typeof inFavour === 'number') return inFavour
  return Math.max(1, Math.ceil((inFavour.num * electorate) / inFavour.den))
}

/** The bars of the protected paths that are touched. */
function barsFor({ protected: all }: Constitution, changes: Judged['changes']): Partial<Bar>[] {
  const everything = all.map(({ bar }) => bar)
  if (changes === 'unknown' || changes.some(({ isLink }) => isLink)) return everything
  const touched = changes.flatMap(({ path, previousPath }) =>
    previousPath === undefined ? [path] : [path, previousPath],
  )
  // The rules themselves take as much as whatever takes most.
  if (touched.some((path) => path.toLowerCase() === CONSTITUTION_PATH)) return everything
  return all
    .filter(({ paths }) => {
      const matches = picomatch(paths.flatMap(globsOf), { dot: true, nocase: true })
      return touched.some((path) => matches(path))
    })
    .map(({ bar }) => bar)
}

/** A pattern protects what lies below it too, and without a slash it means a name wherever it stands. */
function globsOf(pattern: string): string[] {
  const path = pattern.replace(/\/+$/, '')
  const anywhere = path.includes('/') ? path : `**/${path}`
  return [anywhere, `${anywhere}/**`]
}

/** Of two bars the higher one, key by key. */
function stricter(one: Bar, other: Partial<Bar>, electorate: number): Bar {
  return {
    threshold: higherThreshold(one.threshold, other.threshold),
    quorum: higher(one.quorum, other.quorum),
    inFavour: Math.max(
      countOf(one.inFavour, electorate),
      other.inFavour === undefined ? 0 : countOf(other.inFavour, electorate),
    ),
    minPeriod: Math.max(one.minPeriod, other.minPeriod ?? 0),
    maxPeriod: Math.max(one.maxPeriod, other.maxPeriod ?? 0),
    veto: one.veto || other.veto === true,
    earlyPass: one.earlyPass && other.earlyPass !== false,
    freshBallot: one.freshBallot || other.freshBallot === true,
  }
}

const isHigher = (one: Fraction, other: Fraction) => one.num * other.den > other.num * one.den

const higher = (one: Fraction, other: Fraction | undefined) =>
  other && isHigher(other, one) ? other : one

function higherThreshold(one: Threshold, other: Threshold | undefined): Threshold {
  if (!other || isHigher(one, other)) return one
  if (isHigher(other, one)) return other
  return { ...one, strict: one.strict || other.strict }
}
