import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'turso',
  schema: ['./server/db/schema.ts', './server/db/tallies/schema.ts'],
  out: './server/db/migrations',
})
