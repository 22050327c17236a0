/** The writer's thread: takes orders in the order in which they came, and answers after each commit. */
import { parentPort, receiveMessageOnPort, workerData, type MessagePort } from 'node:worker_threads'
import { clockOf } from '../clock.ts'
import { isFile, openForWriting } from '../db/open.ts'
import { type Connection, type Ledger, openLedger } from '../db/ledger.ts'
import { settleLocalVoters } from '../db/settle-contributors.ts'
import { appendVotes, type PersonsVote } from '../db/vote-log.ts'
import { fieldsOf, log } from '../operations/log.ts'
import type { Answer, Answers, Order, Statement, WriterSettings } from './writer.ts'
import { BESIDE_VOTES, perform, type Task } from './writer-tasks.ts'

/** Votes in one transaction, at most; more only makes the first of them wait. */
const MOST = 1000

/**
 * Votes that a transaction on a file takes if there are as many; of more, it takes half. Whoever took all
 * that wait would have nothing to do while their people are answered and vote again, and those would then
 * come all at once; in return a crowd waits for two transactions and not for one. On a remote database a
 * transaction takes far longer to begin: there all that wait go together.
 */
const FEW = 32

type VotesOrder = Extract<Order, { votes: PersonsVote[] }>

async function takeOrders(port: MessagePort, db: Connection, ledger: Ledger, alone: boolean) {
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
    const most = alone ? Math.min(Math.max(FEW, waiting() / 2), MOST) : MOST
    for (const order of orders) {
      if (!('votes' in order) || (size && size + order.votes.length > most)) break
      taken.push(order)
      size += order.votes.length
    }
    orders.splice(0, taken.length)
    return taken
  }

  function waiting(): number {
    let votes = 0
    for (const order of orders) if ('votes' in order) votes += order.votes.length
    return votes
  }

  async function append(taken: VotesOrder[]): Promise<Answers> {
    try {
      const { outcomes, scores } = await appendVotes(
        ledger,
        taken.flatMap(({ votes }) => votes),
      )
      let next = 0
      const answers = taken.map(({ key, votes }) => {
        const from = next
        next += votes.length
        return { key, outcomes: outcomes.slice(from, next) }
      })
      return { answers, scores, renamed: [] }
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
    if ('task' in order) return performOne(order.key, order.task)
    return none([await run(order.key, order.statements)])
  }

  async function performOne(key: number, task: Task): Promise<Answers> {
    try {
      const { result, scores, renamed } = await perform(ledger, task)
      return { answers: [{ key, result }], scores, renamed }
    } catch (error) {
      ledger.names.forget()
      ledger.voters.forget()
      return none([{ key, failure: String(error) }])
    } finally {
      if (!BESIDE_VOTES.has(task.verb)) ledger.states.forget()
    }
  }

  /** Afterwards the database's file alone holds everything. */
  async function emptyJournal() {
    if (!alone) return
    // Nothing is lost when it cannot be done: the next start reads the -wal file.
    await db.execute('PRAGMA wal_checkpoint(TRUNCATE)').catch(told)
  }

  async function run(key: number, statements: Statement[]): Promise<Answer> {
    try {
      const results = await db.batch(statements, 'write')
      const last = results.at(-1)
      return { key, rows: last ? last.rows.map((row) => last.columns.map((_, i) => row[i])) : [] }
    } catch (error) {
      return { key, failure: String(error) }
    } finally {
      if (statements.some(({ sql }) => OF_VOTES.test(sql))) ledger.states.forget()
    }
  }
}

/** What a statement names after which states that were kept may not be true. */
const OF_VOTES = /\b(?:subjects|votes|closes)\b/i

function told(error: unknown) {
  log('warn', 'journal-kept', 'The journal could not be emptied.', fieldsOf(error))
}

const none = (answers: Answer[]): Answers => ({ answers, scores: new Map(), renamed: [] })

async function start(port: MessagePort) {
  const { database, localLogins, ahead } = workerData as WriterSettings
  const db = await openForWriting(database)
  const alone = isFile(database.url)
  const ledger = await openLedger(db, clockOf(ahead).now, { alone, localLogins })
  await settleLocalVoters(ledger)
  await takeOrders(port, db, ledger, alone)
}

if (parentPort) void start(parentPort)
