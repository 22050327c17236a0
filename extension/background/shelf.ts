import { partsOf, repositoryOf, type SubjectId } from '#shared/subject'
import type { Scores } from '../messages.ts'
import {
  type SeenScore,
  type Shelf,
  SHELF_SIZE,
  shelfKey,
  shelfName,
  shelve as rowOf,
} from '../seen-score.ts'
import Dexie from 'dexie'
import type { Context } from './context.ts'
import type { Store } from './store.ts'
import { afterNow } from './turns.ts'

/** How many repositories have a shelf. */
export const SHELVES = 50

/** Puts scores on their repositories' shelves. Resolves once they are there. */
export async function shelve(context: Context, scores: Scores): Promise<void> {
  await writeShelves(context, await note(context, scores))
}

/** Empties every shelf. Resolves once they are gone. */
export async function forgetShelves(context: Context): Promise<void> {
  const { store } = context
  const repositories = await store.transaction('rw', store.shelved, store.shelves, async () => {
    const all = await store.shelves.toCollection().primaryKeys()
    await Promise.all([store.shelved.clear(), store.shelves.clear()])
    return all
  })
  await writeShelves(context, repositories)
}

async function writeShelves(context: Context, repositories: string[]): Promise<void> {
  const write = (repository: string) =>
    afterNow(context, `shelf ${repository}`, () => writeShelf(context, repository))
  await Promise.all(repositories.map(write))
}

/** Notes what was seen, newest last. Returns the repositories whose shelves are to be written. */
async function note({ store, now }: Context, scores: Scores): Promise<string[]> {
  const seenAt = now()
  const rows = (Object.entries(scores) as [SubjectId, SeenScore][]) // keys of Scores are ids
    // What is said in a conversation would crowd out the rows of lists.
    .filter(([subject, score]) => isKnown(score) && partsOf(subject).part === '')
    .map(([subject, score]) => ({
      subject,
      repository: repositoryOf(subject),
      row: rowOf(score),
      seenAt,
    }))
  const changed = new Set<string>()
  await store.transaction('rw', store.shelved, store.shelves, async () => {
    const before = await store.shelved.bulkGet(rows.map((row) => row.subject))
    for (const [index, row] of rows.entries())
      if (JSON.stringify(before[index]?.row) !== JSON.stringify(row.row))
        changed.add(row.repository)
    await store.shelved.bulkPut(rows)
    const used = [...new Set(rows.map((row) => row.repository))]
    await store.shelves.bulkPut(used.map((repository) => ({ repository, usedAt: seenAt })))
  })
  return [...changed]
}

const isKnown = (score: SeenScore) =>
  score.votesKnown || score.reactionsKnown || score.waiting || score.mine !== 0

/** Copies a repository's shelf to where pages read it, and drops what is too much. */
async function writeShelf({ store, local }: Context, repository: string): Promise<void> {
  const oldestFirst = await rowsOf(store, repository).toArray()
  const rows = oldestFirst.slice(-SHELF_SIZE)
  const shelf: Shelf = {}
  for (const { subject, row } of rows) shelf[shelfName(subject)] = row
  const tooMuch = oldestFirst.slice(0, -SHELF_SIZE)
  await store.shelved.bulkDelete(tooMuch.map(({ subject }) => subject))
  if (rows.length > 0) await local.set({ [shelfKey(repository)]: shelf })
  else await local.remove([shelfKey(repository)])
  await dropShelves({ store, local })
}

async function dropShelves({ store, local }: Pick<Context, 'store' | 'local'>): Promise<void> {
  const used = await store.shelves.orderBy('usedAt').primaryKeys()
  const old = used.slice(0, -SHELVES)
  if (old.length === 0) return
  await local.remove(old.map(shelfKey))
  await store.shelves.bulkDelete(old)
  for (const repository of old) await rowsOf(store, repository).delete()
}

/** A repository's rows, those seen longest ago first. */
function rowsOf({ shelved }: Store, repository: string) {
  const range = [Dexie.minKey, Dexie.maxKey].map((seenAt) => [repository, seenAt])
  return shelved.where('[repository+seenAt]').between(range[0], range[1])
}
