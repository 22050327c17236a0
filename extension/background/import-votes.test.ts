import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { castVote } from './cast-vote.ts'
import { exportVotes } from './export-votes.ts'
import { fakeContext } from './fake-context.ts'
import { fakeServer } from './fake-server.ts'
import { subject } from './fake-voter.ts'
import { importVotes } from './import-votes.ts'
import { sendOutbox } from './outbox.ts'
import { signInLocally } from './sign-in.ts'

const vote = (n: number, value: 1 | -1 | 0, castAt: number) => ({
  id: crypto.randomUUID(),
  subject: subject(n),
  value,
  castAt,
})
const file = (votes: unknown[], more = {}) =>
  JSON.stringify({ format: 'forgemoot-votes', version: 1, exportedAt: 1, votes, ...more })

test('what one browser exports another imports, once, and sends under the same ids', async () => {
  const server = fakeServer()
  const here = fakeContext(server.fetch)
  await signInLocally(here, 'ann')
  for (const cast of [vote(1, 1, 10), vote(2, -1, 20), vote(3, 0, 30)]) await castVote(here, cast)
  await sendOutbox(here)
  const text = JSON.stringify(await exportVotes(here))
  const there = fakeContext(server.fetch)
  await signInLocally(there, 'ann')
  expect(await importVotes(there, text)).toMatchObject({ skipped: 0, imported: { length: 3 } })
  expect(await importVotes(there, text)).toEqual({ skipped: 3, imported: [] })
  await sendOutbox(there)
  expect(await importVotes(there, text)).toEqual({ skipped: 3, imported: [] })
  expect(server.log).toHaveLength(3)
  expect(await there.store.outbox.count()).toBe(0)
})

test('only what is newer than this browser’s own vote is imported', async () => {
  const context = fakeContext(fakeServer().fetch)
  await castVote(context, vote(1, 1, 100))
  await castVote(context, vote(2, 1, 100))
  const result = await importVotes(
    context,
    file([vote(1, -1, 99), vote(2, -1, 101), vote(3, 1, 1), vote(3, -1, 2)]),
  )
  expect(result).toEqual({ imported: [subject(3), subject(3), subject(2)], skipped: 1 })
  const values = (await context.store.votes.toArray()).map(({ value }) => value)
  expect(values).toEqual([1, -1, -1])
})

test('the votes of a file count in the voter’s own browser at once', async () => {
  const context = fakeContext(fakeServer().fetch)
  await importVotes(context, file([vote(1, 1, 5)]))
  expect(await context.store.outbox.count()).toBe(1)
})

test('votes on subjects of other forges are skipped', async () => {
  const context = fakeContext(fakeServer().fetch)
  const elsewhere = { ...vote(1, 1, 5), subject: 'codeberg.org/o/r#1' }
  const result = await importVotes(context, file([elsewhere, vote(2, 1, 5)]))
  expect(result).toEqual({ imported: [subject(2)], skipped: 1 })
})

const good = vote(1, 1, 5)

test.each([
  ['not JSON', 'votes!', /not JSON/],
  ['another file', JSON.stringify({ name: 'x' }), /format/],
  ['a later version', file([], { version: 2 }), /version/],
  ['an unknown field', file([], { more: 1 }), /more/],
  ['a wrong subject', file([good, { ...vote(2, 1, 5), subject: 'x' }]), /Vote 2, subject: not a/],
  ['a wrong value', file([{ ...good, value: 3 }]), /Vote 1, value: a value is/],
  ['a missing time', file([good, { ...vote(2, 1, 5), castAt: undefined }]), /Vote 2, castAt/],
  ['an entry that is none', file([null]), /Vote 1: /],
  ['an id used twice', file([good, { ...good, subject: subject(2) }]), /Vote 2 has the same id/],
])('%s is refused with the reason, and nothing is imported', async (_, text, words) => {
  const context = fakeContext(fakeServer().fetch)
  const refused = importVotes(context, text)
  await expect(refused).rejects.toThrow(words)
  await expect(refused).rejects.toThrow(/Nothing was imported/)
  expect(await context.store.votes.count()).toBe(0)
})
