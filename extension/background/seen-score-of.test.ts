import { describe, expect, test } from 'vitest'
import { parseSubject, type SubjectId } from '#shared/subject'
import { valueOf } from '#shared/score'
import { BURST } from '#shared/unusual'
import type { Value } from '#shared/vote'
import { type Known, seenScoreOf } from './seen-score-of.ts'
import type { OutboxRow, StandingVote, StoredReactions, StoredScore } from './store.ts'

const subject = parseSubject('github.com/o/r#1') as SubjectId
const S = 'https://s.example'
const T = 'https://t.example'
const ann = { server: S, login: 'ann' }
const bob = { server: S, login: 'bob' }

const stored = (more: Partial<StoredScore> = {}): StoredScore => ({
  subject,
  contributors: { up: 2, down: 1 },
  others: { up: 3, down: 0 },
  reactions: {},
  mine: 0,
  voter: 'other',
  hot: 1.5,
  rising: undefined,
  server: S,
  login: 'ann',
  at: 0,
  ...more,
})

const forge: StoredReactions = { subject, reactions: { heart: 4 }, createdAt: 7, at: 0 }

const standing = (value: Value, more: Partial<StandingVote> = {}): StandingVote => ({
  id: 'x',
  subject,
  value,
  castAt: 0,
  person: undefined,
  delivered: undefined,
  ...more,
})

const row = (value: Value, more: Partial<OutboxRow> = {}): OutboxRow => ({
  seq: 1,
  id: 'x',
  subject,
  value,
  castAt: 0,
  person: undefined,
  refused: undefined,
  clamped: false,
  ...more,
})

const delivered = { ...ann, receipt: 0, voter: 'contributor' as const }

/** What is known → contributors, others, mine, voter, waiting. */
const CASES: [string, Partial<Known>, string][] = [
  ['nothing', {}, '0/0 0/0 0 other'],
  ['counts of the present server', { stored: stored() }, '2/1 3/0 0 other'],
  ['counts of another server', { stored: stored({ server: T }) }, '0/0 0/0 0 other'],
  ['a vote in the counts', { stored: stored({ mine: 1 }) }, '2/1 3/0 1 other'],
  [
    'a contributor’s vote changed since',
    { stored: stored({ mine: 1, voter: 'contributor' }), waiting: [row(-1)] },
    '1/2 3/0 -1 contributor waiting',
  ],
  [
    'a vote sent, its answer lost, then read back',
    { stored: stored({ mine: 1 }), waiting: [row(1)] },
    '2/1 3/0 1 other waiting',
  ],
  [
    'several votes waiting: the last one counts',
    { stored: stored(), waiting: [row(1), row(0, { seq: 2 }), row(-1, { seq: 3 })] },
    '2/1 3/1 -1 other waiting',
  ],
  ['a refused vote', { stored: stored(), waiting: [row(1, { refused: 'no' })] }, '2/1 3/0 0 other'],
  [
    'somebody else’s waiting vote',
    { stored: stored(), waiting: [row(1, { person: bob })] },
    '2/1 3/0 0 other',
  ],
  [
    'anybody’s waiting vote while nobody is signed in',
    {
      stored: stored({ login: undefined }),
      waiting: [row(1, { person: bob })],
      reader: { server: S, login: undefined },
    },
    '2/1 4/0 1 other waiting',
  ],
  [
    'counts read as somebody else',
    { stored: stored({ login: 'bob', mine: -1 }) },
    '2/1 3/0 0 other',
  ],
  [
    'signed out after the vote arrived: it is in the counts already',
    {
      stored: stored({ login: undefined }),
      standing: standing(1, { person: ann, delivered }),
      reader: { server: S, login: undefined },
    },
    '2/1 3/0 1 contributor',
  ],
  [
    'somebody else’s vote that arrived',
    {
      stored: stored({ login: undefined }),
      standing: standing(1, { person: bob, delivered: { ...delivered, login: 'bob' } }),
    },
    '2/1 3/0 0 other',
  ],
  [
    'a server that counts wrong',
    { stored: stored({ mine: -1 }), waiting: [row(1)] },
    '2/1 4/0 1 other waiting',
  ],
  [
    'no server: the own vote counts as somebody’s',
    { standing: standing(-1), reader: { server: undefined, login: undefined } },
    '0/0 0/1 -1 other waiting',
  ],
  [
    'a server that was not asked',
    { standing: standing(1), waiting: [row(1)] },
    '0/0 1/0 1 other waiting',
  ],
  [
    'a withdrawn vote, no server',
    { standing: standing(0), reader: { server: undefined, login: undefined } },
    '0/0 0/0 0 other waiting',
  ],
]

describe('the score that is shown', () => {
  test.each(CASES)('%s', (_, known, expected) => {
    const all = { stored: undefined, forge: undefined, standing: undefined, waiting: [] }
    const score = seenScoreOf({ ...all, reader: ann, now: 0, ...known })
    const { contributors: c, others: o, mine, voter, waiting } = score
    expect(`${c.up}/${c.down} ${o.up}/${o.down} ${mine} ${voter}${waiting ? ' waiting' : ''}`).toBe(
      expected,
    )
    expect(score.value).toBe(valueOf(score))
  })

  const base = { standing: undefined, waiting: [], reader: ann, now: 0 }

  test('has the server’s reactions where there are any, else the forge’s', () => {
    const imported = stored({ reactions: { '+1': 9 } })
    expect(seenScoreOf({ ...base, stored: imported, forge }).reactions).toEqual({ '+1': 9 })
    expect(seenScoreOf({ ...base, stored: stored(), forge })).toMatchObject({
      reactions: { heart: 4 },
      reactionsKnown: true,
      createdAt: 7,
    })
    expect(seenScoreOf({ ...base, stored: stored(), forge: undefined }).reactionsKnown).toBe(false)
  })

  test('has a note of what is unusual, until an hour after it, and from the present server only', () => {
    const at = 1_700_000_000_000
    const unusual = { votes: 40, at }
    const noteAt = (now: number, more: Partial<StoredScore> = {}) =>
      seenScoreOf({ ...base, stored: stored({ unusual, ...more }), forge, now }).note
    expect(noteAt(at)).toMatch(/^Unusual until \d.*: 40 votes from others in an hour$/)
    expect(noteAt(at + BURST - 1)).toBe(noteAt(at))
    expect(noteAt(at + BURST)).toBeUndefined()
    expect(noteAt(at, { server: T })).toBeUndefined()
    expect(noteAt(at, { unusual: { votes: 256, at } })).toContain(': at least 256 votes')
  })
})
