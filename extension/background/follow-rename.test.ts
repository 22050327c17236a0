import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import type { SubjectId } from '#shared/subject'
import { fakeContext, SERVER } from './fake-context.ts'
import { fakeServer } from './fake-server.ts'
import { followRename } from './follow-rename.ts'

const subject = 'github.com/a/b#1' as SubjectId // as parseSubject would have it

async function world() {
  const { store } = fakeContext(fakeServer().fetch)
  const vote = { id: 'id', subject, value: 1 as const, castAt: 1 }
  return {
    store,
    comes: (id: number, login: string) => followRename(store, SERVER, { id, login }),
    async casts(login: string) {
      const person = { server: SERVER, login }
      const delivered = { ...person, receipt: 1, voter: 'other' as const }
      await store.votes.put({ ...vote, person, delivered })
      await store.outbox.add({ ...vote, person, refused: undefined, clamped: false } as never)
    },
    async logins() {
      const [row] = await store.outbox.toArray()
      const kept = await store.votes.get(subject)
      return [kept?.person?.login, kept?.delivered?.login, row?.person?.login]
    },
  }
}

const all = (login: string) => [login, login, login]

test('what waits follows its caster to another login', async () => {
  const { comes, casts, logins } = await world()
  await comes(1, 'ada')
  await casts('ada')
  await comes(1, 'ada')
  expect(await logins()).toEqual(all('ada'))
  await comes(1, 'countess')
  expect(await logins()).toEqual(all('countess'))
})

test('somebody else on an old login does not get what waits, and its caster does', async () => {
  const { comes, casts, logins } = await world()
  await comes(1, 'ada')
  await casts('ada')
  await comes(2, 'ada')
  expect(await logins()).toEqual(all('ada (before)'))
  await comes(1, 'countess')
  expect(await logins()).toEqual(all('countess'))
})

test('two who swapped logins keep each their own', async () => {
  const { comes, casts, logins } = await world()
  await comes(1, 'ada')
  await comes(2, 'grace')
  await casts('ada')
  await comes(2, 'ada')
  expect(await logins()).toEqual(all('ada (before)'))
  await comes(1, 'grace')
  expect(await logins()).toEqual(all('grace'))
})
