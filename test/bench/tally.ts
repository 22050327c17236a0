/**
 * Votes on merging: how long it takes from a ballot until the forge shows it, beside the least that takes
 * (its rows in one transaction, one call to the forge); and how many tallies can be worked out a second,
 * beside reading their rows.
 */
import { randomUUID } from 'node:crypto'
import { createClient } from '@libsql/client'
import { tallyOf } from '#shared/tally'
import {
  inputOf,
  readTallyRow,
  readTallyState,
  type TallyRow,
} from '../../server/db/tallies/state.ts'
import { databaseAt, temporaryFolder } from '../../server/testing-database.ts'
import { REPO, type Setting, startSetting } from '../tally/setting.ts'
import { type BenchResult, medianOf, resultOf } from './result.ts'

const ROUNDS = 60
const TALLIES = 500
const VOTERS = 200

const RULES = `version: 1
vote: { inFavour: 1, minPeriod: 1 day, maxPeriod: 7 days }
pass: { action: check }
`

export async function runTallyBench(): Promise<BenchResult[]> {
  const members = Array.from({ length: VOTERS }, (_, i) => `member-${i}`)
  const setting = await startSetting({
    contributors: ['ada', ...members],
    constitution: RULES,
    pulls: 1,
  })
  try {
    await setting.open('member-0')
    const shown = await ballotToCheck(setting, members)
    return [shown, await recomputed(setting)]
  } finally {
    await setting.close()
  }
}

async function ballotToCheck(setting: Setting, members: readonly string[]): Promise<BenchResult> {
  const { forge, server } = setting
  const tokens = await Promise.all(members.map((login) => setting.tokenOf(login)))
  const head = setting.headOf()
  await setting.until(() => forge.code.checks.length > 0)
  const bare = await bareSteps(setting)
  const ours: number[] = []
  const limits: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    limits.push(1000 / (await timed(bare.step)))
    const said = new Promise<void>((resolve) => {
      forge.meddle = (request, when) => {
        if (when === 'after' && request.startsWith('PATCH /check-runs/')) resolve()
        return undefined
      }
    })
    const body = { id: randomUUID(), subject: `${REPO}#1`, head, choice: 'for', reason: '' }
    ours.push(
      1000 /
        (await timed(async () => {
          await server.ask('/v1/ballots', { token: tokens[round], body })
          await said
        })),
    )
    // What follows by itself is not counted against the next one.
    await new Promise((done) => setTimeout(done, 40))
  }
  bare.end()
  console.log(
    `from a ballot to its check: ${(1000 / medianOf(ours)).toFixed(1)} ms, bare: ${(1000 / medianOf(limits)).toFixed(1)} ms`,
  )
  return resultOf(
    'from a ballot to its check (limit: its rows, and one call to the forge)',
    'a second',
    ours,
    limits,
  )
}

/** The same rows in one transaction on a file of its own, and a check told to the forge. */
async function bareSteps({ forge }: Setting) {
  const folder = temporaryFolder()
  const db = createClient({ url: await databaseAt(`${folder.path}/bare.db`) })
  for (const sql of [
    'PRAGMA journal_mode = WAL',
    'PRAGMA synchronous = FULL',
    'CREATE TABLE record (seq INTEGER PRIMARY KEY, at INTEGER, kind TEXT, detail TEXT)',
    'CREATE TABLE ballots (tally INTEGER, account INTEGER, choice TEXT, head TEXT, seq INTEGER, PRIMARY KEY (tally, account)) WITHOUT ROWID',
    'CREATE TABLE looks (number INTEGER PRIMARY KEY, due INTEGER)',
  ]) {
    await db.execute(sql)
  }
  const check = forge.code.checks[0]?.id
  let seq = 0
  return {
    async step() {
      seq++
      await db.batch(
        [
          {
            sql: 'INSERT INTO record VALUES (?, ?, ?, ?)',
            args: [seq, seq, 'ballot', '{"choice":"for","reason":"","head":"0"}'],
          },
          {
            sql: 'INSERT OR REPLACE INTO ballots VALUES (1, ?, ?, ?, ?)',
            args: [seq, 'for', '0'.repeat(40), seq],
          },
          { sql: 'INSERT OR REPLACE INTO looks VALUES (1, ?)', args: [seq] },
        ],
        'write',
      )
      const response = await fetch(`${forge.url}/repos/moot/plot/check-runs/${check}`, {
        method: 'PATCH',
        headers: { authorization: 'Bearer forge-token-forgemoot' },
        body: JSON.stringify({ status: 'in_progress', output: { title: 't', summary: 's' } }),
      })
      await response.text()
    },
    end() {
      db.close()
      folder.remove()
    },
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const from = performance.now()
  await work()
  return performance.now() - from
}

/** Every tally with all its electors, of whom most have voted, worked out from the disk. */
async function recomputed(setting: Setting): Promise<BenchResult> {
  const db = setting.db()
  const first = await readTallyRow(db, 1)
  if (!first) throw new Error('there is no tally')
  const { electors } = await readTallyState(db, first)
  await copyTally(setting, TALLIES)
  const rows: TallyRow[] = []
  for (let id = 2; id < TALLIES + 2; id++) {
    const row = await readTallyRow(db, id)
    if (row) rows.push(row)
  }
  const now = Math.floor(Date.now() / 1000)
  const [ours, limits]: [number[], number[]] = [[], []]
  for (let round = 0; round < 5; round++) {
    const read = await timed(async () => {
      for (const row of rows) await readTallyState(db, row)
    })
    const counted = await timed(async () => {
      for (const row of rows) tallyOf(inputOf(await readTallyState(db, row), now))
    })
    limits.push((1000 * rows.length) / read)
    ours.push((1000 * rows.length) / counted)
  }
  db.close()
  console.log(`${rows.length} tallies of ${electors.length} electors each`)
  return resultOf('tallies worked out (limit: their rows read)', 'a second', ours, limits)
}

async function copyTally({ server }: Setting, copies: number) {
  const numbers = `WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i <= ${copies})`
  const db = server.open()
  const { columns } = await db.execute('SELECT * FROM tallies LIMIT 0')
  db.close()
  const rest = columns.filter((name) => name !== 'id' && name !== 'number')
  await server.writer.run([
    {
      sql: `INSERT INTO tallies (id, number, ${rest.join(', ')})
        ${numbers} SELECT n.i, 1000 + n.i, ${rest.map((name) => `t.${name}`).join(', ')}
        FROM n CROSS JOIN tallies t ON t.id = 1`,
      args: [],
    },
    {
      sql: `INSERT INTO electors ${numbers} SELECT n.i, e.account_id, e.is_member, e.is_maintainer
        FROM n CROSS JOIN electors e ON e.tally_id = 1`,
      args: [],
    },
    {
      sql: `INSERT INTO ballots ${numbers} SELECT n.i, e.account_id,
          iif(e.account_id % 3, 'for', 'against'), t.head, '', t.opened_at, t.opened_at, e.account_id
        FROM n CROSS JOIN tallies t ON t.id = 1 CROSS JOIN electors e ON e.tally_id = 1`,
      args: [],
    },
  ])
}
