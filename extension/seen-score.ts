import { REACTIONS, type Reactions, type Score, valueOf } from '#shared/score'
import type { Value } from '#shared/vote'

/** A score as this browser knows it: what came from where, and what is still on its way. */
export interface SeenScore extends Score {
  /** Whether a server has been asked about the subject. */
  votesKnown: boolean
  /** Whether the forge (or a server that imported it) has been asked for reactions. */
  reactionsKnown: boolean
  /** The reader's vote is on this device only, so far. */
  waiting: boolean
  /** Keys of the decayed orders, where a server gives them. */
  hot: number | undefined
  rising: number | undefined
  /** When the subject was created, epoch milliseconds, where known. */
  createdAt: number | undefined
  /** What is unusual about it, for its reader; not on the shelf, where it would grow old. */
  note?: string
}

/** Nothing known yet. */
export const unseen = (): SeenScore => unshelve([])

/**
 * The shelf: for each repository, the scores seen last, in `storage.local`, where a content script can
 * read them before the first paint and without waking the background. A copy of the background's
 * database, which stays the truth. One row a subject, as short as may be.
 */
export type ShelfRow = (number | null)[]

/** Subject number and part (`45`, `45/issuecomment-678`) → row. */
export type Shelf = Record<string, ShelfRow>

/** How many subjects of one repository stay on its shelf. */
export const SHELF_SIZE = 300

/** The key of a repository's shelf in `storage.local`. */
export const shelfKey = (repository: string) => `shelf:${repository}`

/** What a subject is called on its repository's shelf. */
export const shelfName = (subject: string) => subject.slice(subject.indexOf('#') + 1)

export function shelve(score: SeenScore): ShelfRow {
  const { contributors: c, others: o, reactions } = score
  const flags =
    (score.votesKnown ? 1 : 0) |
    (score.reactionsKnown ? 2 : 0) |
    (score.waiting ? 4 : 0) |
    (score.voter === 'contributor' ? 8 : 0)
  const row: ShelfRow = [
    flags,
    score.mine,
    c.up,
    c.down,
    o.up,
    o.down,
    score.hot ?? null,
    score.rising ?? null,
    score.createdAt ?? null,
  ]
  if (Object.keys(reactions).length > 0)
    for (const name of REACTIONS) row.push(reactions[name] ?? 0)
  return row
}

export function unshelve(row: ShelfRow): SeenScore {
  const at = (index: number) => row[index] ?? 0
  const flags = at(0)
  const reactions: Reactions = {}
  for (const [index, name] of REACTIONS.entries())
    if (at(9 + index)) reactions[name] = at(9 + index)
  const evidence = {
    contributors: { up: at(2), down: at(3) },
    others: { up: at(4), down: at(5) },
    reactions,
  }
  return {
    ...evidence,
    value: valueOf(evidence),
    mine: at(1) as Value,
    voter: flags & 8 ? 'contributor' : 'other',
    votesKnown: Boolean(flags & 1),
    reactionsKnown: Boolean(flags & 2),
    waiting: Boolean(flags & 4),
    hot: row[6] ?? undefined,
    rising: row[7] ?? undefined,
    createdAt: row[8] ?? undefined,
  }
}
