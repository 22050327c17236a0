import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { REASONS } from '#shared/vote'
import { openDatabase } from '../db/open.ts'
import { openLedger } from '../db/ledger.ts'
import { appendVotes } from '../db/vote-log.ts'
import { DECAY_WINDOW } from '../scores/order-keys.ts'
import { databaseAt } from '../testing-database.ts'
import { onFile } from '../testing-on-file.ts'
import { aVote, startTestServer } from '../testing.ts'
import { sharedServer } from '../testing-server.ts'
import { startWriter, type Writer } from '../writer/writer.ts'
import { recount } from './recount.ts'

const { server, folder } = sharedServer()

async function withDatabase<A>(
  use: (db: Awaited<ReturnType<typeof openDatabase>>, writer: Writer) => Promise<A>,
): Promise<A> {
  const address = { url: server.url }
  const db = await openDatabase(address)
  const writer = await startWriter({ database: address, localLogins: true }, () => {})
  try {
    return await use(db, writer)
  } finally {
    await writer.close()
    db.close()
  }
}

const right = { gaps: [], subjects: [], votes: [] }

/** Numbers that look random and are the same in every run. */
function randomFrom(seed: number) {
  let state = seed
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

test('after random votes at once the sums are those of a recount, bit for bit', async () => {
  const random = randomFrom(7)
  const people = await Promise.all(Array.from({ length: 12 }, (_, i) => server.signIn(`p${i}`)))
  const requests = Array.from({ length: 150 }, () => ({
    token: people[random(12)] ?? '',
    votes: Array.from({ length: 1 + random(6) }, () => {
      const value = random(3) - 1
      const reason = value === -1 ? REASONS[random(5)] : undefined
      return aVote({
        subject: `github.com/r/r${random(3)}#${1 + random(8)}`,
        value,
        castAt: random(1e9),
        ...(reason && { reason }),
      })
    }),
  }))
  await Promise.all(requests.map(({ token, votes }) => server.cast(token, votes)))
  // Some of them again, as a client does that heard no answer.
  await Promise.all(requests.slice(0, 30).map(({ token, votes }) => server.cast(token, votes)))
  const entries = requests.flatMap(({ votes }) => votes).length
  expect(await withDatabase((db, writer) => recount({ db, writer, auth: 'local' }))).toEqual({
    entries,
    counted: new Set(requests.flatMap(({ votes }) => votes.map(({ subject }) => subject))).size,
    ...right,
  })
})

test('a recount finds what is wrong, and repairs it', async () => {
  await withDatabase(async (db, writer) => {
    await db.execute('UPDATE subjects SET others_up = others_up + 1 WHERE id = 2')
    await db.execute('UPDATE subjects SET hot = hot + 1 WHERE id = 3')
    await db.execute('UPDATE votes SET value = 1 - abs(value) WHERE subject_id = 4')
    await db.execute("UPDATE votes SET reason = 'rude' WHERE subject_id = 5 AND value = 1")
    const found = await recount({ db, writer, auth: 'local' })
    expect(found.subjects).toEqual([2, 3])
    expect(new Set(found.votes.map(([subject]) => subject))).toEqual(new Set([4, 5]))
    await recount({ db, writer, auth: 'local' }, { repair: true })
    expect(await recount({ db, writer, auth: 'local' })).toMatchObject(right)
  })
})

test('a recount finds a receipt that is missing', async () => {
  await withDatabase(async (db, writer) => {
    const { rows } = await db.execute('SELECT max(seq) AS last FROM log')
    await db.execute({ sql: 'DELETE FROM log WHERE seq = ?', args: [Number(rows[0]?.last) - 1] })
    expect((await recount({ db, writer, auth: 'local' })).gaps).toEqual([Number(rows[0]?.last) - 1])
  })
})

const command = fileURLToPath(new URL('../../test/commands/recount.ts', import.meta.url))

/** `npm run recount`: its exit code and what it says. */
async function recounted(file: string, ...flags: string[]) {
  const child = spawn(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), command, ...flags],
    { env: { ...process.env, FORGEMOOT_DATABASE_URL: await databaseAt(file) } },
  )
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
  const [code] = await once(child, 'close')
  return [code, said.trim().split('\n')] as [number | null, string[]]
}

test('the operator counts again, and repairs, while no server runs', async () => {
  const file = `${folder.path}/operated.db`
  const operated = await startTestServer(file)
  const token = await operated.signIn('ada')
  await operated.cast(token, [aVote(), aVote({ subject: 'github.com/numpy/numpy#46' })])
  await operated.stop()
  const counted = '2 subjects recounted from 2 votes in the log.'
  const none = '0 subjects and 0 standing votes differ.'
  const merging = '0 votes on merging recounted from 0 entries in the record; 0 differ.'
  expect(await recounted(file)).toEqual([0, [counted, none, merging]])
  const db = await openDatabase({ url: await databaseAt(file) })
  await db.execute('UPDATE subjects SET others_up = 7 WHERE number = 46')
  db.close()
  const one = '1 subjects and 0 standing votes differ'
  expect(await recounted(file)).toEqual([1, [counted, `${one}.`, merging]])
  expect(await recounted(file, '--repair')).toEqual([
    1,
    [counted, `${one}, and were repaired.`, merging],
  ])
  expect(await recounted(file)).toEqual([0, [counted, none, merging]])
}, 60_000)

onFile('lock')(
  'the operator does not count again what a server uses, or what is not there',
  async () => {
    expect(await recounted(server.file)).toEqual([
      1,
      [expect.stringMatching(/^Nothing was recounted\. The database \S+ is in use/)],
    ])
    expect(await recounted(`${folder.path}/nowhere.db`)).toEqual([
      1,
      [expect.stringMatching(/There is no database \S+nowhere\.db\./)],
    ])
  },
  60_000,
)

const vote = (personId: number, value: number) => ({ ...aVote({ value }), personId }) as never

test('past the window of the decayed orders a subject still counts as a recount does', async () => {
  const address = { url: await databaseAt(`${folder.path}/popular.db`) }
  const popular = await startTestServer(`${folder.path}/popular.db`)
  await popular.stop()
  const db = await openDatabase(address)
  const random = randomFrom(3)
  let at = 1_700_000_000_000
  const settings = { alone: true, localLogins: true }
  const ledger = await openLedger(db, () => (at += 3_600_000), settings)
  const crowd = Array.from({ length: DECAY_WINDOW + 60 }, (_, i) => i + 1)
  for (let from = 0; from < crowd.length; from += 20) {
    await appendVotes(
      ledger,
      crowd.slice(from, from + 20).map((person) => vote(person, 1)),
    )
  }
  for (let i = 0; i < 40; i++) {
    const persons = new Set(Array.from({ length: 4 }, () => 1 + random(crowd.length)))
    await appendVotes(
      ledger,
      [...persons].map((person) => vote(person, random(3) - 1)),
    )
  }
  const writer = await startWriter({ database: address, localLogins: true }, () => {})
  expect(await recount({ db, writer, auth: 'local' })).toMatchObject(right)
  await writer.close()
  db.close()
})
