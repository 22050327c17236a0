/**
 * Where a page of a feed ended, as text that its reader hands back. It belongs to one feed: resumed in
 * another order or under other filters it would leave out what it must not.
 */
import { createHash } from 'node:crypto'
import * as v from 'valibot'
import type { Feed } from '#shared/api/feed'
import { Problem } from '#shared/problem'

/** The order's key of an item, and its number, which breaks ties; both descend. */
export interface Place {
  key: number
  number: number
}

/** Before every item. */
const START: Place = { key: Number.MAX_SAFE_INTEGER, number: Number.MAX_SAFE_INTEGER }

const integer = v.pipe(v.number(), v.safeInteger())
const CursorSchema = v.strictTuple([v.string(), integer, integer])

export function cursorOf({ key, number }: Place, repositoryId: number, feed: Feed): string {
  return Buffer.from(JSON.stringify([markOf(repositoryId, feed), key, number])).toString(
    'base64url',
  )
}

/** Where a cursor says that a page begins; at the start without one. `invalid` when it is not this feed's. */
export function placeIn(cursor: string | undefined, repositoryId: number, feed: Feed): Place {
  if (cursor === undefined) return START
  const result = v.safeParse(CursorSchema, parsed(cursor))
  if (result.success) {
    const [mark, key, number] = result.output
    if (mark === markOf(repositoryId, feed)) return { key, number }
  }
  throw new Problem('invalid', 'This cursor belongs to another feed. Leave it out to begin anew.', [
    { pointer: '/cursor', detail: 'not the next of a page of this feed' },
  ])
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}

/** What tells feeds apart; not a secret. */
function markOf(repositoryId: number, { kind, state, sort, label, author }: Feed): string {
  const feed = [
    repositoryId,
    kind ?? '',
    state,
    sort,
    label.map(lower).toSorted(),
    lower(author ?? ''),
  ]
  return createHash('sha256').update(JSON.stringify(feed)).digest('base64url').slice(0, 8)
}

const lower = (text: string) => text.toLowerCase()
