/** The local forge's repository in a server's database, as an import would have put it there. */
import { openDatabase, migrateDatabase } from '../../server/db/open.ts'
import type { ItemFacts } from '../../server/forge-facts.ts'
import { startWriter } from '../../server/writer.ts'
import { seedWorld } from '../forge/world/seed.ts'
import type { Subject } from '../forge/world/world.ts'

/** Puts all of moot/garden into a database that no server has open. */
export async function plantGarden(file: string): Promise<ItemFacts[]> {
  const garden = seedWorld().repositories.get('moot/garden')
  if (!garden) throw new Error('the local forge has no moot/garden')
  const items = [...garden.subjects.values()].map(factsOf)
  const database = { url: `file:${file}` }
  const db = await openDatabase(database)
  await migrateDatabase(db)
  db.close()
  const writer = await startWriter({ database, localLogins: true }, () => {})
  const id = await writer.nameRepository({
    host: 'github.com',
    forgeId: garden.id,
    owner: 'moot',
    name: 'garden',
    defaultBranch: 'main',
  })
  for (let from = 0; from < items.length; from += 500) {
    await writer.takeItems(id, items.slice(from, from + 500))
  }
  await writer.close()
  return items
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
