import 'fake-indexeddb/auto'
import { expect, type MockInstance, test, vi } from 'vitest'
import { parseSubject, type SubjectId } from '#shared/subject'
import { ownCalls, pageCalls } from './calls.ts'
import { type FakeContext, fakeContext, SERVER } from './fake-context.ts'
import { fakeServer } from './fake-server.ts'
import { sessionAt } from './session.ts'

const one = parseSubject('github.com/o/r#1') as SubjectId
const calls = ownCalls(async () => undefined)
const signIn = (context: FakeContext, login: string) =>
  calls.signIn.answer({ way: 'local', login }, context)
const setServer = (context: FakeContext, address: string) =>
  calls.setServer.answer({ address }, context)

/** Ann's vote has arrived and lies on the shelf; nothing was told yet. */
async function voted() {
  const server = fakeServer()
  const context = fakeContext(server.fetch)
  await signIn(context, 'ann')
  const vote = { id: crypto.randomUUID(), subject: one, value: 1 as const, castAt: 5 }
  await pageCalls.castVote.answer(vote, context)
  await context.settled()
  expect(shelves(context)).toHaveLength(1)
  context.told.length = 0
  return { server, context }
}

const shelves = ({ shelf }: FakeContext) =>
  [...shelf.keys()].filter((key) => key.startsWith('shelf:'))
const isTold = ({ told }: FakeContext) => told.filter(({ name }) => name === 'readerChanged').length

test.each<[string, (it: Awaited<ReturnType<typeof voted>>) => unknown]>([
  ['signs out', ({ context }) => calls.signOut.answer(undefined, context)],
  ['signs in as somebody else', ({ context }) => signIn(context, 'bob')],
  ['uses no server', ({ context }) => setServer(context, '')],
  [
    'lost the session, which reading shows',
    async ({ server, context }) => {
      server.ended.add((await sessionAt(context.store, SERVER, 0))?.token ?? '')
      context.clock.time += 3_600_000
      await pageCalls.readScores.answer({ subjects: [one] }, context)
    },
  ],
  [
    'lost the session, which sending shows',
    async ({ server, context }) => {
      server.ended.add((await sessionAt(context.store, SERVER, 0))?.token ?? '')
      const vote = { id: crypto.randomUUID(), subject: one, value: 0 as const, castAt: 6 }
      await pageCalls.castVote.answer(vote, context)
    },
  ],
])(
  'when the reader %s, pages are told, and no shelf holds what the former one said',
  async (_, act) => {
    const it = await voted()
    const { context } = it
    const atTelling: number[] = []
    const tell = context.tell
    context.tell = (name, told) => {
      if (name === 'readerChanged') atTelling.push(shelves(context).length)
      return tell(name, told)
    }
    await act(it)
    await context.settled()
    expect(atTelling, 'told once, after the shelves were emptied').toEqual([0])
    expect(context.told.map(({ name }) => name)).toContain('statusChanged')
  },
)

test('what was read for the former reader is put on no shelf', async () => {
  const { server, context } = await voted()
  let release: (() => void) | undefined
  const gate = new Promise<void>((resolve) => (release = resolve))
  const begin = context.store.transaction.bind(context.store) as (...args: unknown[]) => unknown
  const slow = vi.spyOn(context.store, 'transaction') as unknown as MockInstance<typeof begin>
  slow.mockImplementationOnce(async (...args) => {
    await gate
    return begin(...args)
  })
  const reading = pageCalls.readScores.answer({ subjects: [one] }, context)
  await vi.waitFor(() => expect(slow).toHaveBeenCalled())
  await signIn(context, 'bob')
  // Nothing that the server says may mend it.
  server.fault = () => 'unreached'
  release?.()
  await reading
  await context.settled()
  const [row] = Object.values(context.shelf.get('shelf:github.com/o/r') ?? {}) as number[][]
  expect(row?.[1], 'mine').toBe(0)
})

test('who is signed in again, or the same server saved again, changes nothing for pages', async () => {
  const { context } = await voted()
  await signIn(context, 'ann')
  await setServer(context, SERVER)
  await context.settled()
  expect(isTold(context)).toBe(0)
  expect(shelves(context)).toHaveLength(1)
})
