import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Evidence,
  lowerBound,
  netOf,
  type Score,
  scoreAfter,
  unvoted,
  upperBound,
  valueOf,
} from './score.ts'

const count = fc.integer({ min: 0, max: 100_000 })
const counts = fc.record({ up: count, down: count })
const reactions = fc.record(
  { '+1': count, '-1': count, heart: count, hooray: count, rocket: count, confused: count },
  { requiredKeys: [] },
)
const evidence: fc.Arbitrary<Evidence> = fc.record({
  contributors: counts,
  others: counts,
  reactions,
})

/** Far from the origin a gain is below a double's last place. */
const ROUNDING = 1e-12
const value = fc.constantFrom(1 as const, -1 as const, 0 as const)
const score: fc.Arbitrary<Score> = fc
  .record({
    evidence,
    mine: value,
    voter: fc.constantFrom('contributor' as const, 'other' as const),
  })
  .map(({ evidence, mine, voter }) => {
    const side = voter === 'contributor' ? 'contributors' : 'others'
    // A reader's own vote is among the counts.
    const own = {
      up: evidence[side].up + Number(mine > 0),
      down: evidence[side].down + Number(mine < 0),
    }
    const whole = { ...evidence, [side]: own }
    return { ...whole, mine, voter, value: valueOf(whole) }
  })

describe('the value of a score', () => {
  const more = (one: Evidence, side: 'contributors' | 'others', way: 'up' | 'down'): Evidence => ({
    ...one,
    [side]: { ...one[side], [way]: one[side][way] + 1 },
  })
  const reacted = (one: Evidence, name: keyof Evidence['reactions']): Evidence => ({
    ...one,
    reactions: { ...one.reactions, [name]: (one.reactions[name] ?? 0) + 1 },
  })

  it('never falls by one more in favour, nor rises by one more against', () => {
    fc.assert(
      fc.property(evidence, (one) => {
        const base = valueOf(one)
        for (const side of ['contributors', 'others'] as const) {
          expect(valueOf(more(one, side, 'up'))).toBeGreaterThanOrEqual(base - ROUNDING)
          expect(valueOf(more(one, side, 'down'))).toBeLessThanOrEqual(base + ROUNDING)
        }
        for (const name of ['+1', 'heart', 'hooray', 'rocket'] as const)
          expect(valueOf(reacted(one, name))).toBeGreaterThanOrEqual(base - ROUNDING)
        for (const name of ['-1', 'confused'] as const)
          expect(valueOf(reacted(one, name))).toBeLessThanOrEqual(base + ROUNDING)
      }),
      { numRuns: 1000 },
    )
  })

  it('lies between 0 and 1, and neutral reactions do not move it', () => {
    fc.assert(
      fc.property(evidence, count, count, (one, laugh, eyes) => {
        const is = valueOf(one)
        expect(is).toBeGreaterThan(0)
        expect(is).toBeLessThan(1)
        expect(valueOf({ ...one, reactions: { ...one.reactions, laugh, eyes } })).toBe(is)
      }),
      { numRuns: 1000 },
    )
  })

  it('is above that of no evidence only with evidence in favour, below it only with some against', () => {
    const nothing = valueOf(unvoted())
    fc.assert(
      fc.property(evidence, (one) => {
        const { contributors: c, others: o, reactions: r } = one
        const ups =
          c.up + o.up + (r['+1'] ?? 0) + (r.heart ?? 0) + (r.hooray ?? 0) + (r.rocket ?? 0)
        const downs = c.down + o.down + (r['-1'] ?? 0) + (r.confused ?? 0)
        if (ups === 0) expect(valueOf(one)).toBeLessThanOrEqual(nothing)
        if (downs === 0) expect(valueOf(one)).toBeGreaterThanOrEqual(nothing)
      }),
      { numRuns: 1000 },
    )
  })

  it('gives outsiders, however many, less than twelve pseudo-votes', () => {
    fc.assert(
      fc.property(evidence, (one) => {
        const { up, down } = one.contributors
        expect(valueOf(one)).toBeGreaterThan(lowerBound(1 + up, 12 + down) - ROUNDING)
        expect(valueOf(one)).toBeLessThan(lowerBound(12 + up, 1 + down) + ROUNDING)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('the Wilson bounds', () => {
  it('are exactly 0 and 1 at the ends, and never cross', () => {
    fc.assert(
      fc.property(count, count, (up, down) => {
        expect(lowerBound(0, down)).toBe(0)
        expect(upperBound(up, 0)).toBe(1)
        expect(lowerBound(up, down)).toBeLessThanOrEqual(upperBound(up, down))
        if (up + down > 0) expect(lowerBound(up, down) + lowerBound(down, up)).toBeLessThan(1)
      }),
    )
  })
})

describe('the score after a vote', () => {
  it('equals a recount: withdrawing and voting again come out where one started', () => {
    fc.assert(
      fc.property(score, fc.array(value, { maxLength: 12 }), (start, votes) => {
        let now = start
        for (const each of votes) now = scoreAfter(now, each)
        const direct = scoreAfter(start, votes.at(-1) ?? start.mine)
        expect(now).toEqual(direct)
        expect(now.value).toBe(valueOf(now))
        expect(scoreAfter(now, start.mine)).toEqual({ ...start, value: valueOf(start) })
      }),
    )
  })

  it('moves the plain balance by what was said', () => {
    const up = scoreAfter(unvoted(), 1)
    expect([
      netOf(unvoted()),
      netOf(up),
      netOf(scoreAfter(up, -1)),
      netOf(scoreAfter(up, 0)),
    ]).toEqual([0, 1, -1, 0])
  })
})
