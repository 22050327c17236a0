/** Who is whom: people by the forge's numeric id, whatever they are called. */
import { afterAll, expect, test } from 'vitest'
import type { SessionReply } from '#shared/api/schema'
import { type Visitor, visitor } from '../test/forge/oauth/visitor.ts'
import { aVote, startTestServer, temporaryFolder, type TestServer } from './testing.ts'

const folder = temporaryFolder()
afterAll(() => folder.remove())

const SUBJECT = 'github.com/moot/garden#1'
let servers = 0

interface World extends Visitor {
  server: TestServer
  /** Signs in with GitHub; the session. */
  come(login: string): Promise<SessionReply>
  /** Votes for the subject. */
  vote(session: SessionReply): Promise<unknown>
  /** What stands of whose session that is: 1, -1, 0, or how they were refused. */
  mine(session: SessionReply): Promise<number>
  /** Votes for the subject, by all. */
  count(): Promise<number>
  /** `login forge-id` of everybody known, in the order in which they came. */
  persons(): Promise<string[]>
}

async function world(environment: Record<string, string> = {}, file = `${++servers}.db`) {
  const everybody = visitor()
  const { clientId, secret } = everybody.oauth.app
  const server = await startTestServer(
    `${folder.path}/${file}`,
    {
      FORGEMOOT_GITHUB_CLIENT_ID: clientId,
      FORGEMOOT_GITHUB_CLIENT_SECRET: secret,
      ...environment,
    },
    everybody.fetch,
  )
  const scoreFor = async (token?: string) => {
    const { status, body } = await server.ask('/v1/scores', {
      token,
      body: { subjects: [SUBJECT] },
    })
    if (status !== 200) throw new Error(String(status))
    return (body as { scores: Record<string, { mine: number; others: { up: number } }> }).scores[
      SUBJECT
    ]
  }
  const all: World = {
    ...everybody,
    server,
    async come(login) {
      const { status, body } = await server.ask('/auth/github', { body: everybody.agree(login) })
      if (status !== 200) throw new Error((body as { type: string }).type)
      return body as SessionReply
    },
    vote: ({ token }) => server.cast(token, [aVote({ subject: SUBJECT })]),
    mine: async ({ token }) => (await scoreFor(token))?.mine ?? NaN,
    count: async () => (await scoreFor())?.others.up ?? NaN,
    async persons() {
      const db = server.open()
      const { rows } = await db.execute('SELECT login, forge_id FROM persons ORDER BY id')
      db.close()
      return rows.map(({ login, forge_id: id }) => `${login} ${id}`)
    },
  }
  return all
}

const cases: Record<string, (w: World) => Promise<void>> = {
  async 'who signs in twice is one person'(w) {
    await w.vote(await w.come('ada'))
    expect(await w.mine(await w.come('ada'))).toBe(1)
    expect(await w.persons()).toHaveLength(1)
  },
  async 'who took another login keeps their votes, and is called by it'(w) {
    await w.vote(await w.come('ada'))
    w.rename('ada', 'countess')
    const session = await w.come('countess')
    expect(session.person.login).toBe('countess')
    expect(await w.mine(session)).toBe(1)
    expect(await w.persons()).toHaveLength(1)
  },
  async 'a session that was open during a rename is called by the new login, too'(w) {
    const session = await w.come('ada')
    await w.mine(session)
    w.rename('ada', 'countess')
    await w.come('countess')
    const { body } = await w.server.ask('/auth/session', { token: session.token })
    expect(body).toEqual({ person: { login: 'countess' } })
  },
  async 'a new account on an old login inherits nothing'(w) {
    const session = await w.come('ada')
    await w.vote(session)
    w.rename('ada', 'countess')
    w.appear('ada')
    const stranger = await w.come('ada')
    expect(await w.mine(stranger)).toBe(0)
    expect(await w.mine(session)).toBe(1)
    await w.vote(stranger)
    expect(await w.count()).toBe(2)
  },
  async 'two people who swapped logins keep each their own'(w) {
    await w.vote(await w.come('ada'))
    await w.come('grace')
    w.rename('ada', 'x')
    w.rename('grace', 'ada')
    w.rename('x', 'grace')
    expect(await w.mine(await w.come('ada'))).toBe(0)
    expect(await w.mine(await w.come('grace'))).toBe(1)
    expect(await w.persons()).toHaveLength(2)
  },
  async 'a login in another case is the same person'(w) {
    await w.vote(await w.come('ada'))
    w.rename('ada', 'Ada')
    const session = await w.come('Ada')
    expect(session.person.login).toBe('Ada')
    expect(await w.mine(session)).toBe(1)
  },
  async 'who was deleted on the forge, whose login was taken: another person'(w) {
    await w.vote(await w.come('ada'))
    // Deleted: the id never comes back, the login does.
    w.oauth.world.accounts = w.oauth.world.accounts.filter(({ login }) => login !== 'ada')
    w.appear('ada')
    expect(await w.mine(await w.come('ada'))).toBe(0)
  },
  async 'who had themselves forgotten is somebody new, and inherits nothing'(w) {
    const session = await w.come('ada')
    await w.vote(session)
    await w.server.ask('/v1/me', { method: 'DELETE', token: session.token })
    expect(await w.count()).toBe(0)
    const again = await w.come('ada')
    expect(await w.mine(again)).toBe(0)
    const [gone, back] = await w.persons()
    expect(gone).toBe(' null')
    expect(back).toMatch(/^ada \d+$/)
  },
  async 'a bot cannot sign in, and leaves nothing'(w) {
    w.appear('helper[bot]', 'Bot')
    await expect(w.come('helper[bot]')).rejects.toThrow('/problems/not-a-person')
    expect(await w.persons()).toEqual([])
  },
  async 'an organization cannot sign in'(w) {
    w.appear('moot', 'Organization')
    await expect(w.come('moot')).rejects.toThrow('/problems/not-a-person')
  },
  async 'a person who became an organization cannot sign in any more; their votes stay theirs'(w) {
    await w.vote(await w.come('ada'))
    const { id } = w.oauth.world.accounts.find(({ login }) => login === 'ada') ?? { id: 0 }
    w.oauth.types.set(id, 'Organization')
    await expect(w.come('ada')).rejects.toThrow('/problems/not-a-person')
    expect(await w.count()).toBe(1)
  },
  async 'a login whose first letter is a digit or whose last is not a letter is a person like any'(
    w,
  ) {
    w.appear('7-of_9')
    expect((await w.come('7-of_9')).person.login).toBe('7-of_9')
  },
}

test.each(Object.entries(cases))('%s', async (_, prove) => {
  const w = await world()
  await prove(w)
  await w.server.stop()
})

test('who only said a login is nobody once GitHub is asked, and GitHub’s ada is somebody else', async () => {
  const file = 'local-then-github.db'
  const before = await world({ FORGEMOOT_AUTH: 'local' }, file)
  const local = await before.server.signIn('ada')
  await before.server.cast(local, [aVote({ subject: SUBJECT })])
  await before.server.stop()
  const after = await world({}, file)
  expect((await after.server.ask('/auth/session', { token: local })).status).toBe(401)
  const session = await after.come('ada')
  expect(await after.mine(session)).toBe(0)
  expect(await after.persons()).toEqual(['ada null', expect.stringMatching(/^ada \d+$/)])
  await after.server.stop()
})

test('one id on two forges is two people', async () => {
  const file = 'two-forges.db'
  const here = await world({}, file)
  await here.vote(await here.come('ada'))
  const [, id] = (await here.persons())[0]?.split(' ') ?? []
  await here.server.stop()
  const there = await world({}, file)
  const db = there.server.open()
  await db.execute(`UPDATE persons SET host = 'git.example.org'`)
  db.close()
  there.oauth.world.accounts.push({ login: 'ada', id: Number(id) })
  expect(await there.mine(await there.come('ada'))).toBe(0)
  expect(await there.persons()).toEqual([`ada ${id}`, `ada ${id}`])
  await there.server.stop()
})
