import type { RateLimit, Status, WaitingVote } from '../messages.ts'
import type { Context } from './context.ts'
import { pendingCode } from './device-sign-in.ts'
import { backoffAt } from './outbox.ts'
import { knownAbout, serverTrouble } from './refresh-about.ts'
import type { Reader } from './seen-score-of.ts'
import { readerOf } from './session.ts'
import { readFact } from './store.ts'
import { waitReason } from './wait-reason.ts'

/** Everything that options and popup show. Asks nobody. Holds no token. */
export async function readStatus(context: Context): Promise<Status> {
  const { store } = context
  const reader = await readerOf(context)
  return {
    server: await serverStatus(context, reader),
    person: reader.login,
    code: await codeStatus(context),
    outbox: await outboxStatus(context, reader),
    forge: await forgeStatus(context),
    selfChecks: (await readFact(store, 'selfChecks')) ?? [],
    lastMiss: await readFact(store, 'lastMiss'),
    counts: { votes: await store.votes.count(), scores: await store.shelved.count() },
  }
}

async function serverStatus(context: Context, { server }: Reader): Promise<Status['server']> {
  const about = await knownAbout(context, server)
  return {
    address: server,
    about: about && { version: about.version, auth: about.auth, orders: about.orders },
    // One that never answered is no trouble: nobody said that there is a server.
    problem: about && (await serverTrouble(context, server))?.text,
  }
}

/** The code, without what it stands for. */
async function codeStatus(context: Context): Promise<Status['code']> {
  const device = await pendingCode(context)
  if (!device) return undefined
  const { userCode, verificationUri, expiresAt, nextAt, trouble } = device
  return { userCode, verificationUri, expiresAt, nextAt, trouble }
}

async function outboxStatus({ store, now }: Context, reader: Reader): Promise<Status['outbox']> {
  const backoff = await backoffAt(store, reader.server)
  const ended = (await readFact(store, 'ended'))?.[reader.server ?? '']
  const rows = await store.outbox.orderBy('seq').toArray()
  const waiting: WaitingVote[] = rows.map((row) => ({
    id: row.id,
    subject: row.subject,
    value: row.value,
    castAt: row.castAt,
    person: row.person?.login,
    why: waitReason(row, reader, { backoff, ended }),
  }))
  const isWaiting = backoff && reader.login !== undefined && waiting.length > 0
  return { waiting, nextTryAt: isWaiting ? Math.max(backoff.until, now()) : undefined }
}

async function forgeStatus({ store, now }: Context): Promise<Status['forge']> {
  const token = await readFact(store, 'forgeToken')
  const limits = await readFact(store, 'limits')
  // A limit whose time is over is full again, but nobody has said so.
  const alive = (limit: RateLimit | undefined) =>
    limit && limit.resetAt > now() ? limit : undefined
  const [core, search] = [alive(limits?.['core']), alive(limits?.['search'])]
  const spent = [core, search].find((limit) => limit?.remaining === 0)
  return {
    hasToken: token !== undefined,
    limits: { core, search },
    problem: token?.refused
      ? 'GitHub does not accept the token, so it is asked as a visitor. Replace or remove the token.'
      : spent
        ? spentText(spent, token !== undefined)
        : (await readFact(store, 'forgeProblem'))?.text,
  }
}

function spentText({ resetAt }: RateLimit, hasToken: boolean): string {
  const until = new Date(resetAt).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
  const whose = hasToken ? 'for your token' : 'for visitors'
  return `GitHub’s limit ${whose} is spent until ${until}; scores shown are those seen before.`
}
