/**
 * `npm run recount [-- --repair]`: counts all votes again from the log and says what differs, while no
 * server runs on the database. It reads the same settings as the server; see README.
 */
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { BadConfig, configFrom } from '../../server/config.ts'
import { lockDatabase } from '../../server/db/lock.ts'
import { migrateDatabase } from '../../server/db/migrate.ts'
import { isFile, openDatabase } from '../../server/db/open.ts'
import { pathOf } from '../../server/db/path-of.ts'
import { requireWhole } from '../../server/db/require-whole.ts'
import { ON_DUTY } from '../../server/duties/duty.ts'
import { readApp, wayOf } from '../../server/services/app-store.ts'
import { recount } from '../../server/services/recount.ts'
import { recountTallies } from '../../server/services/recount-tallies.ts'
import { startWriter } from '../../server/writer/writer.ts'

const { values: asked } = parseArgs({ options: { repair: { type: 'boolean', default: false } } })

try {
  const config = configFrom(process.env)
  const { database } = config
  if (isFile(database.url) && !existsSync(pathOf(database.url))) {
    throw new BadConfig(`There is no database ${pathOf(database.url)}. Set FORGEMOOT_DATABASE_URL.`)
  }
  const unlock = isFile(database.url) ? await lockDatabase(database.url) : undefined
  const db = await openDatabase(database)
  await migrateDatabase(db)
  await requireWhole(db)
  if ((await db.execute(ON_DUTY)).rows.length)
    throw new BadConfig('Servers run on this database. Stop them first.')
  const auth = wayOf(config.auth, (await readApp(db, config.forge)) !== undefined)
  const writer = await startWriter({ database, localLogins: auth === 'local' }, () => {})
  const { counted, entries, gaps, subjects, votes } = await recount({ db, writer, auth }, asked)
  const merging = await recountTallies(db)
  db.close()
  await writer.close()
  unlock?.()
  const repaired = asked.repair ? ', and were repaired' : ''
  console.log(`${counted} subjects recounted from ${entries} votes in the log.`)
  console.log(`${subjects.length} subjects and ${votes.length} standing votes differ${repaired}.`)
  if (gaps.length) console.log(`${gaps.length} votes are missing in the log: restore a backup.`)
  console.log(
    `${merging.tallies} votes on merging recounted from ${merging.entries} entries in the record; ${merging.wrong.length} differ.`,
  )
  for (const { tally, what } of merging.wrong) console.log(`Vote on merging ${tally}: ${what}.`)
  if (merging.gaps.length) {
    console.log(`${merging.gaps.length} entries are missing in the record: restore a backup.`)
  }
  const faults = [subjects, votes, gaps, merging.gaps, merging.wrong]
  process.exitCode = faults.some(({ length }) => length) ? 1 : 0
} catch (error) {
  console.error(error instanceof BadConfig ? `Nothing was recounted. ${error.message}` : error)
  process.exit(1) // at once: a thread that writes may still be there
}
