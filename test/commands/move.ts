/**
 * `npm run move -- URL`: everything that FORGEMOOT_DATABASE_URL keeps goes to an empty database at URL, a
 * remote one or a file, and is recounted there. No server may run on either. FORGEMOOT_MOVE_TOKEN is the
 * token of the database at URL.
 */
import { existsSync } from 'node:fs'
import { BadConfig, configFrom } from '../../server/config.ts'
import { lockDatabase } from '../../server/db/lock.ts'
import { makeFolderFor } from '../../server/db/make-folder.ts'
import { migrateDatabase } from '../../server/db/migrate.ts'
import { type DatabaseAddress, isFile, openDatabase } from '../../server/db/open.ts'
import { pathOf } from '../../server/db/path-of.ts'
import { explained } from '../../server/http/explained.ts'
import { move } from '../../server/operations/move.ts'

const [url, ...others] = process.argv.slice(2)
if (url === undefined || others.length) {
  console.error('Say where to: npm run move -- http://127.0.0.1:8080, or file:./data/forgemoot.db')
  process.exit(2)
}

const config = configFrom(process.env)
const unlocks: (() => void)[] = []

/** Opens a database that nobody else uses. */
async function opened(address: DatabaseAddress, isThere: boolean) {
  const db = await openedAlone(address, isThere).catch((error: unknown) => {
    throw explained(error, { ...config, database: address })
  })
  await migrateDatabase(db).catch((error: unknown) => {
    throw explained(error, { ...config, database: address })
  })
  return db
}

async function openedAlone(address: DatabaseAddress, isThere: boolean) {
  if (!isFile(address.url)) return openDatabase(address)
  if (isThere && !existsSync(pathOf(address.url)))
    throw new BadConfig(`There is no database ${pathOf(address.url)}. Set FORGEMOOT_DATABASE_URL.`)
  makeFolderFor(address.url)
  ;(await openDatabase(address)).close() // now there is a file to lock
  unlocks.push(await lockDatabase(address.url))
  return openDatabase(address)
}

try {
  const began = Date.now()
  const token = process.env.FORGEMOOT_MOVE_TOKEN || undefined
  const target = configFrom({ ...process.env, FORGEMOOT_DATABASE_URL: url }).database.url
  const from = await opened(config.database, true)
  const to = await opened({ url: target, token }, false)
  const { rows, counted, entries } = await move(from, to, config)
  for (const db of [from, to]) db.close()
  for (const unlock of unlocks) unlock()
  const took = ((Date.now() - began) / 1000).toFixed(1)
  console.log(`${rows} rows moved and compared in ${took} s.`)
  console.log(`${counted} subjects recounted there from ${entries} votes in the log.`)
  console.log(`Start servers with FORGEMOOT_DATABASE_URL=${target} from now on.`)
  console.log(
    `What is at ${config.database.url} stays as it was; no server is to write to it any more.`,
  )
} catch (error) {
  console.error(error instanceof BadConfig ? `It was not moved. ${error.message}` : error)
  process.exitCode = 1
}
