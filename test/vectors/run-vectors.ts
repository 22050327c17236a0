import { controversy, hotOf, risingOf } from '#shared/ranking'
import {
  redditControversial,
  redditControversialBefore2014,
  redditHot,
} from '#shared/reddit-orders'
import { lowerBound, pseudoCounts, upperBound, valueOf } from '#shared/score'
import { tallyOf, type TallyInput } from '#shared/tally'

/** A file of cases with known results. */
export interface VectorFile {
  source: string
  tolerance?: { absolute: number; relative: number }
  cases: Case[]
}

type Case = Record<string, unknown>

/** What the product's own functions say of one case: the keys that the case expects, computed. */
type Compute = (one: Case) => Record<string, unknown>

export interface Difference {
  case: Case
  key: string
  expected: unknown
  computed: unknown
}

export interface VectorResult {
  cases: number
  equal: number
  different: Difference[]
}

/** A file is known by what its cases hold, not by its name. */
const KINDS: { keys: string[]; compute: Compute; expected?: (one: Case) => Case }[] = [
  {
    keys: ['contributors', 'others', 'reactions', 'value'],
    compute(one) {
      const evidence = one as unknown as Parameters<typeof valueOf>[0] // the file's schema says so
      return { ...pseudoCounts(evidence), value: valueOf(evidence) }
    },
  },
  {
    keys: ['up', 'down', 'z', 'lower', 'upper'],
    compute(one) {
      const [up, down, z] = [Number(one['up']), Number(one['down']), Number(one['z'])]
      return { lower: lowerBound(up, down, z), upper: upperBound(up, down, z) }
    },
  },
  {
    keys: ['events', 'hotKey', 'rising'],
    compute(one) {
      const events = one['events'] as Parameters<typeof hotOf>[0] // the file's schema says so
      return { hotKey: hotOf(events), rising: risingOf(events) }
    },
  },
  {
    keys: ['electorate', 'headSha', 'rule', 'ballots', 'expected'],
    compute(one) {
      const { rule, ...rest } = one as unknown as TallyInput // the file's schema says so
      // The file knows these only as switched off.
      const off = { keepObjections: false, needsFresh: false, setAside: null, objectionPeriod: null }
      const { freshMet: _, setAside: __, ...tally } = tallyOf({ ...rest, rule: { ...off, ...rule } })
      return tally
    },
    expected: (one) => one['expected'] as Case,
  },
  {
    keys: ['up', 'down', 'best', 'wilsonControversy'],
    compute(one) {
      const [up, down] = [Number(one['up']), Number(one['down'])]
      return {
        best: lowerBound(up, down),
        wilsonControversy: controversy(up, down),
        controversial: redditControversial(up, down),
        controversialBefore2014: redditControversialBefore2014(up, down),
      }
    },
  },
  {
    keys: ['up', 'down', 'seconds', 'exact', 'rounded'],
    compute(one) {
      const [up, down, seconds] = [Number(one['up']), Number(one['down']), Number(one['seconds'])]
      const exact = redditHot(up, down, seconds)
      return { exact, rounded: Math.round(exact * 1e7) / 1e7 }
    },
  },
]

/** Runs the product's functions on a file; undefined when it has none for what the file is about. */
export function runVectors(file: VectorFile): VectorResult | undefined {
  const [first] = file.cases
  const kind = KINDS.find(({ keys }) => first && keys.every((key) => key in first))
  if (!kind) return undefined
  const { absolute, relative } = file.tolerance ?? { absolute: 0, relative: 0 }
  const different: Difference[] = []
  let equal = 0
  for (const one of file.cases) {
    const computed = kind.compute(one)
    const known = kind.expected?.(one) ?? one
    const keys = kind.expected ? { ...computed, ...known } : computed
    const wrong = Object.keys(keys).filter((key) => {
      const [is, should] = [computed[key], known[key]]
      if (typeof is !== 'number' || typeof should !== 'number') {
        return JSON.stringify(is) !== JSON.stringify(should)
      }
      return !(Math.abs(is - should) <= Math.max(absolute, relative * Math.abs(should)))
    })
    for (const key of wrong) {
      different.push({ case: one, key, expected: known[key], computed: computed[key] })
    }
    if (wrong.length === 0) equal += 1
  }
  return { cases: file.cases.length, equal, different }
}

/** The exact bits of everything computed for a file, so that engines can be compared. */
export function bitsOf(file: VectorFile): string[] {
  const [first] = file.cases
  const kind = KINDS.find(({ keys }) => first && keys.every((key) => key in first))
  const view = new DataView(new ArrayBuffer(8))
  return file.cases.map((one) =>
    Object.values(kind?.compute(one) ?? {})
      .map((number) => {
        if (typeof number !== 'number') return JSON.stringify(number)
        view.setFloat64(0, number)
        return view.getBigUint64(0).toString(16)
      })
      .join(' '),
  )
}
