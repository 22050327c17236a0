import { expect, test } from 'vitest'
import * as v from 'valibot'
import { type PersonExport, PersonExportSchema } from '#shared/api/person'
import type { SessionsReply } from '#shared/api/sign-in'
import { openDatabase } from './db/open.ts'
import type { PersonsVote } from './db/vote-log.ts'
import { recount } from './services/recount.ts'
import { aVote } from './testing.ts'
import { sharedServer } from './testing-server.ts'

const { server } = sharedServer()

const status = async (token: string) => (await server.ask('/auth/session', { token })).status
const listed = async (token: string) =>
  ((await server.ask('/v1/sessions', { token })).body as SessionsReply).sessions
const remove = async (path: string, token: string) =>
  (await server.ask(path, { method: 'DELETE', token })).status

async function upAt(subject: string) {
  const { body } = await server.ask('/v1/scores', { body: { subjects: [subject] } })
  return (body as { scores: Record<string, { others: { up: number } }> }).scores[subject]?.others.up
}

test('a person sees their own sessions, newest first, and which one asks', async () => {
  const [old, young] = [await server.signIn('lister'), await server.signIn('lister')]
  await server.signIn('other')
  const sessions = await listed(old)
  expect(sessions.map(({ current }) => current)).toEqual([false, true])
  expect((await listed(young)).map(({ current }) => current)).toEqual([true, false])
  expect(JSON.stringify(sessions)).not.toContain(old)
  expect(Object.keys(sessions[0] ?? {})).toEqual(['id', 'createdAt', 'expiresAt', 'current'])
})

test('a session that is ended from another one opens nothing at once', async () => {
  const [lost, kept] = [await server.signIn('ender'), await server.signIn('ender')]
  expect(await status(lost)).toBe(200)
  const [, first] = await listed(kept)
  expect(await remove(`/v1/sessions/${first?.id}`, kept)).toBe(204)
  expect([await status(lost), await status(kept)]).toEqual([401, 200])
  expect(await remove(`/v1/sessions/${first?.id}`, kept)).toBe(404)
})

test('nobody ends another one’s session', async () => {
  const [mine, theirs] = [await server.signIn('mine'), await server.signIn('theirs')]
  const [session] = await listed(theirs)
  expect(await remove(`/v1/sessions/${session?.id}`, mine)).toBe(404)
  expect(await remove('/v1/sessions/x', mine)).toBe(404)
  expect(await status(theirs)).toBe(200)
})

test('signing out everywhere ends all of them', async () => {
  const tokens = [await server.signIn('many'), await server.signIn('many')]
  const other = await server.signIn('one')
  for (const token of tokens) expect(await status(token)).toBe(200)
  expect(await remove('/v1/sessions', tokens[0] ?? '')).toBe(204)
  for (const token of tokens) expect(await status(token)).toBe(401)
  expect(await status(other)).toBe(200)
})

test('a person gets everything that is held about them, and no key', async () => {
  const token = await server.signIn('taker')
  const subject = 'github.com/a/taken#1'
  const first = aVote({ subject })
  await server.cast(token, [first, aVote({ subject: `${subject}/issuecomment-7`, value: -1 })])
  await server.cast(token, [aVote({ subject, value: -1 })])
  await server.cast(await server.signIn('other'), [aVote({ subject })])
  const { body } = await server.ask('/v1/me/export', { token })
  const all: PersonExport = v.parse(PersonExportSchema, body)
  expect(all.person).toMatchObject({ host: 'github.com', login: 'taker', forgeId: null })
  expect(all.votes.map(({ subject, value }) => [subject, value])).toEqual([
    [`${subject}/issuecomment-7`, -1],
    [subject, -1],
  ])
  expect(all.log.map(({ value }) => value)).toEqual([1, -1, -1])
  expect(all.log[0]?.id).toBe(first.id)
  expect(all.votes[1]?.receipt).toBe(all.log[2]?.receipt)
  expect(all.sessions).toHaveLength(1)
  const db = server.open()
  const { rows } = await db.execute('SELECT token_hash FROM sessions')
  db.close()
  for (const row of rows) expect(JSON.stringify(body)).not.toContain(String(row.token_hash))
})

test('who is forgotten leaves a log that counts to what is shown, and a number', async () => {
  const [token, elsewhere] = [await server.signIn('leaver'), await server.signIn('leaver')]
  const stays = await server.signIn('stayer')
  const subjects = Array.from({ length: 450 }, (_, i) => `github.com/a/left#${i + 1}`)
  for (let i = 0; i < subjects.length; i += 90)
    await server.cast(
      token,
      subjects.slice(i, i + 90).map((subject) => aVote({ subject })),
    )
  await server.cast(stays, [aVote({ subject: subjects[0] })])
  expect(await upAt(subjects[0] ?? '')).toBe(2)
  expect(await remove('/v1/me', token)).toBe(204)
  expect([await status(token), await status(elsewhere), await status(stays)]).toEqual([
    401, 401, 200,
  ])
  expect([await upAt(subjects[0] ?? ''), await upAt(subjects[449] ?? '')]).toEqual([1, 0])
  const db = await openDatabase({ url: server.url })
  const { rows } = await db.execute('SELECT * FROM persons WHERE forgotten_at IS NOT NULL')
  expect(rows).toHaveLength(1)
  expect(rows[0]).toMatchObject({ login: '', forge_id: null, avatar_url: null })
  const id = Number(rows[0]?.id)
  const args = [id]
  expect(
    (await db.execute({ sql: 'SELECT 1 FROM sessions WHERE person_id = ?', args })).rows,
  ).toEqual([])
  const entries = await db.execute({ sql: 'SELECT value FROM log WHERE person_id = ?', args })
  expect(entries.rows.map(({ value }) => value)).toEqual([
    ...Array(450).fill(1),
    ...Array(450).fill(0),
  ])
  const counted = await recount({ db, writer: server.writer, auth: 'local' }, { repair: false })
  expect([counted.subjects, counted.votes, counted.gaps]).toEqual([[], [], []])
  db.close()
  const again = await server.signIn('leaver')
  expect(((await server.ask('/v1/me/export', { token: again })).body as PersonExport).log).toEqual(
    [],
  )
})

test('a vote on a repository that has lost its name is withdrawn, too', async () => {
  const token = await server.signIn('nameless')
  await server.cast(token, [aVote({ subject: 'github.com/a/lost#1' })])
  const facts = { host: 'github.com', owner: 'a', name: 'lost', defaultBranch: 'main' }
  await server.writer.nameRepository({ ...facts, forgeId: 1 })
  await server.writer.nameRepository({ ...facts, forgeId: 2 })
  const { body } = await server.ask('/v1/me/export', { token })
  expect((body as PersonExport).votes).toMatchObject([{ subject: 'github.com/(repository 1)#1' }])
  expect(await remove('/v1/me', token)).toBe(204)
  const db = server.open()
  const { rows } = await db.execute(`SELECT s.others_up FROM subjects s
    JOIN repositories r ON r.id = s.repository_id WHERE r.forge_id = 1`)
  db.close()
  expect(rows.map((row) => row[0])).toEqual([0])
})

test('votes that arrive while their voter is being forgotten do not stand', async () => {
  const token = await server.signIn('racer')
  const casts = Array.from({ length: 30 }, (_, i) =>
    server.ask('/v1/votes', {
      token,
      body: { votes: [aVote({ subject: `github.com/a/race#${i + 1}` })] },
    }),
  )
  const gone = remove('/v1/me', token)
  const late = Array.from({ length: 30 }, (_, i) =>
    server.ask('/v1/votes', {
      token,
      body: { votes: [aVote({ subject: `github.com/a/race#${i + 31}` })] },
    }),
  )
  await Promise.all([...casts, gone, ...late])
  const db = server.open()
  const { rows } =
    await db.execute(`SELECT count(*) FROM votes v JOIN persons p ON p.id = v.person_id
    WHERE p.forgotten_at IS NOT NULL AND v.value <> 0`)
  expect(Number(rows[0]?.[0])).toBe(0)
  // One that was read from the wire before, and reaches the writer only now.
  const { rows: racers } = await db.execute(
    'SELECT id FROM persons WHERE forgotten_at IS NOT NULL ORDER BY id DESC LIMIT 1',
  )
  const { rows: before } = await db.execute('SELECT count(*) FROM log')
  const latest = {
    ...aVote({ subject: 'github.com/a/race#1' }),
    personId: Number(racers[0]?.id),
  } as unknown as PersonsVote // a vote as the API has parsed it
  const { outcomes } = await server.writer.castVotes([latest])
  expect(outcomes).toEqual([{ status: 'nobodys' }])
  const { rows: after } = await db.execute('SELECT count(*) FROM log')
  expect(after).toEqual(before)
  db.close()
})

test('a vote whose voter was forgotten while it was read is answered like one of nobody', async () => {
  const token = await server.signIn('vanisher')
  await server.cast(token, [aVote({ subject: 'github.com/a/gone#1', value: 0 })])
  const db = server.open()
  const { rows } = await db.execute("SELECT id FROM persons WHERE login = 'vanisher'")
  db.close()
  // Not by the door: so the session is still remembered, as it is by a request on its way.
  const leaving = { personId: Number(rows[0]?.id), from: 0 }
  expect(await server.writer.forgetPerson(leaving)).toHaveLength(1)
  const body = { votes: [aVote({ subject: 'github.com/a/gone#2' })] }
  expect(await server.ask('/v1/votes', { token, body })).toMatchObject({
    status: 401,
    body: { type: '/problems/unauthenticated' },
  })
})

test('a person with a standing vote is not forgotten before it is withdrawn', async () => {
  const token = await server.signIn('stayer')
  await server.cast(token, [aVote({ subject: 'github.com/a/stays#1' })])
  const db = server.open()
  const { rows } = await db.execute("SELECT id FROM persons WHERE login = 'stayer'")
  db.close()
  const leaving = { personId: Number(rows[0]?.id), from: 0 }
  expect(await server.writer.forgetPerson(leaving)).toBeUndefined()
  expect((await server.ask('/v1/sessions', { token })).status).toBe(200)
})
