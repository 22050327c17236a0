/**
 * What was measured before, as ratios, each with the noise that it is known to have; and whether what is
 * measured now is worse by more than that. Only ratios are kept: what is measured in turns with its limit
 * can be compared with another day, and within bounds with another machine.
 */
import type { BenchResult } from './result.ts'

/** A figure as it was. */
export interface Kept {
  /** Null, which is how JSON writes what is infinite, where the limit was nothing. */
  ratio: number | null
  /** What the ratio may be worse by, as a part of it, without anything being wrong; null: anything. */
  noise: number | null
  better: BenchResult['better']
}

/** Figures by suite and name. */
export type Baseline = Record<string, Record<string, Kept>>

export interface Verdict {
  suite: string
  name: string
  /**
   * `worse` by more than the noise; `missing`: kept, but not measured any more; `better` by more than the
   * noise, and `new`: worth a new baseline.
   */
  is: 'worse' | 'missing' | 'better' | 'new'
  /** For a person. */
  text: string
}

/** Less than this is never called a difference: rounds of the same minute may agree by chance. */
const LEAST_NOISE = 0.1

/**
 * One result of some runs of a suite: of each figure the run with the middle ratio, and the noise that follows
 * from how far apart its rounds and its runs were.
 */
export function keptOf(runs: readonly (readonly BenchResult[])[]): Record<string, Kept> {
  const names = runs[0]?.map(({ name }) => name) ?? []
  return Object.fromEntries(
    names.map((name) => {
      const same = runs
        .flatMap((run) => run.filter((one) => one.name === name))
        .toSorted((a, b) => a.ratio - b.ratio)
      const middle = same[Math.floor(same.length / 2)] as BenchResult // of at least one
      const { ratio, better } = middle
      const apart = Math.max(...same.map((one) => Math.abs(differenceOf(one.ratio, ratio))))
      const spread = Math.max(...same.map(({ ratioSpread }) => ratioSpread))
      const noise = Math.max(LEAST_NOISE, 3 * spread, 2 * apart)
      return [
        name,
        {
          ratio: round(ratio),
          noise: Number((Math.ceil(noise * 100 - 1e-9) / 100).toFixed(2)),
          better,
        },
      ]
    }),
  )
}

/** What is different of a suite: empty when all is as it was. */
export function compared(
  suite: string,
  kept: Readonly<Record<string, Kept>>,
  measured: readonly BenchResult[],
): Verdict[] {
  const verdicts = measured.flatMap(({ name, ratio }): Verdict[] => {
    const before = kept[name]
    if (!before)
      return [{ suite, name, is: 'new', text: `${nameOf(ratio)} now; there is no baseline for it` }]
    const change = differenceOf(ratio, known(before.ratio))
    const worse = before.better === 'higher' ? -change : change
    const noise = known(before.noise)
    if (Math.abs(worse) <= noise) return []
    const is = worse > 0 ? 'worse' : 'better'
    const text =
      `${nameOf(ratio)} of its limit, ${nameOf(known(before.ratio))} in the baseline: ` +
      `${percent(Math.abs(change))} ${change > 0 ? 'more' : 'less'}, noise is ${percent(noise)}`
    return [{ suite, name, is, text }]
  })
  const names = new Set(measured.map(({ name }) => name))
  const missing = Object.keys(kept).filter((name) => !names.has(name))
  return [
    ...verdicts,
    ...missing.map((name): Verdict => {
      return { suite, name, is: 'missing', text: 'in the baseline, but not measured any more' }
    }),
  ]
}

/** Whether a check of the suite fails. */
export const isFailure = ({ is }: Verdict) => is === 'worse' || is === 'missing'

/** `now` less `before`, as a part of it. */
function differenceOf(now: number, before: number): number {
  if (now === before) return 0
  return before === Infinity ? -1 : (now - before) / before
}

/** JSON has no infinity, and says null. */
const known = (ratio: number | null) => ratio ?? Infinity

const round = (ratio: number) => Number(ratio.toPrecision(4))
const nameOf = (ratio: number) => (Number.isFinite(ratio) ? ratio.toFixed(3) : 'any multiple')
const percent = (share: number) =>
  Number.isFinite(share) ? `${Math.round(share * 100)} %` : 'any multiple'
