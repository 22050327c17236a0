import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { controversy, hotOf, risingOf, type WeightedVote } from './ranking.ts'

const DAY = 86_400
const votes: fc.Arbitrary<WeightedVote[]> = fc.array(
  fc.record({
    at: fc.integer({ min: 1_500_000_000, max: 1_900_000_000 }),
    weight: fc.constantFrom(1, -1, 0.5, -0.5),
  }),
  { minLength: 1, maxLength: 30 },
)

describe('the decayed orders', () => {
  it('let one vote weigh as much as two of 14 days before', () => {
    const at = 1_790_000_000
    const late = hotOf([{ at, weight: 1 }])
    const early = { at: at - 14 * DAY, weight: 1 }
    expect(hotOf([early, early])).toBeCloseTo(late, 9)
  })

  it('never swap because time passes: moving all votes alike keeps the order of rising', () => {
    fc.assert(
      fc.property(votes, votes, fc.integer({ min: 0, max: 3000 }), (a, b, days) => {
        const later = (all: WeightedVote[]) =>
          all.map((vote) => ({ ...vote, at: vote.at + days * DAY }))
        const [before, after] = [
          [risingOf(a), risingOf(b)],
          [risingOf(later(a)), risingOf(later(b))],
        ]
        if (typeof before[0] !== 'number' || typeof before[1] !== 'number') return
        expect((after[0] ?? 0) - (after[1] ?? 0)).toBeCloseTo(before[0] - before[1], 4)
      }),
    )
  })

  it('stay finite for votes of any age', () => {
    fc.assert(
      fc.property(votes, (all) => {
        expect(Number.isFinite(hotOf(all))).toBe(true)
        expect(risingOf(all) ?? 0).not.toBeNaN()
      }),
    )
    expect(Number.isFinite(hotOf([{ at: 10_000_000_000, weight: 1 }]))).toBe(true)
  })

  it('have a rising key only where votes in favour outweigh', () => {
    expect(risingOf([])).toBeNull()
    expect(risingOf([{ at: 1_790_000_000, weight: -1 }])).toBeNull()
  })
})

describe('controversy', () => {
  it('is 0 with one side empty, and grows with both', () => {
    expect(controversy(100, 0)).toBe(0)
    expect(controversy(10, 10)).toBeGreaterThan(controversy(2, 2))
    expect(controversy(50, 5)).toBeLessThan(controversy(10, 10))
  })
})
