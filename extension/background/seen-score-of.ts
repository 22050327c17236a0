import {
  type Counts,
  type Reactions,
  type Score,
  scoreAfter,
  unvoted,
  valueOf,
  type VoterClass,
} from '#shared/score'
import { BURST, isUnusualAt, type Unusual } from '#shared/unusual'
import type { Value } from '#shared/vote'
import type { SeenScore } from '../seen-score.ts'
import type { Identity, OutboxRow, StandingVote, StoredReactions, StoredScore } from './store.ts'

/** For whom a score is put together. */
export interface Reader {
  /** The present server's origin. */
  server: string | undefined
  /** Who is signed in there. */
  login: string | undefined
}

/** All that is known of one subject. */
export interface Known {
  stored: StoredScore | undefined
  forge: StoredReactions | undefined
  standing: StandingVote | undefined
  /** Votes on it without a receipt, in the order of casting. */
  waiting: readonly OutboxRow[]
  reader: Reader
  /** Epoch milliseconds. */
  now: number
}

interface Say {
  mine: Value
  voter: VoterClass
}

const NOTHING: Say = { mine: 0, voter: 'other' }

/**
 * The score to show: what the present server counted, the forge's reactions where the server has none,
 * and on top what the reader cast and no server has receipted. Where no server was asked, the reader's
 * standing vote counts as that of somebody else than a contributor.
 */
export function seenScoreOf({ stored, forge, standing, waiting, reader, now }: Known): SeenScore {
  const counted =
    reader.server !== undefined && stored?.server === reader.server ? stored : undefined
  const own = standing && canBeOf(standing.person, reader) ? standing : undefined
  const base = counted ? countedScore(counted, own, reader) : unvoted()
  const reacted = Object.keys(base.reactions).length > 0
  const reactions = reacted ? base.reactions : (forge?.reactions ?? {})
  const withReactions = { ...base, reactions: withAgreed(reactions, forge?.agreed) }
  const pending = waiting.findLast((row) => !row.refused && canBeOf(row.person, reader))
  const last = pending ?? (counted ? undefined : own)
  const score = last ? scoreAfter(withReactions, last.value) : withReactions
  return {
    ...score,
    value: valueOf(score),
    votesKnown: counted !== undefined,
    reactionsKnown: reacted || (forge?.at ?? -1) >= 0,
    waiting: last !== undefined && (last === pending || own?.delivered === undefined),
    hot: counted?.hot,
    rising: counted?.rising,
    createdAt: forge?.createdAt,
    ...(counted?.unusual && isUnusualAt(counted.unusual, now) && { note: noteOf(counted.unusual) }),
  }
}

/** With its end, so that it is true on a page that stays open. Of very many the server counts some. */
function noteOf({ votes, at }: Unusual): string {
  const until = new Date(at + BURST).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
  return `Unusual until ${until}: ${votes < 200 ? '' : 'at least '}${votes} votes from others in an hour`
}

/** Who only wrote "+1" could have left a thumb, and is counted as if they had. */
function withAgreed(reactions: Reactions, agreed = 0): Reactions {
  return agreed ? { ...reactions, '+1': (reactions['+1'] ?? 0) + agreed } : reactions
}

/** Whether what somebody cast may be shown to the reader as theirs. */
export function canBeOf(person: Identity | undefined, { server, login }: Reader): boolean {
  if (!person || server === undefined || login === undefined) return true
  return person.server === server && person.login === login
}

function countedScore(counted: StoredScore, own: StandingVote | undefined, reader: Reader): Score {
  const { contributors, others, reactions } = counted
  const { mine, voter } = sayOf(counted, own, reader)
  const counts = voter === 'contributor' ? contributors : others
  return {
    contributors,
    others,
    reactions,
    voter,
    // A vote that is not in the counts cannot be taken out of them.
    mine: holds(counts, mine) ? mine : 0,
    value: 0,
  }
}

const holds = ({ up, down }: Counts, mine: Value) => (mine > 0 ? up : down) >= Math.abs(mine)

/** The reader's part of the counts: as the server said it to them, or as it was when it arrived. */
function sayOf(
  counted: StoredScore,
  own: StandingVote | undefined,
  { server, login }: Reader,
): Say {
  if (login !== undefined && counted.login === login) return counted
  const arrived = own?.delivered
  if (!own || arrived?.server !== server) return NOTHING
  if (login !== undefined && arrived?.login !== login) return NOTHING
  return { mine: own.value, voter: arrived?.voter ?? 'other' }
}
