import { afterAll, expect, test } from 'vitest'
import { nightOf, recountAside, told } from './nightly-recount.ts'
import { temporaryFolder } from '../testing-database.ts'
import { onFile } from '../testing-on-file.ts'
import { aVote, startTestServer } from '../testing.ts'

const folder = temporaryFolder()
afterAll(() => folder.remove())

onFile('moment')(
  'a server is recounted while people vote, and what does not follow is found',
  async () => {
    const server = await startTestServer(`${folder.path}/votes.db`)
    const token = await server.signIn('ada')
    await server.cast(token, [aVote(), aVote({ subject: 'github.com/numpy/numpy#46' })])
    const settings = { database: { url: server.url }, auth: 'local' } as const
    const counting = new AbortController()
    let cast = 2
    const casting = (async () => {
      for (let number = 100; !counting.signal.aborted; number++, cast++) {
        await server.cast(token, [aVote({ subject: `github.com/numpy/numpy#${number}` })])
      }
    })()
    const counted = await recountAside(settings)
    counting.abort()
    await casting
    expect(told(counted)).toBe(true)
    expect(counted.votes.entries).toBeGreaterThanOrEqual(2)
    expect(counted.votes.entries).toBeLessThanOrEqual(cast)
    const db = server.open()
    await db.execute('UPDATE subjects SET others_up = 7 WHERE number = 46')
    db.close()
    const wrong = await recountAside(settings)
    expect(wrong.votes.subjects).toHaveLength(1)
    expect(told(wrong)).toBe(false)
    await server.stop()
  },
  30_000,
)

onFile('moment')(
  'a recount is stopped in the middle of whatever it does, and nothing else ends with it',
  async () => {
    const server = await startTestServer(`${folder.path}/stopped.db`)
    const db = server.open()
    await db.execute(`WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 299999)
      INSERT INTO log (seq, id, person_id, subject_id, value, cast_at, accepted_at)
      SELECT i, randomblob(16), 1, 1 + i % 5000, 1, i, i FROM n`)
    db.close()
    const settings = { database: { url: server.url }, auth: 'local' } as const
    for (let after = 0; after <= 1000; after += 100) {
      const stopped = recountAside(settings, AbortSignal.timeout(after))
      // Where the machine is quick it may have come to its end.
      await stopped.catch((error: Error) => expect(error.name).toBe('AbortError'))
    }
    await server.stop()
  },
  30_000,
)

onFile('place')('a recount that cannot be done says so', async () => {
  const nowhere = { database: { url: `file:${folder.path}/no/folder.db` }, auth: 'local' } as const
  await expect(recountAside(nowhere)).rejects.toThrow()
})

test('it is night for an hour of each day', () => {
  const day = Date.UTC(2026, 10, 26)
  expect(nightOf(day)).toBeUndefined()
  expect(nightOf(day + 3 * 3_600_000)).toBe(day / 86_400_000)
  expect(nightOf(day + 4 * 3_600_000 - 1)).toBe(day / 86_400_000)
  expect(nightOf(day + 4 * 3_600_000)).toBeUndefined()
})
