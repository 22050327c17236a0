/**
 * `npm run export -- FILE`: everything that is kept, as it is at one moment, as JSON lines; `-` is the
 * standard output. Works while a server runs. What opens something (keys, hashes of tokens) is left out.
 */
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { BadConfig, configFrom } from '../../server/config.ts'
import { isFile, openDatabase } from '../../server/db/open.ts'
import { exportRows } from '../../server/operations/export-rows.ts'
import { configOfFile, fileNeeded } from './database-at-hand.ts'

const { positionals } = parseArgs({ allowPositionals: true })
const target = fileNeeded('export', positionals)

try {
  const { database } = configFrom(process.env)
  if (isFile(database.url)) configOfFile('export')
  const db = await openDatabase(database)
  let lines = 0
  const about = { forgemoot: 1, exportedAt: new Date().toISOString() }
  async function* text() {
    for await (const line of exportRows(db, about)) {
      lines++
      yield `${line}\n`
    }
  }
  const into =
    target === '-' ? process.stdout : createWriteStream(target, { flags: 'wx', mode: 0o600 })
  await pipeline(Readable.from(text()), into).finally(() => db.close())
  if (target !== '-') console.log(`${target}: ${lines - 1} rows.`)
} catch (error) {
  const code = (error as { code?: unknown }).code
  const told =
    error instanceof BadConfig
      ? error.message
      : code === 'EEXIST' && `${target} is there already. Name a new file.`
  console.error(told ? `Nothing was exported. ${told}` : error)
  process.exitCode = 1
}
