import { changeFact, type Identity, readFact, type Store } from './store.ts'

/**
 * Lets what somebody cast follow them to the login that they have now. Whoever had that login here before
 * is somebody else: what they cast is not sent as this person.
 */
export function followRename(
  store: Store,
  server: string,
  { id, login }: { id: number; login: string },
): Promise<void> {
  return store.transaction('rw', store.facts, store.votes, store.outbox, async () => {
    const known = (await readFact(store, 'people'))?.[server] ?? {}
    const before = known[id]
    if (before === login) return
    const after = { ...known, [id]: login }
    for (const [other, name] of Object.entries(known)) {
      if (name !== login || Number(other) === id) continue
      after[Number(other)] = `${login} (before)`
      await rename(store, { server, login }, `${login} (before)`)
    }
    if (before !== undefined) await rename(store, { server, login: before }, login)
    await changeFact(store, 'people', (all) => ({ ...all, [server]: after }))
  })
}

async function rename(store: Store, { server, login }: Identity, to: string): Promise<void> {
  const isTheirs = (person: Identity | undefined) =>
    person?.server === server && person.login === login
  const renamed = <T extends Identity>(person: T | undefined) =>
    person && isTheirs(person) ? { ...person, login: to } : person
  await store.votes
    .filter(({ person, delivered }) => isTheirs(person) || isTheirs(delivered))
    .modify((vote) => {
      vote.person = renamed(vote.person)
      vote.delivered = renamed(vote.delivered)
    })
  await store.outbox
    .filter(({ person }) => isTheirs(person))
    .modify((row) => {
      row.person = renamed(row.person)
    })
}
