/** The thread of a recount: counts again what one moment's votes and decisions come to, and says what differs. */
import { parentPort, workerData, type MessagePort } from 'node:worker_threads'
import type { ResultSet } from '@libsql/client'
import type { Reader } from '../db/ledger.ts'
import { openDatabase } from '../db/open.ts'
import { recount } from '../services/recount.ts'
import { recountTallies } from '../services/recount-tallies.ts'
import type { RecountOrder } from './nightly-recount.ts'

async function start(port: MessagePort, { database, auth, stopping }: RecountOrder) {
  const db = await openDatabase(database)
  // What is cast meanwhile is not seen, and waits for nothing.
  const moment = await db.transaction('read')
  const writer = {
    run: () => Promise.reject(new Error('a recount of a running server mends nothing')),
  }
  const execute = moment.execute.bind(moment) as (...given: unknown[]) => Promise<ResultSet>
  const reader: Reader = {
    execute(...given: unknown[]) {
      if (Atomics.load(stopping, 0)) throw new Error('the recount was asked to stop')
      return execute(...given)
    },
  }
  try {
    const votes = await recount({ db: reader, writer, auth })
    const merging = await recountTallies(reader)
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    port.postMessage({ votes, merging })
  } finally {
    moment.close()
    db.close()
  }
}

if (parentPort) void start(parentPort, workerData as RecountOrder)
