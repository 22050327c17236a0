import { expect, test } from 'vitest'
import { figureOf, isReached, medianOf, resultOf, spreadOf, tableOf } from './result.ts'

test('the median is the one in the middle, or between the two', () => {
  expect(medianOf([9, 1, 5])).toBe(5)
  expect(medianOf([4, 1, 9, 6])).toBe(5)
  expect(() => medianOf([])).toThrow('nothing was measured')
})

test('a spread is half of what lies between the quarters, as a part of the median', () => {
  expect(spreadOf([80, 90, 100, 110, 120])).toBeCloseTo(0.1)
  expect(spreadOf([7, 7, 7])).toBe(0)
  expect(spreadOf([0, 0, 0, 1])).toBe(Infinity)
})

test('one round that went wrong moves neither the figure nor its spread by much', () => {
  const steady = resultOf('a', 'b', [100, 101, 99, 100, 1], [200, 202, 198, 200, 200])
  expect(steady.ratio).toBe(0.5)
  expect(steady.spread).toBeLessThan(0.02)
})

test('what slows both sides in the same round does not spread the ratio', () => {
  const { spread, limitSpread, ratioSpread } = resultOf('a', 'b', [10, 20, 30], [100, 200, 300])
  expect(spread).toBe(0.25)
  expect(limitSpread).toBe(0.25)
  expect(ratioSpread).toBe(0)
})

test('sides that were not measured in turns spread each for itself', () => {
  expect(resultOf('a', 'b', [50], [80, 90, 100, 110, 120]).ratioSpread).toBeCloseTo(0.1)
})

test('nothing beside nothing is as good as it gets, and something beside nothing no multiple', () => {
  expect(resultOf('a', '', [0, 0], [0, 0]).ratio).toBe(1)
  expect(resultOf('a', '', [2, 2], [0, 0]).ratio).toBe(Infinity)
})

test('an aim is reached from the side that is better', () => {
  const aim = { of: 'ratio', is: 0.5 } as const
  expect(isReached(resultOf('a', '', [5], [10], aim))).toBe(true)
  expect(isReached(resultOf('a', '', [4], [10], aim))).toBe(false)
  const cost = { name: 'a', unit: 'ms', limits: [1], better: 'lower' } as const
  const most = { of: 'value', is: 0.2 } as const
  expect(isReached(figureOf({ ...cost, ours: [0.2], aim: most }))).toBe(true)
  expect(isReached(figureOf({ ...cost, ours: [0.21], aim: most }))).toBe(false)
})

test('a table has medians, spreads, the ratio and whether the aim is reached', () => {
  const aim = { of: 'ratio', is: 0.6 } as const
  const [head = '', row = ''] = tableOf([
    resultOf('votes', 'votes/s', [900, 1000, 1100], [2000, 2000, 2000], aim),
  ]).split('\n')
  expect(head.trim().split(/\s{2,}/)).toEqual(['ours', '±', 'limit', '±', 'ratio', '±', 'aim'])
  expect(row.split(/\s{2,}/)).toEqual([
    'votes',
    '1,000 votes/s',
    '5 %',
    '2,000',
    '0 %',
    '0.50',
    '5 %',
    '≥ 0.6 ✗',
  ])
})
