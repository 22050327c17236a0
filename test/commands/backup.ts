/**
 * `npm run backup -- FILE`: writes all of the database into a new file, as it is at one moment, while a
 * server uses it or not. It reads the same settings as the server; see docs/running.md.
 */
import path from 'node:path'
import { statSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { BadConfig } from '../../server/config.ts'
import { openDatabase } from '../../server/db/open.ts'
import { backUp } from '../../server/operations/back-up.ts'
import { configOfFile, fileNeeded } from './database-at-hand.ts'

const { positionals } = parseArgs({ allowPositionals: true })
const target = path.resolve(fileNeeded('backup', positionals))

try {
  const began = Date.now()
  const { database } = configOfFile('backup')
  const db = await openDatabase(database)
  const { votes, lastReceipt } = await backUp(db, target).finally(() => db.close())
  const size = (statSync(target).size / 1e6).toFixed(1)
  const upTo = lastReceipt === null ? '' : `, up to receipt ${lastReceipt}`
  const took = ((Date.now() - began) / 1000).toFixed(1)
  console.log(`${target}: ${votes} votes${upTo}, ${size} MB, in ${took} s.`)
} catch (error) {
  console.error(error instanceof BadConfig ? `Nothing was backed up. ${error.message}` : error)
  process.exitCode = 1
}
