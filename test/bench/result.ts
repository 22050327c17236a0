/**
 * Figures of a bench: each the middle of its rounds, beside the middle of what was measured in turns with it,
 * and how far apart rounds were. Machines differ and are busy with other things, so what is worth comparing
 * is the ratio, and its spread says how much of a difference is chance.
 */

/** One figure of a bench. Its name stays the same from run to run: the baseline is found by it. */
export interface BenchResult {
  name: string
  /** What the product does: the median of the rounds. */
  value: number
  unit: string
  /** What was measured beside it in the same run, as the most that could be hoped for. */
  limit: number
  /** `value / limit`. */
  ratio: number
  better: 'higher' | 'lower'
  /** How far apart rounds were, see `spreadOf`: of ours, of the limit, and of both in the same round. */
  spread: number
  limitSpread: number
  ratioSpread: number
  /** What is to be reached. */
  aim?: Aim
}

/** At least this ratio, or this value; at most, where lower is better. */
export interface Aim {
  of: 'ratio' | 'value'
  is: number
}

/** The middle one; of an even number the mean of the two in the middle. */
export const medianOf = (numbers: readonly number[]): number => quantileOf(numbers, 1 / 2)

/** Half of what lies between the quarters, as a part of the median: half of all rounds are that near to it. */
export function spreadOf(numbers: readonly number[]): number {
  const [low, high] = [quantileOf(numbers, 1 / 4), quantileOf(numbers, 3 / 4)]
  if (low === high) return 0
  return high === Infinity ? Infinity : (high - low) / 2 / Math.abs(medianOf(numbers))
}

function quantileOf(numbers: readonly number[], share: number): number {
  if (numbers.length === 0) throw new Error('nothing was measured')
  const sorted = numbers.toSorted((a, b) => a - b)
  const at = (sorted.length - 1) * share
  const [below = 0, above = 0] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]]
  return below === above ? below : below + (above - below) * (at - Math.floor(at))
}

export interface Measured {
  name: string
  unit: string
  /** One of each round. */
  ours: readonly number[]
  /** One of each round, measured in turns with ours; or some other number of them. */
  limits: readonly number[]
  better?: 'higher' | 'lower'
  aim?: Aim
  /** What of the rounds counts; the median if it is not said. */
  of?: (numbers: readonly number[]) => number
}

/** A figure from what was measured on both sides. */
export function figureOf(measured: Measured): BenchResult {
  const { name, unit, ours, limits, better = 'higher', aim, of = medianOf } = measured
  const [value, limit] = [of(ours), of(limits)]
  const [spread, limitSpread] = [spreadOf(ours), spreadOf(limits)]
  const isInTurns = ours.length === limits.length
  const ratioSpread = isInTurns
    ? spreadOf(ours.map((one, round) => ratioOf(one, limits[round] ?? 0)))
    : spread + limitSpread
  return {
    name,
    value,
    unit,
    limit,
    ratio: ratioOf(value, limit),
    better,
    spread,
    limitSpread,
    ratioSpread,
    ...(aim && { aim }),
  }
}

/** More than nothing is no multiple of it: infinite here, null in JSON. */
const ratioOf = (value: number, limit: number) => (value === limit ? 1 : value / limit)

/** A result from the rates of both sides, one of each per round. */
export const resultOf = (
  name: string,
  unit: string,
  ours: readonly number[],
  limits: readonly number[],
  aim?: Aim,
): BenchResult => figureOf({ name, unit, ours, limits, ...(aim && { aim }) })

/** Whether the aim is reached; true where there is none. */
export function isReached({ value, ratio, better, aim }: BenchResult): boolean {
  if (!aim) return true
  const is = aim.of === 'ratio' ? ratio : value
  return better === 'higher' ? is >= aim.is : is <= aim.is
}

/** Results as a table for a person. */
export function tableOf(results: readonly BenchResult[]): string {
  const rows = results.map((result) => {
    const { name, value, unit, limit, ratio, spread, limitSpread, ratioSpread } = result
    return [
      name,
      `${numberOf(value)} ${unit}`.trim(),
      percentOf(spread),
      numberOf(limit),
      percentOf(limitSpread),
      Number.isFinite(ratio) ? ratio.toFixed(2) : '–',
      percentOf(ratioSpread),
      aimOf(result),
    ]
  })
  const all = [['', 'ours', '±', 'limit', '±', 'ratio', '±', 'aim'], ...rows]
  const widths = all[0]?.map((_, at) => Math.max(...all.map((row) => row[at]?.length ?? 0))) ?? []
  return all
    .map((row) =>
      row
        .map((cell, at) => (at ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[0] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function aimOf(result: BenchResult): string {
  const { aim, better, unit } = result
  if (!aim) return ''
  const what = `${better === 'higher' ? '≥' : '≤'} ${numberOf(aim.is)}${aim.of === 'value' ? ` ${unit}` : ''}`
  return `${what} ${isReached(result) ? '✓' : '✗'}`
}

/** Three digits of what is small; all before the point of what is not. */
const numberOf = (number: number) =>
  Math.abs(number) >= 100
    ? Math.round(number).toLocaleString('en')
    : String(Number(number.toPrecision(3)))

const percentOf = (share: number) => (Number.isFinite(share) ? `${Math.round(share * 100)} %` : '–')
