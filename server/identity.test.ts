/**
 * Who is whom: people by the forge's numeric id, whatever they are called. With the cases of repositories
 * (`repositories.test.ts`) these are the ways in which a name and what it names come apart: rename, swap,
 * transfer, squat, case, deletion, merged accounts, an app's user, a bot, an organization.
 */
import { createHmac } from 'node:crypto'
import { afterAll, expect, test, vi } from 'vitest'
import type { SessionReply } from '#shared/api/sign-in'
import { accountOf } from '../test/forge/oauth/account-of.ts'
import { type Visitor, visitor } from '../test/forge/oauth/visitor.ts'
import { temporaryFolder } from './testing-database.ts'
import { aVote, startTestServer, type TestServer } from './testing.ts'

const folder = temporaryFolder()
afterAll(() => folder.remove())

const SUBJECT = 'github.com/moot/garden#1'
const HOOK = 'what GitHub signs with'
let servers = 0

/** Where work is merged; by its id, whatever it is called. */
const PLOT = { id: 42, owner: 'moot', name: 'plot' }

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
  /** The forge's id of a login. */
  idOf(login: string): number
  /** GitHub tells of a pull request that was merged; `by` is its author as GitHub shows them. */
  merge(by: { login: string; id: number; type: string }, more?: object): Promise<void>
  /** What somebody is where work is merged, and for how many pull requests. */
  standing(session: SessionReply): Promise<string>
}

async function world(environment: Record<string, string> = {}, file = `${++servers}.db`) {
  const everybody = visitor()
  const { clientId, secret } = everybody.oauth.app
  const server = await startTestServer(
    `${folder.path}/${file}`,
    {
      FORGEMOOT_GITHUB_CLIENT_ID: clientId,
      FORGEMOOT_GITHUB_CLIENT_SECRET: secret,
      FORGEMOOT_GITHUB_WEBHOOK_SECRET: HOOK,
      ...environment,
    },
    everybody.fetch,
  )
  let merged = 0
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
    idOf: (login) => accountOf(everybody.oauth.world, login).id,
    async merge(by, more = {}) {
      if (!merged++) await follow(server)
      const at = new Date(Date.now() - 60_000 + merged).toISOString()
      const body = JSON.stringify({
        action: 'closed',
        repository: {
          id: PLOT.id,
          name: PLOT.name,
          owner: { login: PLOT.owner },
          private: false,
          default_branch: 'main',
        },
        pull_request: {
          number: merged,
          title: 'A change',
          state: 'closed',
          user: by,
          created_at: at,
          updated_at: at,
          closed_at: at,
          merged_at: at,
          base: { ref: 'main' },
          ...more,
        },
      })
      const signature = createHmac('sha256', HOOK).update(body).digest('hex')
      const headers = {
        'x-github-event': 'pull_request',
        'x-hub-signature-256': `sha256=${signature}`,
      }
      expect((await server.ask('/webhooks/github', { body, headers })).status).toBe(202)
    },
    async standing({ token }) {
      const { body } = await server.ask('/v1/voter?repo=github.com/moot/plot', { token })
      const { voter, pulls } = body as { voter: string; pulls: number }
      return `${voter} ${pulls}`
    },
  }
  return all
}

/** As an import would have left it: deliveries about it are listened to from now on. */
async function follow({ writer, open }: TestServer) {
  const { owner, name, id: forgeId } = PLOT
  const facts = { host: 'github.com', forgeId, owner, name, defaultBranch: 'main' }
  const id = await writer.nameRepository(facts)
  const db = open()
  await db.execute({ sql: 'UPDATE repositories SET imported_at = 1 WHERE id = ?', args: [id] })
  db.close()
}

const user = (login: string, id: number, type = 'User') => ({ login, id, type })

/** The account that GitHub shows for everybody who has left. */
const GHOST = user('ghost', 10_137)

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
  async 'who is renamed stays the contributor that they are'(w) {
    await w.merge(user('ada', w.idOf('ada')))
    w.rename('ada', 'countess')
    expect(await w.standing(await w.come('countess'))).toBe('contributor 1')
  },
  async 'a new account on a contributor’s old login is none'(w) {
    await w.merge(user('ada', w.idOf('ada')))
    w.rename('ada', 'countess')
    w.appear('ada')
    expect(await w.standing(await w.come('ada'))).toBe('other 0')
    expect(await w.standing(await w.come('countess'))).toBe('contributor 1')
  },
  async 'of two accounts that were merged into one, what the other voted is not the one’s'(w) {
    const [kept, old] = [await w.come('ada'), (w.appear('ada-work'), await w.come('ada-work'))]
    await w.vote(old)
    // GitHub merges none: one of them is deleted, and its login is free.
    w.oauth.world.accounts = w.oauth.world.accounts.filter(({ login }) => login !== 'ada-work')
    expect(await w.mine(await w.come('ada'))).toBe(0)
    expect(await w.count()).toBe(1)
    await w.vote(kept)
    expect(await w.count()).toBe(2)
  },
  async 'who takes the login of an account that they merged into theirs stays who they were'(w) {
    await w.merge(user('ada-work', w.appear('ada-work')))
    await w.vote(await w.come('ada-work'))
    await w.come('ada')
    w.oauth.world.accounts = w.oauth.world.accounts.filter(({ login }) => login !== 'ada-work')
    w.rename('ada', 'ada-work')
    const session = await w.come('ada-work')
    expect(await w.mine(session)).toBe(0)
    expect(await w.standing(session)).toBe('other 0')
    expect(await w.persons()).toHaveLength(2)
  },
  async 'the work of who has left is nobody’s'(w) {
    await w.merge(GHOST)
    w.oauth.world.accounts.push({ login: GHOST.login, id: GHOST.id })
    expect(await w.standing(await w.come('ghost'))).toBe('other 0')
  },
  async 'an app’s own user contributes nothing, whatever was merged of it'(w) {
    const id = w.appear('helper[bot]', 'Bot')
    await w.merge(user('helper[bot]', id, 'Bot'))
    // Should it ever come as a person, by the same id.
    w.oauth.types.delete(id)
    w.rename('helper[bot]', 'helper')
    expect(await w.standing(await w.come('helper'))).toBe('other 1')
  },
  async 'who works through an app is themselves, and not the app'(w) {
    const app = { id: 7, slug: 'helper', owner: user('moot', 70, 'Organization') }
    await w.merge(user('ada', w.idOf('ada')), { performed_via_github_app: app })
    expect(await w.standing(await w.come('ada'))).toBe('contributor 1')
  },
  async 'a login whose first letter is a digit or whose last is not a letter is a person like any'(
    w,
  ) {
    w.appear('7-of_9')
    expect((await w.come('7-of_9')).person.login).toBe('7-of_9')
  },
}

// A server each, or two: on a busy machine they take their time.
vi.setConfig({ testTimeout: 30_000 })

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
