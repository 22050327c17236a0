/** A running server: the application on its database, its writer and its port. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { getHeapStatistics } from 'node:v8'
import { getRequestListener } from '@hono/node-server'
import type { Client } from '@libsql/client'
import { Problem } from '#shared/problem'
import { repositoryOf } from '#shared/subject'
import { createApp } from './http/app.ts'
import { answersAtOnce } from './http/at-once.ts'
import { type Clock, clockOf } from './clock.ts'
import type { Config } from './config.ts'
import type { Caller, Context } from './context.ts'
import { githubSignIn } from './forges/github-sign-in.ts'
import { feedCache } from './feed-cache.ts'
import { tokenFor } from './forges/github/app-token.ts'
import { gitHub } from './forges/github/github.ts'
import { pullsOf } from './forges/github/pulls.ts'
import { sendTo } from './forges/github/send.ts'
import { type ImportRunner, runImports } from './duties/import-runner.ts'
import { onDuty, type Work } from './duties/duty.ts'
import { recountNightly } from './duties/nightly-recount.ts'
import { askNightlyImports } from './services/ask-nightly-imports.ts'
import { sleep } from './sleep.ts'
import { lockDatabase } from './db/lock.ts'
import { migrateDatabase } from './db/migrate.ts'
import { isFile, openDatabase } from './db/open.ts'
import { requireWhole } from './db/require-whole.ts'
import { unparsed } from './http/unparsed.ts'
import { type Allowed, DEFAULT_LIMITS, limitsOf } from './http/limits.ts'
import { fieldsOf, log, logsRequests } from './operations/log.ts'
import { measure } from './operations/metrics.ts'
import { setRequestId, type Requests, watchRequests } from './operations/watch-requests.ts'
import { recent } from './recent.ts'
import { documentOf, refusal } from './http/replies.ts'
import { scoreAnswers } from './scores/score-answers.ts'
import { scoreCache } from './scores/score-cache.ts'
import { sweptScores } from './scores/unusual-scores.ts'
import { readApp, wayOf } from './services/app-store.ts'
import { type SignIn, signInBy } from './sign-in.ts'
import { runTallies, type TallyRunner } from './duties/tally-runner.ts'
import { startWriter } from './writer/writer.ts'

export interface RunningServer {
  /** As `http://127.0.0.1:8787`. */
  address: string
  /** Where signing in with GitHub can be set up; undefined once it is. */
  setUp: string | undefined
  /** Resolves when somebody has set that up and, by default, it is how people sign in after a restart. */
  outdated: Promise<void>
  /** What changes the database; for who shares this process with the server. */
  writer: Context['writer']
  /** Resolves, to the reason, when the server cannot go on because it cannot write any more. */
  lost: Promise<unknown>
  /** Answers what was asked, puts it on the disk, and ends. Asking again changes nothing. */
  stop(): Promise<void>
}

/** How long a shutdown waits for clients to take their answers, in milliseconds. */
const PATIENCE = 10_000

/** How often to look which repositories were not gone through for a day, in milliseconds. */
const NIGHTLY_LOOK = 10 * 60_000

/** How often remembered scores are gone through for what is not to be said any more, in milliseconds. */
const SWEEP = 60_000

/** How often to look whether another server was set up, in milliseconds. */
const APP_LOOK = 2000

/** How long an end waits for an import to come to the end of its page, in milliseconds. */
const GRACE = 5000

const SESSIONS = 10_000

/** Each has some 12 kB. */
const FEED_PAGES = 1000

const never = new Promise<void>(() => {})

/** Opens the database, brings it up to date, and listens. */
export async function startServer(
  config: Config,
  version: string,
  /** How forges are reached. */
  reach: typeof fetch = (input, init) => fetch(input, init),
  clock: Clock = clockOf(),
): Promise<RunningServer> {
  const { now } = clock
  // What another server changes in a remote database we are not told, so nothing of it is remembered.
  const alone = isFile(config.database.url)
  if (alone) (await openDatabase(config.database)).close() // now there is a file to lock
  const unlock = alone ? await lockDatabase(config.database.url) : undefined
  // After the lock: until then the file may be replaced by another, as a restored one is.
  const db = await openDatabase(config.database)
  await migrateDatabase(db)
  await requireWhole(db)
  const signIn = await signInOf(config, db, reach)
  const auth = wayOf(config.auth, signIn.client() !== undefined)
  const scores = sweptScores(scoreCache(alone ? scoresThatFit() : 0))
  const answers = scoreAnswers(alone ? answersThatFit() : 0)
  const sweeping = setInterval(() => {
    for (const subject of scores.sweep(now())) answers.changed(repositoryOf(subject))
  }, SWEEP)
  sweeping.unref()
  const feeds = feedCache(alone ? FEED_PAGES : 0)
  const writer = await startWriter(
    { database: config.database, localLogins: auth === 'local', ahead: clock.ahead },
    (changed) => {
      for (const repository of changed.renamed) {
        scores.forget(repository)
        answers.changed(repository)
        feeds.changed(repository)
      }
      for (const [subject, text] of changed.scores) {
        scores.set(subject, text)
        answers.changed(repositoryOf(subject))
        feeds.changed(repositoryOf(subject))
      }
    },
  )
  const forge = gitHub({
    host: config.forge,
    api: config.githubApi,
    token: config.githubToken,
    fetch: reach,
    now,
    sleep,
  })
  const send = sendTo({ api: config.githubApi, fetch: reach, now })
  const letIn = tokenFor(send, {
    app: () => config.githubApp ?? signIn.app(),
    token: config.githubToken,
    now,
  })
  const pulls = pullsOf(send, letIn)
  // Undefined while another server does both.
  let tallies: TallyRunner | undefined
  let imports: ImportRunner | undefined
  function beginDuty(): Work {
    const [tallying, importing] = [
      runTallies({ db, writer, pulls, feeds, now }),
      runImports({ db, writer, feeds, forge, now }),
    ]
    ;[tallies, imports] = [tallying, importing]
    const nightly = setInterval(() => {
      void askNightlyImports({ db, writer, now }).then(importing.wake, (error: unknown) =>
        log('error', 'nightly-failed', 'Tonight’s imports were not asked for.', fieldsOf(error)),
      )
    }, NIGHTLY_LOOK)
    nightly.unref()
    return {
      async stop() {
        ;[tallies, imports] = [undefined, undefined]
        clearInterval(nightly)
        await Promise.all([tallying.stop(), importing.stop()])
      },
    }
  }
  const duty = alone ? beginDuty() : onDuty(db, beginDuty)
  // To hold a moment still for as long as a recount takes is more than a remote database grants.
  const recounts = alone ? recountNightly({ database: config.database, auth }, now) : undefined
  const watch = alone ? undefined : watchApp(db, config.forge, signIn)
  const requests = watchRequests(
    (level, event, fields) => log(level, event, 'A request was answered.', fields),
    logsRequests,
  )
  const database = config.database.url
  const metrics = measure({ db, database, writer, requests, version })
  const context: Context = {
    db,
    writer,
    forge,
    pulls,
    imports: { wake: () => imports?.wake() },
    tallies: { wake: () => tallies?.wake() },
    webhookSecret: () => config.webhookSecret ?? signIn.app()?.webhookSecret ?? undefined,
    scores,
    answers,
    feeds,
    sessions: recent<Caller>(alone ? SESSIONS : 0),
    forges: [config.forge],
    auth,
    signIn,
    version,
    database,
    metrics,
    metricsToken: config.metricsToken,
    limits: limitsOf(allowedBy(config, auth), now, metrics.limited),
    proxies: config.proxies,
    now,
  }
  const close = async () => {
    clearInterval(sweeping)
    clearInterval(watch)
    metrics.close()
    await recounts?.stop()
    // One that waits for GitHub goes on at its page when the server starts again.
    await Promise.race([duty.stop(), wait(GRACE, undefined, { ref: false })])
    db.close() // first: a reader would keep the writer from emptying the -wal file
    await writer.close()
    unlock?.()
  }
  const server = serverOf(context, requests)
  await listen(server, config).catch(async (error) => {
    await close()
    throw error
  })
  let stopping: Promise<void> | undefined
  return {
    address: addressOf(server),
    outdated: signIn.setUpDone.then(() => (wayOf(config.auth, true) === auth ? never : undefined)),
    setUp: signIn.client() ? undefined : `${addressOf(server)}/setup?token=${signIn.setUpToken}`,
    writer,
    lost: writer.lost,
    stop: () => (stopping ??= drain(server).then(close)),
  }
}

/** Where anybody on this machine may be anybody, a limit by person would only be in the way. */
function allowedBy({ limits }: Config, auth: Context['auth']): Allowed {
  const { person, address } = auth === 'github' ? DEFAULT_LIMITS : { person: 0, address: 0 }
  return { person: limits.person ?? person, address: limits.address ?? address }
}

async function signInOf(config: Config, db: Client, reach: typeof fetch): Promise<SignIn> {
  const { githubClient: client, githubUrl: site, githubApi: api, forge } = config
  return signInBy({
    forge: githubSignIn({ site, api, fetch: reach }),
    client,
    app: await readApp(db, forge),
  })
}

/** Goes by the app that was registered at another server of this database. */
function watchApp(db: Client, forge: string, signIn: SignIn): NodeJS.Timeout {
  const look = async () => {
    const app = await readApp(db, forge)
    if (app && app.appId !== signIn.app()?.appId) signIn.useApp(app)
  }
  // A database that is away is told by whoever needs it.
  return setInterval(() => void look().catch(() => {}), APP_LOOK).unref()
}

/**
 * How many scores to remember: a million, or what fits in a quarter of the heap. An entry is its id and
 * its text, about 320 bytes, and there may be twice as many as are promised.
 */
function scoresThatFit(): number {
  return Math.min(2 ** 20, Math.floor(getHeapStatistics().heap_size_limit / 4 / (2 * 320)))
}

/** How many bytes of answers to remember: 256 MB, or a sixteenth of what the heap may have; twice that at most. */
function answersThatFit(): number {
  return Math.min(2 ** 28, Math.floor(getHeapStatistics().heap_size_limit / 16))
}

function serverOf(context: Context, { arrived }: Requests): Server {
  const app = createApp(context)
  const unreadable = new Problem('bad-request', 'The address or the Host header cannot be read.')
  const listener = getRequestListener(app.fetch, {
    errorHandler: () => refusal(undefined, documentOf(unreadable)),
  })
  const atOnce = answersAtOnce(context)
  const server = createServer((request, response) => {
    arrived(response)
    atOnce(request, response, () => {
      setRequestId(response)
      void listener(request, response)
    })
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (socket.writable) socket.end(unparsed(error.code))
  })
  return server
}

function listen(server: Server, { host, port }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve())
  })
}

/** Where this machine reaches the server: who listens everywhere listens here too. */
function addressOf(server: Server): string {
  const { address: bound, port, family } = server.address() as AddressInfo // on a port, not a pipe
  const address = bound === '0.0.0.0' ? '127.0.0.1' : bound === '::' ? '::1' : bound
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
}

/** Stops listening and waits for the requests under way. */
function drain(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    // close() alone waits for clients that keep their connection although their answer is out.
    setInterval(() => server.closeIdleConnections(), 50).unref()
    setTimeout(() => server.closeAllConnections(), PATIENCE).unref()
  })
}
