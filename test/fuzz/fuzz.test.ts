/** A little of `npm run fuzz` in every run, with another seed each day, and all that it ever found. */
import { expect, test } from 'vitest'
import { corpusOf, thrownBefore } from './corpus.ts'
import { fuzzHttp } from './http.ts'
import { PARSERS } from './parsers.ts'
import { fuzz } from './target.ts'

const seed = Math.floor(Date.now() / 86_400_000)

test.each(PARSERS)(
  '$name are read or refused, whatever they are',
  async (target) => {
    for (const input of corpusOf(target.name)) await target.check(input as never)
    const { inputs } = await fuzz(target, Math.ceil(100 * target.share), seed)
    expect(inputs).toBeGreaterThan(0)
  },
  60_000,
)

test('a server answers or refuses, whatever it is asked', async () => {
  const { statuses } = await fuzzHttp(2000, seed, thrownBefore())
  expect(statuses[200]).toBeGreaterThan(20)
  expect(statuses[400]).toBeGreaterThan(20)
}, 120_000)
