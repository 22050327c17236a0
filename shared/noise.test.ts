import { expect, test } from 'vitest'
import { isNoise } from './noise.ts'
import { unvoted, valueOf } from './score.ts'

const voted = (up: number, down: number) => {
  const evidence = { ...unvoted(), contributors: { up, down } }
  return { ...evidence, value: valueOf(evidence) }
}

test('three contributors against make noise, two do not, however little the value', () => {
  expect(isNoise(voted(0, 3), 0.08)).toBe(true)
  expect(isNoise(voted(0, 2), 0.5)).toBe(false)
  expect(isNoise(voted(0, 2), 1)).toBe(false)
})

test('others alone never make noise', () => {
  const evidence = { ...unvoted(), others: { up: 0, down: 1000 }, reactions: { '-1': 1000 } }
  expect(isNoise({ ...evidence, value: valueOf(evidence) }, 0.5)).toBe(false)
})

test('the threshold is exact: what has just that value is no noise', () => {
  const { value } = voted(0, 3)
  expect(isNoise(voted(0, 3), value)).toBe(false)
  expect(isNoise(voted(0, 3), value * (1 + Number.EPSILON))).toBe(true)
  expect(isNoise(voted(1, 3), 0.08)).toBe(false)
})
