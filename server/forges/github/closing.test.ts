import { expect, test } from 'vitest'
import { closedBy } from './closing.ts'

const closes = (body: string | null) => closedBy(body, 'github.com/numpy/numpy', 7)

const KEYWORDS = 'close closes closed fix fixes fixed resolve resolves resolved'

test('every keyword of GitHub closes', () => {
  for (const keyword of KEYWORDS.split(' ')) {
    expect(closes(`This ${keyword} #12.`)).toEqual([12])
    expect(closes(`${keyword.toUpperCase()}: #12`)).toEqual([12])
  }
})

test.each<[body: string | null, numbers: number[]]>([
  [null, []],
  ['', []],
  ['See #12', []],
  ['Closes #12 and #13', [12]],
  ['fixes #30, closes #4 and resolves numpy/numpy#12', [4, 12, 30]],
  ['Fixes NumPy/numpy#12', [12]],
  ['Fixes scipy/scipy#12', []],
  ['Fixes https://github.com/numpy/numpy/issues/12', [12]],
  ['Fixes https://github.com/scipy/scipy/issues/12', []],
  ['Fixes https://example.org/numpy/numpy/issues/12', []],
  ['Fixes GH-12', [12]],
  ['closes #7', []], // itself
  ['Closes #12 closes #12', [12]],
  ['prefixes #12', []],
  ['fixing #12', []],
  ['Closes #012', []],
  ['Closes #12abc', []],
  ['Closes\n#12', [12]],
  ['`closes #12` closes #13', [13]],
  ['``closes ` #12`` closes #13', [13]],
  ['an open ` closes #12', [12]],
  ['```\ncloses #12\n```\ncloses #13', [13]],
  ['~~~\ncloses #12\n```\n~~~\ncloses #13', [13]],
  ['````\n```\ncloses #12\n````\ncloses #13', [13]],
  ['> closes #12\n\ncloses #13', [13]],
  ['<!-- closes #12 -->closes #13', [13]],
  ['<!-- closes #12', []],
])('%j closes %j', (body, numbers) => expect(closes(body)).toEqual(numbers))

test('a body that wants to take long does not', () => {
  for (const part of ['close ', '`', '<!--', '> ', 'fixes a/', '```\n', 'closes\n\n\n\n', '#1']) {
    const began = performance.now()
    closes(part.repeat(200_000))
    expect(performance.now() - began).toBeLessThan(5000)
  }
})
