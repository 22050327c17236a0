/** Starts the server from its environment, and stops it when asked to. */
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { BadConfig, configFrom, type Config } from './config.ts'
import { isFile } from './db/open.ts'
import { pathOf } from './db/path-of.ts'
import { type RunningServer, startServer } from './start.ts'

/** Milliseconds after which a SIGINT is a new one. */
const AGAIN = 1000

const version = (
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
).version

try {
  const config = configFrom(process.env)
  makeFolderFor(config.database.url)
  let server = await start(config)
  const stop = () => void server.stop().then(() => process.exit(), fail)
  const watch = () => {
    void server.lost.then((reason) => endWithout(reason, stop))
    server.outdated.then(again).catch(fail)
  }
  // Who a voter is counts in every number: that changes only with everything else.
  const again = async () => {
    console.log('People sign in with GitHub from now on. The server starts again.')
    await server.stop()
    server = await start(config)
    watch()
  }
  stopOnSignals(stop)
  watch()
} catch (error) {
  fail(error)
}

async function start(config: Config): Promise<RunningServer> {
  const server = await startServer(config, version).catch((error: unknown) => {
    throw explained(error, config)
  })
  console.log(`Forgemoot ${version} listens on ${server.address}`)
  if (server.setUp !== undefined) console.log(`Signing in with GitHub is set up at ${server.setUp}`)
  return server
}

function endWithout(reason: unknown, stop: () => void) {
  console.error(`Forgemoot ends: what writes to the database has died (${String(reason)}).`)
  process.exitCode = 1
  stop()
}

/**
 * Stops once, however often it is asked: one Ctrl+C arrives several times, from the terminal and from every
 * program between it and us. Only somebody who presses it again, later, wants the end at once.
 */
function stopOnSignals(stop: () => void) {
  let first: number | undefined
  const asked = (signal: NodeJS.Signals) => {
    const now = performance.now()
    if (first === undefined) {
      first = now
      stop()
    } else if (signal === 'SIGINT' && now - first >= AGAIN) process.exit(130)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, asked)
}

function makeFolderFor(url: string) {
  if (!isFile(url)) return
  const path = pathOf(url)
  const folder = dirname(path)
  try {
    mkdirSync(folder, { recursive: true })
  } catch {
    throw new BadConfig(`The folder ${folder} for the database cannot be made.`)
  }
  if (existsSync(path) && statSync(path).isDirectory()) {
    throw new BadConfig(
      `FORGEMOOT_DATABASE_URL says ${path}, which is a folder. Name a file in it.`,
    )
  }
}

/** What went wrong at the start, in words that help; what nobody foresaw stays as it is. */
function explained(error: unknown, { host, port, database }: Config): unknown {
  if (error instanceof BadConfig) return error
  const chain = chainOf(error)
  const code = chain[0]?.code
  if (code === 'EADDRINUSE') {
    return new BadConfig(`Port ${port} of ${host} is taken. Stop what listens there, or set PORT.`)
  }
  if (code === 'EACCES')
    return new BadConfig(`Port ${port} needs rights that this user lacks. Set PORT.`)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new BadConfig(`This machine has no address ${host}. Set HOST.`)
  }
  const told = chain.map((one) => `${one.name} ${one.code} ${one.message}`).join(' ')
  if (/SQLITE|Drizzle|Libsql|ConnectionFailed|fetch failed/i.test(told)) {
    return new BadConfig(
      `The database ${database.url} cannot be opened and written (${chain.at(-1)?.message}). ` +
        'Check FORGEMOOT_DATABASE_URL, the rights on the file and its folder, and the space on the disk.',
    )
  }
  return error
}

/** An error and what caused it, outermost first. */
function chainOf(error: unknown): (Error & { code?: string })[] {
  return error instanceof Error ? [error, ...chainOf(error.cause)] : []
}

function fail(error: unknown): never {
  console.error(error instanceof BadConfig ? `Forgemoot cannot start. ${error.message}` : error)
  process.exit(1)
}
