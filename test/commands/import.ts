/**
 * `npm run import -- github.com/owner/name`: reads a repository from GitHub into the database, and says how
 * far it is. While a server runs on that database it does the reading; else this does. Ended in between, it
 * goes on at the page where it was left, by this command or when a server starts.
 */
import { parseRepository } from '#shared/subject'
import type { ImportReply } from '#shared/api/imports'
import { BadConfig, configFrom } from '../../server/config.ts'
import { askForImport } from '../../server/db/import-store.ts'
import { makeFolderFor } from '../../server/db/make-folder.ts'
import { ON_DUTY } from '../../server/duties/duty.ts'
import { type DatabaseAddress, isFile, openDatabase } from '../../server/db/open.ts'
import { explained } from '../../server/http/explained.ts'
import { readImportReply } from '../../server/services/read-import.ts'
import { startServer } from '../../server/start.ts'

/** Between two looks, in milliseconds. */
const LOOK = 500

/** Of the bar, in characters. */
const WIDTH = 30
const SERVED = 'A server runs on this database; it does the reading.'
let last = ''

const repo = parseRepository(process.argv[2] ?? '')
if (repo === undefined || process.argv.length > 3) {
  console.error('Name one repository: npm run import -- github.com/numpy/numpy')
  process.exit(2)
}

try {
  process.exitCode = await importInto(repo)
} catch (error) {
  console.error(error instanceof BadConfig ? `Nothing was imported. ${error.message}` : error)
  process.exit(1) // at once: a thread that writes may still be there
}
process.exit()

async function importInto(repo: string): Promise<number> {
  const config = configFrom(process.env)
  const [host = '', owner = '', name = ''] = repo.split('/')
  if (host !== config.forge) {
    throw new BadConfig(
      `This database keeps ${config.forge}, not ${host}. See FORGEMOOT_GITHUB_URL.`,
    )
  }
  makeFolderFor(config.database.url)
  const isServed = !isFile(config.database.url) && (await isOnDuty(config.database))
  if (isServed) console.log(SERVED)
  // On a remote database in any case: should the one that does the reading end, this goes on.
  // A port of the system's choice: nobody is to find it.
  const server = await startServer({ ...config, host: '127.0.0.1', port: 0 }, '0.0.0').catch(
    (error: unknown) => {
      const isTaken = error instanceof BadConfig && isFile(config.database.url)
      if (!isTaken) throw explained(error, config)
      console.log(SERVED)
      return undefined
    },
  )
  const db = await openDatabase(config.database)
  const asked = await db.batch(
    askForImport({ host, owner, name }, 'asked', null, Date.now()),
    'write',
  )
  const id = Number(asked.at(-1)?.rows[0]?.[0])
  const ended = new Promise<undefined>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => resolve(undefined))
    }
  })
  for (;;) {
    const reply = await readImportReply({ db }, id)
    show(reply)
    const end = endOf(reply)
    const rested = new Promise((resolve) => setTimeout(() => resolve('rested'), LOOK))
    const isEnded = end === undefined && (await Promise.race([ended, rested])) === undefined
    if (end === undefined && !isEnded) continue
    db.close()
    await server?.stop()
    if (isEnded) console.log('\nLeft here. The same command goes on from this page.')
    return end ?? 130
  }
}

/** Whether a server does its duty on a remote database. One that is new has no table that would say so. */
async function isOnDuty(database: DatabaseAddress): Promise<boolean> {
  const db = await openDatabase(database)
  const found = await db.execute(ON_DUTY).catch(() => undefined)
  db.close()
  return Boolean(found?.rows.length)
}

/** With which code the command ends; undefined while there is something to wait for. */
function endOf({ status, until }: ImportReply): number | undefined {
  if (status === 'done') return 0
  return status === 'failed' || (status === 'paused' && until === null) ? 1 : undefined
}

function show(reply: ImportReply) {
  const { percent } = reply
  const full = Math.round((percent / 100) * WIDTH)
  const line = `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${percent.toFixed(1)} %  ${wordsFor(reply)}`
  if (line === last) return
  last = line
  if (process.stdout.isTTY)
    process.stdout.write(`\r\u001B[K${line}${endOf(reply) === undefined ? '' : '\n'}`)
  else console.log(line)
}

function wordsFor({ status, phase, done, total, until, problem, skipped }: ImportReply): string {
  if (status === 'waiting') return 'waits for its turn'
  if (status === 'paused' && until !== null) {
    const clock = new Date(until).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
    return `GitHub’s limit is used up: goes on at ${clock} (FORGEMOOT_GITHUB_TOKEN raises it)`
  }
  if (status === 'paused' || status === 'failed') return problem ?? 'stopped'
  if (status === 'done') return skipped ? `done; ${skipped} could not be read` : 'done'
  return `${phase}: ${done.toLocaleString('en')}${total === null ? '' : ` of ${total.toLocaleString('en')}`}`
}
