/** The writer's thread: takes orders in the order in which they came, and answers after each commit. */
import { parentPort, receiveMessageOnPort, workerData, type MessagePort } from 'node:worker_threads'
import type { Client } from '@libsql/client'
import { isFile, openDatabase, type DatabaseAddress } from './db/open.ts'
import { openVoteLog, type PersonsVote, type VoteLog } from './db/vote-log.ts'
import type { Answer, Answers, Order, Statement } from './writer.ts'

/** Votes in one transaction, at most; more only makes the first of them wait. */
const MOST = 1000

type VotesOrder = Extract<Order, { votes: PersonsVote[] }>

async function takeOrders(port: MessagePort, db: Client, log: VoteLog) {
  const orders: Order[] = []
  let busy = false

  port.on('message', (batch: Order[]) => {
    orders.push(...batch)
    if (!busy) void work()
  })
  port.postMessage('ready')

  async function work() {
    busy = true
    while (orders.length) {
      const votes = takeVotes()
      port.postMessage(votes.length ? await append(votes) : await runOne())
      takeMessages()
    }
    busy = false
  }

  /** What was sent while the disk held this thread up. */
  function takeMessages() {
    for (;;) {
      const received = receiveMessageOnPort(port)
      if (!received) return
      orders.push(...(received.message as Order[]))
    }
  }

  /** The votes at the head of the queue, up to the first order of another kind. */
  function takeVotes(): VotesOrder[] {
    const taken: VotesOrder[] = []
    let size = 0
    for (const order of orders) {
      if (!('votes' in order) || (size && size + order.votes.length > MOST)) break
      taken.push(order)
      size += order.votes.length
    }
    orders.splice(0, taken.length)
    return taken
  }

  async function append(taken: VotesOrder[]): Promise<Answers> {
    try {
      const { outcomes, scores } = await log.append(taken.flatMap(({ votes }) => votes))
      let next = 0
      const answers = taken.map(({ key, votes }) => {
        const from = next
        next += votes.length
        return { key, outcomes: outcomes.slice(from, next) }
      })
      return { answers, scores }
    } catch (error) {
      return none(taken.map(({ key }) => ({ key, failure: String(error) })))
    }
  }

  async function runOne(): Promise<Answers> {
    const order = orders.shift()
    if (!order || 'votes' in order) return none([])
    if ('close' in order) {
      await emptyJournal()
      db.close()
      setImmediate(() => port.close())
      return none([{ key: order.key, closed: true }])
    }
    return none([await run(order.key, order.statements)])
  }

  /** Afterwards the database's file alone holds everything. */
  async function emptyJournal() {
    if (!isFile((workerData as DatabaseAddress).url)) return
    // Nothing is lost when it cannot be done: the next start reads the -wal file.
    await db.execute('PRAGMA wal_checkpoint(TRUNCATE)').catch(console.error)
  }

  async function run(key: number, statements: Statement[]): Promise<Answer> {
    try {
      const results = await db.batch(statements, 'write')
      const last = results.at(-1)
      return { key, rows: last ? last.rows.map((row) => last.columns.map((_, i) => row[i])) : [] }
    } catch (error) {
      return { key, failure: String(error) }
    }
  }
}

const none = (answers: Answer[]): Answers => ({ answers, scores: new Map() })

if (parentPort) {
  const db = await openDatabase(workerData as DatabaseAddress)
  await takeOrders(parentPort, db, await openVoteLog(db, Date.now))
}
