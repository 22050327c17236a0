import { expect, test } from 'vitest'
import { compared, isFailure, keptOf } from './baseline.ts'
import { type BenchResult, figureOf } from './result.ts'

const rate = (name: string, ratio: number): BenchResult =>
  figureOf({ name, unit: 'votes/s', ours: [ratio * 1000], limits: [1000] })
const cost = (name: string, ratio: number): BenchResult =>
  figureOf({ name, unit: 'ms', ours: [ratio * 10], limits: [10], better: 'lower' })

/** As it is read from the file. */
const keptAs = (...runs: BenchResult[][]) =>
  JSON.parse(JSON.stringify(keptOf(runs))) as ReturnType<typeof keptOf>

test('the same again is no difference', () => {
  const results = [rate('votes', 0.5), cost('script', 1.2)]
  expect(compared('server', keptAs(results), results)).toEqual([])
})

test('worse by more than the noise fails, and says which and by how much', () => {
  const kept = keptAs([rate('votes', 0.5), rate('scores', 0.8)])
  const verdicts = compared('server', kept, [rate('votes', 0.4), rate('scores', 0.79)])
  expect(verdicts).toEqual([
    {
      suite: 'server',
      name: 'votes',
      is: 'worse',
      text: '0.400 of its limit, 0.500 in the baseline: 20 % less, noise is 10 %',
    },
  ])
  expect(verdicts.every(isFailure)).toBe(true)
})

test('of what should be low, more is worse and less is better', () => {
  const kept = keptAs([cost('script', 1)])
  expect(compared('overlay', kept, [cost('script', 1.2)])).toMatchObject([{ is: 'worse' }])
  const [better] = compared('overlay', kept, [cost('script', 0.8)])
  expect(better).toMatchObject({ is: 'better' })
  expect(better && isFailure(better)).toBe(false)
})

test('the noise follows from rounds that were apart, and from runs that were', () => {
  const rounds = figureOf({ name: 'votes', unit: '', ours: [80, 90, 100, 110, 120], limits: [100] })
  expect(keptAs([rounds]).votes?.noise).toBeCloseTo(0.3)
  const runs = [[rate('votes', 0.5)], [rate('votes', 0.6)], [rate('votes', 0.55)]]
  expect(keptAs(...runs).votes).toEqual({ ratio: 0.55, noise: 0.19, better: 'higher' })
  expect(compared('server', keptAs(...runs), [rate('votes', 0.46)])).toEqual([])
  expect(compared('server', keptAs(...runs), [rate('votes', 0.44)])).toMatchObject([
    { is: 'worse' },
  ])
})

test('what is not measured any more fails; what is measured for the first time is told', () => {
  const verdicts = compared('server', keptAs([rate('old', 1)]), [rate('young', 1)])
  expect(verdicts.map(({ name, is }) => [name, is])).toEqual([
    ['young', 'new'],
    ['old', 'missing'],
  ])
  expect(verdicts.map(isFailure)).toEqual([false, true])
})

test('something where there was nothing is worse; where there was something, nothing is better', () => {
  const none = figureOf({ name: 'long', unit: '', ours: [0], limits: [0], better: 'lower' })
  const some = figureOf({ name: 'long', unit: '', ours: [2], limits: [0], better: 'lower' })
  expect(compared('overlay', keptAs([none]), [some])).toMatchObject([{ is: 'worse' }])
  expect(compared('overlay', keptAs([some]), [none])).toMatchObject([{ is: 'better' }])
  expect(compared('overlay', keptAs([some]), [some])).toEqual([])
})
