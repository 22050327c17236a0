/** Repositories by their names. A repository may have several: the one it has now, and older ones. */
import type { Reader } from './ledger.ts'
import { readList } from './read-list.ts'

/** A repository that goes by some name. */
export interface NamedRepository {
  id: number
  /** `host/owner/name` as it is called now; undefined when another repository took that name. */
  current: string | undefined
}

export interface RepositoryNames {
  /** The repositories that go by these names, `host/owner/name`; one that nobody goes by is left out. */
  find(db: Reader, names: Iterable<string>): Promise<ReadonlyMap<string, NamedRepository>>
  /** What was read may not be true any more. */
  forget(): void
}

const FIND = `SELECT json_group_array(json_array(j.key, r.id, r.host, r.owner, r.name))
  FROM json_each(?) j
  CROSS JOIN repository_names n ON n.host = j.value->>0 AND n.owner = j.value->>1 AND n.name = j.value->>2
  CROSS JOIN repositories r ON r.id = n.repository_id`

/** Names remembered at most. */
const MOST = 100_000

export function repositoryNames(alone: boolean): RepositoryNames {
  const known = new Map<string, NamedRepository>()
  return {
    async find(db, names) {
      if (!alone || known.size > MOST) known.clear()
      const asked = [...new Set(names)].filter((name) => !known.has(name))
      if (asked.length) {
        const rows = await readList<Row>(db, FIND, [
          JSON.stringify(asked.map((name) => name.split('/'))),
        ])
        for (const [at, id, ...name] of rows) {
          known.set(asked[at] ?? '', { id, current: name[1] ? name.join('/') : undefined })
        }
      }
      return known
    },
    forget: () => known.clear(),
  }
}

type Row = [place: number, id: number, host: string, owner: string, name: string]
