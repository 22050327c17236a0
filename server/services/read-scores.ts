import { partsOf, type SubjectId } from '#shared/subject'
import type { Value } from '#shared/vote'
import type { Reactions } from '#shared/score'
import type { Caller, Context } from '../context.ts'
import {
  type ScoreText,
  scoreText,
  scoreTextFor,
  unusualNow,
  UNVOTED,
} from '../scores/score-text.ts'
import { readList } from '../db/read-list.ts'
import { accountSql } from '../db/voter-classes.ts'

// One JSON text in and one out: reading cells one by one through the client costs several times as much.
// CROSS JOIN fixes the order of the joins: the subjects asked for lead. A subject whose repository is known
// has a row, empty when nobody has said anything about it.
const FROM_ASKED = `FROM json_each(?1) j
  CROSS JOIN repository_names n ON n.host = j.value->>0 AND n.owner = j.value->>1 AND n.name = j.value->>2
  LEFT JOIN subjects s
    ON s.repository_id = n.repository_id AND s.number = j.value->>3 AND s.part = j.value->>4`

const COLUMNS = `j.key, s.contributors_up, s.contributors_down, s.others_up, s.others_down, s.reactions,
  s.hot, s.rising, s.unusual`

const SCORES = `SELECT json_group_array(json_array(${COLUMNS}, n.owner = r.owner AND n.name = r.name))
  ${FROM_ASKED} CROSS JOIN repositories r ON r.id = n.repository_id`

const scoresAndMine = (localLogins: boolean) => `SELECT json_group_array(json_array(${COLUMNS},
    EXISTS (SELECT 1 FROM persons p CROSS JOIN contributors c
      WHERE p.id = ?2 AND c.repository_id = n.repository_id AND c.account_id = ${accountSql(localLogins)}),
    coalesce(v.value, 0)))
  ${FROM_ASKED} LEFT JOIN votes v ON v.subject_id = s.id AND v.person_id = ?2`

type ScoreRow = [
  place: number,
  contributorsUp: number | null,
  contributorsDown: number,
  othersUp: number,
  othersDown: number,
  reactions: string,
  hot: number,
  rising: number | null,
  unusual: string | null,
  /** In SCORES, whether the repository is called so now; in the other, whether the reader contributes. */
  flag: 0 | 1,
]

/** The scores of subjects, each once, as JSON texts by id; as `caller` sees them, if there is one. */
export async function readScores(
  context: Context,
  subjects: readonly SubjectId[],
  caller?: Caller,
): Promise<Map<SubjectId, ScoreText>> {
  return caller
    ? readFor(context, caller, [...new Set(subjects)])
    : readForAnybody(context, subjects)
}

async function readForAnybody(context: Context, subjects: readonly SubjectId[]) {
  const found = new Map<SubjectId, ScoreText>()
  const unknown: SubjectId[] = []
  for (const subject of subjects) {
    const text = context.scores.get(subject)
    found.set(subject, text ?? UNVOTED)
    if (text === undefined) unknown.push(subject)
  }
  if (unknown.length) await readUnknown(context, [...new Set(unknown)], found)
  return found
}

async function readUnknown(
  { db, scores, now }: Context,
  subjects: SubjectId[],
  found: Map<SubjectId, ScoreText>,
) {
  const former = new Set<SubjectId>()
  for (const row of await readList<ScoreRow>(db, SCORES, [asked(subjects)])) {
    const subject = subjects[row[0]]
    if (!subject) continue
    found.set(subject, textOf(row, now()))
    if (!row[9]) former.add(subject)
  }
  for (const subject of subjects) {
    // News comes under present names only, so nothing is remembered under another.
    if (former.has(subject)) continue
    // The writer may have told a newer score while a remote database was answering.
    const newer = scores.get(subject)
    if (newer === undefined) scores.set(subject, found.get(subject) ?? UNVOTED)
    else found.set(subject, newer)
  }
}

/**
 * What a person voted stands in the database alone, so the counts come from there too, in one statement: a
 * remembered score may be older than the vote beside it.
 */
async function readFor({ db, auth, now }: Context, { personId }: Caller, subjects: SubjectId[]) {
  const found = new Map<SubjectId, ScoreText>(subjects.map((subject) => [subject, UNVOTED]))
  const sql = scoresAndMine(auth === 'local')
  const rows = await readList<[...ScoreRow, mine: Value]>(db, sql, [asked(subjects), personId])
  for (const row of rows) {
    const subject = subjects[row[0]]
    if (subject)
      found.set(
        subject,
        scoreTextFor(textOf(row, now()), row[10], row[9] ? 'contributor' : 'other'),
      )
  }
  return found
}

function asked(subjects: readonly SubjectId[]): string {
  return JSON.stringify(
    subjects.map((subject) => {
      const { host, owner, name, number, part } = partsOf(subject)
      return [host, owner, name, number, part]
    }),
  )
}

function textOf(row: ScoreRow | [...ScoreRow, Value], now: number): ScoreText {
  const [, up, down, othersUp, othersDown, reactions, hot, rising, unusual] = row
  if (up === null) return UNVOTED
  return scoreText(
    {
      contributors: { up, down },
      others: { up: othersUp, down: othersDown },
      reactions: JSON.parse(reactions) as Reactions,
    },
    { hot, rising },
    unusualNow(unusual, now),
  )
}
