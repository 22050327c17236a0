import 'fake-indexeddb/auto'
import { expect, test, vi } from 'vitest'
import { answer, type Desk, type Sender } from './answer.ts'
import { ownCalls, pageCalls } from './calls.ts'
import { fakeContext } from './fake-context.ts'
import { fakeServer } from './fake-server.ts'

const desk: Desk = {
  id: 'us',
  home: 'chrome-extension://us/',
  forges: ['https://github.com'],
  pageCalls,
  ownCalls: ownCalls(async () => undefined),
}

const page: Sender = {
  id: 'us',
  url: 'https://github.com/o/r/issues',
  origin: 'https://github.com',
  tab: {},
}
const own: Sender = { id: 'us', url: 'chrome-extension://us/options.html' }
const vote = () => ({ id: crypto.randomUUID(), subject: 'github.com/o/r#1', value: 1, castAt: 5 })

function ask(
  sender: Sender,
  call: string,
  payload?: unknown,
  context = fakeContext(fakeServer().fetch),
) {
  return answer(desk, context, { call, payload }, sender)
}

test('another extension gets no answer at all', () => {
  expect(ask({ ...page, id: 'them' }, 'castVote', vote())).toBeUndefined()
  expect(ask({ ...own, id: undefined }, 'readStatus')).toBeUndefined()
})

test.each([
  ['another site', { ...page, url: 'https://evil.example/', origin: 'https://evil.example' }],
  ['a site that looks alike', { ...page, url: 'https://github.com.evil.example/' }],
  ['an unencrypted page', { ...page, url: 'http://github.com/' }],
  ['a sandboxed frame', { ...page, origin: 'null' }],
  ['no tab', { ...page, tab: undefined }],
  ['no address', { ...page, url: undefined }],
  ['an address that is none', { ...page, url: 'github' }],
])('a message from %s is refused', async (_, sender) => {
  expect(await ask(sender, 'readScores', { subjects: [] })).toMatchObject({
    problem: { type: '/problems/forbidden' },
  })
})

test('a forge page may ask what pages may ask, and nothing else', async () => {
  expect(await ask(page, 'castVote', vote())).toMatchObject({ answer: { mine: 1 } })
  expect(Object.keys(desk.ownCalls)).toContain('openOptions')
  for (const call of Object.keys(desk.ownCalls))
    expect(await ask(page, call, {}), call).toMatchObject({
      problem: { type: '/problems/forbidden' },
    })
})

test('Firefox, which does not tell the origin, is understood', async () => {
  const choice = { list: 'issues', order: 'top' }
  const said = await ask({ ...page, origin: undefined }, 'chooseOrder', choice)
  expect(said).toEqual({ answer: null })
})

test('own pages may ask everything', async () => {
  expect(await ask(own, 'readStatus')).toMatchObject({ answer: { outbox: { waiting: [] } } })
  expect(await ask(own, 'castVote', vote())).toMatchObject({ answer: { mine: 1 } })
})

test('what is told to pages is not taken for a question', () => {
  const context = fakeContext(fakeServer().fetch)
  for (const message of [{ told: 'statusChanged' }, null, 'castVote', 7, [], { call: 5 }])
    expect(answer(desk, context, message, own)).toBeUndefined()
})

test.each([
  ['castVote', { ...vote(), value: 2 }],
  ['castVote', { ...vote(), extra: 1 }],
  ['castVote', undefined],
  ['readScores', { subjects: ['nonsense'] }],
  ['readScores', { subjects: [], viewer: 'a b' }],
  ['readScores', { subjects: [], view: { query: 'x', page: 0 } }],
  ['chooseOrder', { list: 'issues', order: 'worst' }],
  ['reportSelfCheck', { page: 'x'.repeat(1000) }],
])('%s refuses a payload that it does not know: %j', async (call, payload) => {
  expect(await ask(page, call, payload)).toMatchObject({
    problem: { type: '/problems/bad-request' },
  })
})

test.each([
  { query: 'x'.repeat(2001), page: 1 },
  { query: 'x', repository: `github.com/o/${'r'.repeat(400)}`, page: 1 },
  { query: 'x', page: 100_001 },
])('scores of a list that is too long to be asked for are answered without it', async (view) => {
  const asked: string[] = []
  const server = fakeServer()
  const context = fakeContext(async (input, init) => {
    asked.push(String(input))
    return server.fetch(input, init)
  })
  const subjects = ['github.com/o/r#1']
  expect(await ask(page, 'readScores', { subjects, view }, context)).toMatchObject({
    answer: { scores: { 'github.com/o/r#1': { mine: 0 } } },
  })
  await context.settled()
  expect(asked.filter((url) => url.includes('/search/'))).toEqual([])
})

test.each(['toString', '__proto__', 'constructor', 'nope'])('there is no call %s', async (call) => {
  expect(await ask(own, call)).toMatchObject({ problem: { type: '/problems/not-found' } })
})

test('a bug is logged once and tells the page nothing', async () => {
  const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const context = fakeContext(fakeServer().fetch)
  context.local.get = () => Promise.reject(new TypeError('secret detail'))
  const said = await ask(page, 'readScores', { subjects: [] }, context)
  expect(said).toMatchObject({ problem: { type: '/problems/internal' } })
  expect(JSON.stringify(said)).not.toContain('secret')
  expect(logged).toHaveBeenCalledTimes(1)
  logged.mockRestore()
})

test('a reader’s click is kept, sent, told and put on the shelf', async () => {
  const server = fakeServer()
  const context = fakeContext(server.fetch)
  await ask(own, 'signIn', { way: 'local', login: 'ann' }, context)
  await ask(page, 'castVote', vote(), context)
  await context.settled()
  expect(server.log).toHaveLength(1)
  expect(context.shelf.get('shelf:github.com/o/r')).toEqual({
    1: [1, 1, 0, 0, 1, 0, null, null, null],
  })
})

test('no answer and no page-readable storage ever holds a token', async () => {
  const context = fakeContext(fakeServer().fetch)
  const token = 'ghp_0123456789abcdefghij'
  const answers = [
    await ask(own, 'signIn', { way: 'local', login: 'ann' }, context),
    await ask(own, 'setForgeToken', { token }, context),
    await ask(page, 'castVote', vote(), context),
    await ask(own, 'exportVotes', undefined, context),
    await ask(own, 'readStatus', undefined, context),
  ]
  await context.settled()
  const said = JSON.stringify([answers, context.told, [...context.shelf]])
  expect(said).not.toContain(token)
  expect(said).not.toContain('token-of-')
})

test('choosing an order and a server do not undo each other', async () => {
  const context = fakeContext(fakeServer().fetch)
  await Promise.all([
    ask(page, 'chooseOrder', { list: 'issues', order: 'value' }, context),
    ask(own, 'setServer', {}, context),
    ask(page, 'chooseOrder', { list: 'pulls', order: 'top' }, context),
  ])
  expect(context.shelf.get('settings')).toMatchObject({
    server: null,
    orders: { issues: 'value', pulls: 'top' },
  })
})

test('self-checks are kept, the last ones and the last miss', async () => {
  const context = fakeContext(fakeServer().fetch)
  const check = {
    page: 'issues',
    at: 1,
    app: 'x',
    strategies: { list: 'a' },
    rows: 3,
    named: 3,
    widgets: 3,
  }
  for (let at = 1; at <= 12; at++)
    await ask(page, 'reportSelfCheck', { ...check, at, named: at === 2 ? 2 : 3 }, context)
  const said = await ask(own, 'readStatus', undefined, context)
  expect(said).toMatchObject({ answer: { lastMiss: { at: 2 }, selfChecks: { length: 10 } } })
  expect(said).toMatchObject({ answer: { selfChecks: { 0: { at: 12 } } } })
})

test.each([
  ['a page with everything in place', {}, false],
  ['a list that the forge says is empty', { rows: 0, named: 0, widgets: 0, isEmpty: true }, false],
  ['a list without a row', { rows: 0, named: 0, widgets: 0 }, true],
  ['a row that names nothing', { named: 2 }, true],
  ['a subject without votes', { widgets: 2 }, true],
  ['an old script that says less', { isEmpty: undefined }, false],
])('%s: whether it is a miss', async (_, more, isMiss) => {
  const context = fakeContext(fakeServer().fetch)
  const check = {
    page: 'issues',
    at: 1,
    app: '',
    strategies: { list: '' },
    rows: 3,
    named: 3,
    widgets: 3,
    isEmpty: false,
    ...more,
  }
  expect(await ask(page, 'reportSelfCheck', check, context)).toEqual({ answer: null })
  const said = await ask(own, 'readStatus', undefined, context)
  expect((said as { answer: { lastMiss?: unknown } }).answer.lastMiss !== undefined).toBe(isMiss)
})
