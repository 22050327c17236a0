import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { constitutionJsonSchema } from './json-schema.ts'

const file = new URL('../../docs/forgemoot.schema.json', import.meta.url)

test('the published schema is the one that constitutions are read with', () => {
  // When they differ: npm run constitution -- --schema > docs/forgemoot.schema.json, and format it.
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(constitutionJsonSchema())
})
