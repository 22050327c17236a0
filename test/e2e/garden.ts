/** The local forge's repositories in a server's database, as an import would have put it there. */
import { migrateDatabase } from '../../server/db/migrate.ts'
import { openDatabase } from '../../server/db/open.ts'
import type { ItemFacts } from '../../server/forge-facts.ts'
import { startWriter } from '../../server/writer/writer.ts'
import { seedWorld } from '../forge/world/seed.ts'
import type { Subject } from '../forge/world/world.ts'

/** Puts all of the forge's repositories into a database that no server has open; what moot/garden holds. */
export async function plantGarden(file: string): Promise<ItemFacts[]> {
  const database = { url: `file:${file}` }
  const db = await openDatabase(database)
  await migrateDatabase(db)
  db.close()
  const writer = await startWriter({ database, localLogins: true }, () => {})
  const planted = new Map<string, ItemFacts[]>()
  for (const { id: forgeId, name, subjects } of seedWorld().repositories.values()) {
    const items = [...subjects.values()].map(factsOf)
    const [owner = '', called = ''] = name.split('/')
    const facts = { host: 'github.com', forgeId, owner, name: called, defaultBranch: 'main' }
    const id = await writer.nameRepository(facts)
    for (let from = 0; from < items.length; from += 500) {
      await writer.takeItems(id, items.slice(from, from + 500))
    }
    planted.set(name, items)
  }
  await writer.close()
  return planted.get('moot/garden') ?? []
}

const timeOf = (text: string | null) => (text === null ? null : Date.parse(text))

function factsOf(subject: Subject): ItemFacts {
  const { number, kind, state, title, author, labels, comments, draft, reactions } = subject
  return {
    number,
    kind,
    state,
    title,
    author: { forgeId: author.id, login: author.login, isBot: false },
    labels,
    comments: comments.length,
    openedAt: Date.parse(subject.createdAt),
    updatedAt: Date.parse(subject.updatedAt),
    closedAt: timeOf(subject.closedAt),
    mergedAt: subject.merged ? timeOf(subject.closedAt) : null,
    isDraft: draft,
    isHome: null,
    reactions,
    closes: [],
  }
}
