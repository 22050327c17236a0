import { expect, test } from 'vitest'
import fc from 'fast-check'
import { boundsOf, clearlyBest } from './clearly-best.ts'
import { unvoted, type Evidence } from './score.ts'

const by = (up: number, down = 0): Evidence => ({ ...unvoted(), contributors: { up, down } })

test('what surely is worth more than the next one is best', () => {
  expect(clearlyBest([by(1, 5), by(20), by(2, 9)])).toBe(1)
  expect(clearlyBest([by(20), by(18)])).toBeUndefined()
})

test('what hardly anybody has voted on is no next one; then more than an even chance will do', () => {
  expect(clearlyBest([by(2), by(12), unvoted()])).toBe(1)
  expect(clearlyBest([unvoted(), by(12), unvoted()])).toBe(1)
  expect(clearlyBest([unvoted(), by(1)])).toBeUndefined()
  expect(clearlyBest([unvoted(), unvoted()])).toBeUndefined()
  expect(clearlyBest([])).toBeUndefined()
})

test('reactions alone are too weak, but for very many', () => {
  expect(clearlyBest([{ ...unvoted(), reactions: { '+1': 20 } }, unvoted()])).toBeUndefined()
  expect(clearlyBest([{ ...unvoted(), reactions: { '+1': 900 } }, unvoted()])).toBe(0)
})

const counts = fc.record({ up: fc.nat(50), down: fc.nat(50) })

test('the best one has the greatest lower bound, above the upper bound of the next one, in any order', () => {
  fc.assert(
    fc.property(fc.array(counts, { maxLength: 8 }), (all) => {
      const evidence = all.map(({ up, down }) => by(up, down))
      const best = clearlyBest(evidence)
      const mirrored = clearlyBest(evidence.toReversed())
      if (best === undefined) {
        expect(mirrored).toBeUndefined()
        return
      }
      expect(mirrored).toBe(all.length - 1 - best)
      const [first, next] = evidence
        .filter(({ contributors: { up, down } }) => up + down >= 3)
        .map(boundsOf)
        .toSorted((a, b) => b.lower - a.lower)
      expect(boundsOf(evidence[best] as Evidence)).toEqual(first)
      expect(first?.lower).toBeGreaterThan(next?.upper ?? 0.5)
    }),
  )
})
