/**
 * `npm run restore -- FILE [--repair]`: puts a backup in the place of the database, while no server runs on
 * it. The backup is checked, brought to this version and recounted first; what it replaces is kept.
 */
import path from 'node:path'
import { parseArgs } from 'node:util'
import { BadConfig } from '../../server/config.ts'
import { makeFolderFor } from '../../server/db/make-folder.ts'
import { restore } from '../../server/operations/restore.ts'
import { configOfFile, fileNeeded } from './database-at-hand.ts'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { repair: { type: 'boolean', default: false } },
})
const from = path.resolve(fileNeeded('restore', positionals))

try {
  const { file, database, forge, auth } = configOfFile('restore', false)
  makeFolderFor(database.url)
  const { repair } = values
  const done = await restore({ from, to: file, forge, auth, repair, at: new Date() })
  console.log(`${done.counted} subjects recounted from ${done.entries} votes in the log.`)
  const mended = done.subjects.length + done.votes.length
  if (mended) console.log(`${mended} sums were wrong, and were repaired.`)
  console.log(`${file} is ${from} now.`)
  if (done.kept !== undefined) console.log(`What it was before is ${done.kept}.`)
} catch (error) {
  console.error(error instanceof BadConfig ? `Nothing was restored. ${error.message}` : error)
  process.exit(1)
}
