/** Fails when the content script, which loads on every page of the forge, grows past its limit. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { ROOT } from './run.ts'

/** Bytes, gzip -9. */
const LIMIT = 15_000

const script = path.join(ROOT, '.output/chrome-mv3/content-scripts/github.js')
const size = gzipSync(readFileSync(script), { level: 9 }).length
console.log(`content script: ${size} bytes gzip, of at most ${LIMIT}`)
process.exitCode = size > LIMIT ? 1 : 0
