/** Fails when a content script grows past its limit. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { ROOT } from './run.ts'

/** Bytes, gzip -9. The first loads on every page, the others where somebody asks for them. */
const LIMITS = {
  'github.js': 15_000,
  'github-feed.js': 30_000,
  'github-tally.js': 25_000,
  'github-talk.js': 25_000,
}

for (const [name, limit] of Object.entries(LIMITS)) {
  const script = path.join(ROOT, '.output/chrome-mv3/content-scripts', name)
  const size = gzipSync(readFileSync(script), { level: 9 }).length
  console.log(`${name}: ${size} bytes gzip, of at most ${limit}`)
  if (size > limit) process.exitCode = 1
}
