import * as v from 'valibot'
import { expect, test } from 'vitest'
import { voteIdOf } from './vote.ts'

test('an id is a UUID of version 7, and later ids sort later', () => {
  const ids = [0, 1, 255, 1_700_000_000_000, 1_800_000_000_001, 2 ** 48 - 1].map((at) =>
    voteIdOf(crypto.randomUUID(), at),
  )
  for (const id of ids) {
    expect(v.is(v.pipe(v.string(), v.uuid()), id)).toBe(true)
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
  }
  expect(ids.toSorted()).toEqual(ids)
})
