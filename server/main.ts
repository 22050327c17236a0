/** Starts the server from its environment, and stops it when asked to. */
import { readFileSync } from 'node:fs'
import { BadConfig, configFrom, type Config } from './config.ts'
import { makeFolderFor } from './db/make-folder.ts'
import { explained } from './http/explained.ts'
import { fieldsOf, log, setLogStyle } from './operations/log.ts'
import { type RunningServer, startServer } from './start.ts'

/** Milliseconds after which a SIGINT is a new one. */
const AGAIN = 1000

const version = (
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
).version

void main()

async function main() {
  // Whatever ends this before it listens, and says nothing, was no success.
  process.exitCode = 1
  try {
    const config = configFrom(process.env)
    setLogStyle({
      format: config.logFormat ?? (process.stderr.isTTY ? 'text' : 'json'),
      requests: config.logRequests,
    })
    makeFolderFor(config.database.url)
    let server = await start(config)
    process.exitCode = 0
    const stop = () => {
      const began = performance.now()
      log('info', 'stopping', 'The server was asked to end.')
      server.stop().then(() => {
        const ms = Math.round(performance.now() - began)
        log('info', 'stopped', 'Everything is on the disk.', { ms })
        process.exit()
      }, fail)
    }
    const watch = () => {
      void server.lost.then((reason) => endWithout(reason, stop))
      server.outdated.then(again).catch(fail)
    }
    // Who a voter is counts in every number: that changes only with everything else.
    const again = async () => {
      const said = 'People sign in with GitHub from now on. The server starts again.'
      console.log(said)
      log('info', 'restarting', said)
      await server.stop()
      server = await start(config)
      watch()
    }
    stopOnSignals(stop)
    watch()
  } catch (error) {
    fail(error)
  }
}

async function start(config: Config): Promise<RunningServer> {
  const server = await startServer(config, version).catch((error: unknown) => {
    throw explained(error, config)
  })
  console.log(`Forgemoot ${version} listens on ${server.address}`)
  log('info', 'started', 'The server listens.', { version, address: server.address })
  if (server.setUp !== undefined) console.log(`Signing in with GitHub is set up at ${server.setUp}`)
  return server
}

function endWithout(reason: unknown, stop: () => void) {
  const said = 'Forgemoot ends: what writes to the database has died'
  log('error', 'writer-lost', `${said}.`, { cause: String(reason) })
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

function fail(error: unknown): never {
  if (error instanceof BadConfig) console.error(`Forgemoot cannot start. ${error.message}`)
  else log('error', 'bug', 'The server ends for a reason nobody foresaw.', fieldsOf(error))
  process.exit(1)
}
