/** Numbers that grow, numbers that stand, and how long things took, as Prometheus reads them (text format 0.0.4). */

export type Labels = Readonly<Record<string, string>>

/** How many fell into each range. Adding one is a few comparisons: it is done on every request. */
export interface Histogram {
  add(value: number): void
  /** Upper ends of the ranges; the last has none. */
  readonly ends: readonly number[]
  /** One more than `ends`, each range for itself. */
  readonly counts: readonly number[]
  readonly sum: number
}

export function histogram(ends: readonly number[]): Histogram {
  const counts = Array.from({ length: ends.length + 1 }, () => 0)
  let sum = 0
  return {
    ends,
    counts,
    get sum() {
      return sum
    },
    add(value) {
      let range = 0
      while (range < ends.length && value > (ends[range] ?? Infinity)) range++
      counts[range] = (counts[range] ?? 0) + 1
      sum += value
    },
  }
}

type Kind = 'counter' | 'gauge'

/** A number with its name, once for each set of labels. */
export function numbersText(
  kind: Kind,
  name: string,
  help: string,
  values: readonly (readonly [Labels, number])[],
): string {
  if (!values.length) return ''
  const lines = values.map(([labels, value]) => `${name}${labelsText(labels)} ${value}`)
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${kind}`, ...lines, ''].join('\n')
}

/** Histograms of one name. */
export function histogramsText(
  name: string,
  help: string,
  values: readonly (readonly [Labels, Histogram])[],
): string {
  if (!values.length) return ''
  const lines = values.flatMap(([labels, { ends, counts, sum }]) => {
    let below = 0
    const ranges = counts.map((count, range) => {
      below += count
      const le = range < ends.length ? String(ends[range]) : '+Inf'
      return `${name}_bucket${labelsText({ ...labels, le })} ${below}`
    })
    const own = labelsText(labels)
    return [...ranges, `${name}_sum${own} ${sum}`, `${name}_count${own} ${below}`]
  })
  return [`# HELP ${name} ${help}`, `# TYPE ${name} histogram`, ...lines, ''].join('\n')
}

function labelsText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`)
  return pairs.length ? `{${pairs.join(',')}}` : ''
}

const escaped = (value: string) =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
