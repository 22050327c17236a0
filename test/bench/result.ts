/** One figure of a bench. */
export interface BenchResult {
  name: string
  /** What the product does. */
  value: number
  unit: string
  /** What was measured beside it in the same run, as the most that could be hoped for. */
  limit: number
  /** `value / limit`. */
  ratio: number
}

/** The middle one; of an even number the mean of the two in the middle. */
export function medianOf(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1)
  return middle.reduce((sum, one) => sum + one, 0) / middle.length
}

/** A result from the rates of both sides, one of each per round. */
export function resultOf(
  name: string,
  unit: string,
  ours: readonly number[],
  limits: readonly number[],
): BenchResult {
  const [value, limit] = [medianOf(ours), medianOf(limits)]
  return { name, value: Math.round(value), unit, limit: Math.round(limit), ratio: value / limit }
}

/** Results as a table for a person. */
export function tableOf(results: readonly BenchResult[]): string {
  const rows = results.map(({ name, value, unit, limit, ratio }) => [
    name,
    `${value.toLocaleString('en')} ${unit}`,
    limit.toLocaleString('en'),
    ratio.toFixed(2),
  ])
  const all = [['', 'ours', 'limit', 'ratio'], ...rows]
  const widths = [0, 1, 2, 3].map((at) => Math.max(...all.map((row) => row[at]?.length ?? 0)))
  return all
    .map((row) =>
      row
        .map((cell, at) => (at ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[0] ?? 0)))
        .join('  '),
    )
    .join('\n')
}
