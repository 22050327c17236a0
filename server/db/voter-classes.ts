/**
 * Who is a contributor where, as votes are counted. A person is found among a repository's contributors by
 * the forge's id of their account. Who signed in locally has none; there the login is believed, since on
 * such a server anybody may be anybody.
 */
import type { VoterClass } from '#shared/score'
import type { Reader } from './ledger.ts'
import { readList } from './read-list.ts'

export interface VoterClasses {
  /** Reads what `of` will be asked about, as far as it is not known. */
  prepare(db: Reader, repositories: Iterable<number>, persons: Iterable<number>): Promise<void>
  /** A person's class in a repository; both were prepared. */
  of(personId: number, repositoryId: number): VoterClass
  /** Whether a person was forgotten, so that nothing of theirs may stand; they were prepared. */
  isGone(personId: number): boolean
  /** What was read may not be true any more. */
  forget(): void
}

/** The account of the person `p`, as SQL. */
export const accountSql = (localLogins: boolean) =>
  localLogins
    ? `coalesce(p.forge_id, CASE WHEN p.forgotten_at IS NULL THEN (SELECT a.forge_id FROM accounts a
        WHERE a.host = p.host AND lower(a.login) = lower(p.login)) END)`
    : 'p.forge_id'

export function voterClasses({
  alone,
  localLogins,
}: {
  alone: boolean
  localLogins: boolean
}): VoterClasses {
  const ACCOUNTS = `SELECT json_group_array(json_array(p.id, ${accountSql(localLogins)}, p.forgotten_at))
    FROM json_each(?) j CROSS JOIN persons p ON p.id = j.value`
  const accounts = new Map<number, number | null>()
  const gone = new Set<number>()
  const contributors = new Map<number, Set<number>>()

  return {
    async prepare(db, repositories, persons) {
      if (!alone) this.forget()
      // Nothing is set before it was read: whoever is not found is nobody, and a read that fails finds none.
      const strangers = unknownOf(persons, accounts)
      if (strangers.length) {
        const found = await readList<[number, number | null, number | null]>(db, ACCOUNTS, [
          JSON.stringify(strangers),
        ])
        for (const id of strangers) accounts.set(id, null)
        for (const [id, account, forgottenAt] of found) {
          accounts.set(id, account)
          if (forgottenAt !== null) gone.add(id)
        }
      }
      const unread = unknownOf(repositories, contributors)
      if (unread.length) {
        const found = await readList<[number, number]>(db, CONTRIBUTORS, [JSON.stringify(unread)])
        for (const id of unread) contributors.set(id, new Set())
        for (const [id, account] of found) contributors.get(id)?.add(account)
      }
    },
    of(personId, repositoryId) {
      const account = accounts.get(personId)
      const known = contributors.get(repositoryId)
      if (account === undefined || !known) throw new Error('a voter’s class was not prepared')
      return account !== null && known.has(account) ? 'contributor' : 'other'
    },
    isGone: (personId) => gone.has(personId),
    forget() {
      accounts.clear()
      contributors.clear()
    },
  }
}

const CONTRIBUTORS = `SELECT json_group_array(json_array(c.repository_id, c.account_id))
  FROM json_each(?) j CROSS JOIN contributors c ON c.repository_id = j.value`

function unknownOf(ids: Iterable<number>, known: ReadonlyMap<number, unknown>): number[] {
  const unknown = new Set<number>()
  for (const id of ids) if (!known.has(id)) unknown.add(id)
  return [...unknown]
}
