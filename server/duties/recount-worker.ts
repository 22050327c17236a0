/** The thread of a recount: counts again what one moment's votes and decisions come to, and says what differs. */
import { parentPort, workerData, type MessagePort } from 'node:worker_threads'
import { openDatabase } from '../db/open.ts'
import type { RecountSettings } from './nightly-recount.ts'
import { recount } from '../services/recount.ts'
import { recountTallies } from '../services/recount-tallies.ts'

async function start(port: MessagePort) {
  const { database, auth } = workerData as RecountSettings
  const db = await openDatabase(database)
  // What is cast meanwhile is not seen, and waits for nothing.
  const moment = await db.transaction('read')
  const writer = {
    run: () => Promise.reject(new Error('a recount of a running server mends nothing')),
  }
  const votes = await recount({ db: moment, writer, auth })
  const merging = await recountTallies(moment)
  moment.close()
  db.close()
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  port.postMessage({ votes, merging })
}

if (parentPort) void start(parentPort)
