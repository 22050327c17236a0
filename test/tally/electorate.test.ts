/** Gates 7, 19 and 20: who may vote, who they are, and who may look. */
import { createHash, randomUUID } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { jsonReply } from '../forge/reply.ts'
import { QUICK, REPO, type Setting, startSetting } from './setting.ts'

let setting: Setting

afterEach(() => setting.close())

const problem = async (login: string, choice: 'for' | 'against' = 'for') =>
  (await setting.vote(login, choice)).body as { type?: string; detail?: string }

function commitBy(login: string) {
  const { repository, accountOf } = setting.forge
  const commits = repository.commits ?? []
  const sha = (commits.length + 100).toString(16).padStart(40, '0')
  const date = new Date(Date.now() - 60_000).toISOString().replace(/\.\d+/, '')
  commits.unshift({ sha, parents: ['f'.repeat(40)], author: accountOf(login), message: 'W', date })
}

test('who joins after it opened is refused with the reason, and votes on the next', async () => {
  setting = await startSetting()
  await setting.open('bob', 1)
  commitBy('mallory')
  await setting.importAgain()
  expect(await problem('mallory')).toMatchObject({
    type: '/problems/not-an-elector',
    detail: expect.stringContaining('after this vote was opened') as string,
  })
  expect((await setting.read(1)).electorate.size).toBe(4)
  await setting.open('bob', 2)
  expect((await setting.vote('mallory', 'for', { number: 2 })).status).toBe(200)
})

test('who may vote is published with a hash that anybody can make again, before and after it closed', async () => {
  setting = await startSetting({ constitution: `${QUICK}maintainers: [mallory]\n` })
  await setting.open('bob')
  const { electorate } = await setting.read()
  const hashOf = (ids: number[]) =>
    createHash('sha256')
      .update(
        ids
          .toSorted((a, b) => a - b)
          .map((id) => `${id}\n`)
          .join(''),
      )
      .digest('hex')
  expect(electorate.members.map(({ login }) => login)).toEqual(['ada', 'bob', 'cat', 'dan', 'eve'])
  expect(hashOf(electorate.members.map(({ id }) => id))).toBe(electorate.hash)
  for (const login of ['bob', 'cat', 'dan']) await setting.vote(login, 'for')
  await setting.until(({ outcome }) => outcome.status === 'passed')
  const address = `/v1/record?subject=${encodeURIComponent(`${REPO}#1`)}`
  const { entries } = (await setting.server.ask(address)).body as {
    entries: { detail: Record<string, unknown> }[]
  }
  const opened = entries[0]?.detail as {
    electorateHash: string
    electors: { accountId: number; isMember: boolean }[]
  }
  const members = opened.electors.filter(({ isMember }) => isMember)
  expect(hashOf(members.map(({ accountId }) => accountId))).toBe(opened.electorateHash)
  expect(opened.electorateHash).toBe(electorate.hash)
})

test('200 accounts made today weigh nothing, and cannot open a vote', async () => {
  const made = Array.from({ length: 200 }, (_, i) => `new-${i}`)
  setting = await startSetting({ others: made })
  expect((await setting.open('new-0')).status).toBe(403)
  await setting.open('bob')
  const statuses = await Promise.all(
    made.map(async (login) => (await setting.vote(login, 'for')).status),
  )
  expect(new Set(statuses)).toEqual(new Set([403]))
  expect((await setting.read()).counts).toMatchObject({ cast: 0 })
})

test('its author does not vote unless the rules say so', async () => {
  setting = await startSetting()
  await setting.open('bob')
  expect((await problem('ada')).detail).toContain('author')
  expect((await setting.read(1, 'ada')).you).toMatchObject({ mayVote: false })
})

test('an electorate that cannot be established lets nobody open a vote', async () => {
  setting = await startSetting()
  setting.pass(4 * setting.seconds.day)
  const stale = await setting.open('bob')
  expect(stale.body).toMatchObject({ type: '/problems/electorate-unknown' })
})

test('as long as GitHub does not say who is named in the rules, there is no vote', async () => {
  setting = await startSetting({ constitution: `${QUICK}maintainers: [cat]\n` })
  setting.forge.meddle = (request) =>
    request === 'GET /users/cat' ? { status: 500, headers: {}, body: '' } : undefined
  expect((await setting.open('bob')).status).toBe(502)
  await expect(setting.read()).rejects.toThrow('no-tally')
  setting.forge.meddle = () => undefined
  expect((await setting.open('bob')).status).toBe(201)
  expect((await setting.read()).electorate.maintainers).toEqual(['cat'])
})

test('nobody may vote: it fails at once', async () => {
  setting = await startSetting({
    constitution: `${QUICK}contributors: { exclude: [bob, cat, dan, eve] }\nopen: author\n`,
  })
  expect((await setting.open('ada')).status).toBe(201)
  expect(await setting.read()).toMatchObject({
    outcome: { status: 'failed', reason: 'empty-electorate' },
  })
})

test('a maintainer who was renamed stays one; a squatter on the old login counts never', async () => {
  setting = await startSetting({ constitution: `${QUICK}maintainers: [cat]\n` })
  await setting.open('bob', 1)
  const { world, accountOf } = setting.forge
  const id = accountOf('cat').id
  accountOf('cat').login = 'cat-renamed'
  world.accounts.push({ login: 'cat', id: 3_999_999 })
  commitBy('cat-renamed')
  await setting.importAgain()
  await setting.open('bob', 2)
  const tally = await setting.read(2)
  expect(tally.electorate.maintainers).toEqual(['cat-renamed'])
  expect(tally.electorate.members.map((member) => member.id)).toContain(id)
  // The renamed one has one ballot, by whichever name it was cast.
  expect((await setting.vote('cat-renamed', 'for', { number: 2 })).status).toBe(200)
  expect((await setting.vote('cat', 'for', { number: 2 })).status).toBe(403)
  expect((await setting.read(2)).counts).toMatchObject({ for: 1 })
})

const ALL = [`${REPO}#1`, `${REPO}#2`]

/** Everything that can be asked about a repository, by anybody and by who voted there. */
async function askedOf(login?: string) {
  const token = login === undefined ? undefined : await setting.tokenOf(login)
  const one = encodeURIComponent(`${REPO}#1`)
  const body = { subject: `${REPO}#1` }
  const asked: [string, object | undefined][] = [
    [`/v1/tallies?subject=${one}`, undefined],
    [`/v1/record?subject=${one}`, undefined],
    ['/v1/tallies/states', { subjects: ALL }],
    [`/v1/feed?repo=${REPO}`, undefined],
    ['/v1/scores', { subjects: ALL }],
    ...(login === undefined
      ? []
      : ([
          ['/v1/tallies', body],
          ['/v1/tallies/cancel', { ...body, reason: 'why' }],
          ['/v1/delegations', { id: randomUUID(), repo: REPO, to: 'cat' }],
          [
            '/v1/ballots',
            { ...body, id: randomUUID(), head: setting.headOf(), choice: 'for', reason: '' },
          ],
        ] as [string, object][])),
  ]
  return Promise.all(
    asked.map(async ([path, sent]) => {
      const reply = await setting.server.ask(path, {
        ...(token && { token }),
        ...(sent && { body: sent }),
      })
      return [path, reply.status, JSON.stringify(reply.body)] as const
    }),
  )
}

test.each<[string, () => void]>([
  ['GitHub says so', () => {}],
  [
    'GitHub does not show it to us either',
    () => {
      setting.forge.meddle = (request) =>
        request.startsWith('GET /pulls/') ? jsonReply({ message: 'Not Found' }, 404) : undefined
    },
  ],
])(
  'a repository that becomes private takes its votes out of everybody’s sight: %s',
  async (_, hide) => {
    setting = await startSetting({ constitution: `${QUICK}maintainers: [bob]\n` })
    await setting.open('bob', 1)
    await setting.vote('bob', 'for', { reason: 'a secret reason' })
    await setting.open('bob', 2)
    for (const login of ['bob', 'cat', 'dan']) await setting.vote(login, 'for', { number: 2 })
    await setting.until(({ merge }) => merge.state === 'done', 2)
    const secret =
      /Change number|a secret reason|"(?:bob|cat)"|"for"|electorate|in favour|have voted/
    for (const [path, status, text] of await askedOf()) {
      expect(status, path).toBe(200)
      if (path !== '/v1/scores') expect(text, path).toMatch(secret)
    }
    setting.forge.repository.private = true
    hide()
    await setting.deliver(1, 'edited')
    await expect(setting.until(() => false)).rejects.toThrow('not-imported')
    for (const login of [undefined, 'bob', 'mallory']) {
      for (const [path, status, text] of await askedOf(login)) {
        const isList = path === '/v1/scores' || path === '/v1/tallies/states'
        expect(status, `${login ?? 'anybody'}: ${path}`).toBe(isList ? 200 : 404)
        expect(text, path).not.toMatch(secret)
      }
    }
    expect(setting.forge.code.merges).toHaveLength(1)
  },
)

test.each<[string, string[], string[]]>([
  ['automatic', ['ada', 'bob', 'cat'], ['mallory']],
  ['author', ['ada', 'cat'], ['bob', 'mallory']],
  ['contributors', ['ada', 'bob', 'cat'], ['mallory']],
  ['maintainers', ['cat'], ['ada', 'bob', 'mallory']],
])('open: %s', async (open, may, mayNot) => {
  setting = await startSetting({
    constitution: `${QUICK}maintainers: [cat]\nopen: ${open}\n`,
    pulls: may.length,
  })
  for (const login of mayNot) expect((await setting.open(login, 1)).status, login).toBe(403)
  for (const [i, login] of may.entries()) {
    expect((await setting.open(login, i + 1)).status, login).toBe(201)
  }
})

test('who contributes is what the rules say: how much work, since when, who besides, who not', async () => {
  const rules = (words: string) => `${QUICK}contributors: { ${words} }\nopen: author\n`
  setting = await startSetting({ constitution: rules('work: 2'), pulls: 4 })
  // Everybody has one commit, so many days old as they are late in the alphabet; bob gets another one.
  commitBy('bob')
  await setting.importAgain()
  const members = async (number: number, words: string) => {
    setting.forge.code.commitTo('main', { '.github/forgemoot.yml': rules(words) })
    expect((await setting.open('ada', number)).status).toBe(201)
    return (await setting.read(number)).electorate.members.map(({ login }) => login)
  }
  expect(await members(1, 'work: 2')).toEqual(['bob'])
  expect(await members(2, 'window: 70 hours')).toEqual(['ada', 'bob'])
  expect(await members(3, 'work: 9, include: [eve, Mallory]')).toEqual(['eve', 'mallory'])
  expect(await members(4, 'exclude: [bob, dan]')).toEqual(['ada', 'cat', 'eve'])
})
