/**
 * A server that is killed at moments of chance while many write. Whoever hears no answer sends the same vote
 * again, as the outbox does; in the end the log has to hold exactly what was sent, every receipt has to be
 * where it said, and all sums have to be those of the log.
 */
import { Agent, request } from 'node:http'
import type { SessionReply } from '#shared/api/sign-in'
import type { VotesReply } from '#shared/api/votes'
import { openDatabase } from '../../server/db/open.ts'
import { uuidOf } from '../../server/db/vote-ids.ts'
import { recount } from '../../server/services/recount.ts'
import { temporaryFolder } from '../../server/testing-database.ts'
import { aVote } from '../../server/testing.ts'
import { startSqld } from '../../server/testing-sqld.ts'
import { killed, spawnServer } from '../../server/testing-process.ts'

export interface Killing {
  kills: number
  /** Votes whose receipt somebody has. */
  acknowledged: number
  /** Of these, how many the log does not have, or has at another place. */
  lost: number
  /** Entries in the log beyond one for each vote. */
  doubled: number
  /** Sent again because no answer came, and found to be there already: nothing but their id told them apart. */
  storedUnheard: number
  /** Subjects, standing votes and receipts that a recount found wrong or missing. */
  wrong: number
  seconds: number
}

type Vote = ReturnType<typeof aVote>

/** Kills a server so many times under so many writers, and counts. */
export async function killAgain(
  times: number,
  writers: number,
  told: (kill: number) => void,
  onRemote = false,
): Promise<Killing> {
  const folder = temporaryFolder()
  const sqld = onRemote ? await startSqld(`${folder.path}/sqld`) : undefined
  const url = sqld?.url ?? `file:${folder.path}/killed.db`
  const environment = { FORGEMOOT_DATABASE_URL: url }
  const receipts = new Map<string, number>()
  const sent = new Set<string>()
  const unheard: Vote[] = []
  let storedUnheard = 0
  const began = performance.now()
  try {
    for (let kill = 1; kill <= times + 1; kill++) {
      const server = await spawnServer(environment)
      const agent = new Agent({ keepAlive: true, maxSockets: writers })
      const token = await signedIn(server.ask, kill)
      const again = new Set<string>(unheard.map(({ id }) => id))
      const isLast = kill > times
      const end = new AbortController()
      let heard: (() => void) | undefined
      const isHeard = new Promise<void>((resolve) => (heard = resolve))
      const write = async () => {
        while (!end.signal.aborted) {
          const before = unheard.splice(-1)
          const votes = before.length ? before : isLast ? [] : newVotes()
          if (!votes.length) return
          for (const { id } of votes) sent.add(id)
          const results = await cast(agent, server.address, token, votes).catch(() => undefined)
          if (!results) {
            unheard.push(...votes)
            return
          }
          heard?.()
          for (const { id, status, receipt } of results) {
            if (receipt === null) throw new Error(`a vote was not accepted: ${status}`)
            const known = receipts.get(id)
            if (known !== undefined && known !== receipt) throw new Error(`two receipts for ${id}`)
            receipts.set(id, receipt)
            if (again.has(id) && status === 'duplicate') storedUnheard++
          }
        }
      }
      const writing = Promise.all(Array.from({ length: writers }, write))
      if (!isLast) {
        // In the midst of it: a remote database may first wait for a transaction of who was killed before.
        await Promise.race([isHeard, writing])
        await new Promise((done) => setTimeout(done, 20 + Math.random() * 400))
        await killed(server.child, 'SIGKILL')
        end.abort()
        told(kill)
      }
      await writing
      if (isLast) await killed(server.child, 'SIGTERM')
      agent.destroy()
    }
    return {
      kills: times,
      storedUnheard,
      seconds: (performance.now() - began) / 1000,
      ...(await counted(url, receipts, sent)),
    }
  } finally {
    await sqld?.kill()
    folder.remove()
  }
}

async function signedIn(ask: Awaited<ReturnType<typeof spawnServer>>['ask'], kill: number) {
  // Always the same person: what a vote’s id was used for is asked by person.
  const { body } = await ask('/auth/local', { body: { login: 'ada' } }).catch((error: unknown) => {
    throw new Error(`the server does not come back after kill ${kill - 1}`, { cause: error })
  })
  return (body as SessionReply).token
}

const below = (end: number) => Math.floor(Math.random() * end)

const newVotes = () =>
  Array.from({ length: below(4) === 0 ? 1 + below(10) : 1 }, () =>
    aVote({ subject: `github.com/a/r${below(5)}#${1 + below(200)}`, value: below(3) - 1 }),
  )

function cast(agent: Agent, address: string, token: string, votes: Vote[]) {
  const body = JSON.stringify({ votes })
  return new Promise<VotesReply['results']>((resolve, reject) => {
    const asked = request(`${address}/v1/votes`, {
      agent,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        authorization: `Bearer ${token}`,
      },
    })
    asked.on('error', reject)
    asked.on('response', (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => (text += chunk))
      response.on('error', reject)
      response.on('aborted', () => reject(new Error('broken off')))
      response.on('end', () => {
        if (response.statusCode === 200) resolve((JSON.parse(text) as VotesReply).results)
        else reject(new Error(`status ${response.statusCode}`))
      })
    })
    asked.end(body)
  })
}

const PAGE_OF_LOG = 'SELECT id, seq FROM log WHERE seq > ? ORDER BY seq LIMIT 10000'

/** Compares what was answered with what a database holds. */
export async function counted(
  url: string,
  receipts: ReadonlyMap<string, number>,
  sent: ReadonlySet<string>,
) {
  const db = await openDatabase({ url })
  const kept = new Map<string, number>()
  let entries = 0
  // Page by page: a remote database refuses answers that are too large.
  for (let after = -1; ;) {
    const args = [after]
    const { rows } = await db.execute({ sql: PAGE_OF_LOG, args })
    for (const { id, seq } of rows) kept.set(uuidOf(id as ArrayBuffer), Number(seq))
    entries += rows.length
    if (!rows.length) break
    after = Number(rows.at(-1)?.seq)
  }
  const nobody = () => Promise.reject(new Error('not asked'))
  const { gaps, subjects, votes } = await recount({ db, writer: { run: nobody }, auth: 'local' })
  db.close()
  const lost = [...receipts].filter(([id, seq]) => kept.get(id) !== seq).length
  const strange = [...kept.keys()].filter((id) => !sent.has(id)).length
  return {
    acknowledged: receipts.size,
    lost,
    doubled: entries - kept.size + strange,
    wrong: gaps.length + subjects.length + votes.length,
  }
}
