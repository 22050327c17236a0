import { partsOf, repositoryOf, type SubjectId } from '#shared/subject'
import type { Value } from '#shared/vote'
import type { Reactions } from '#shared/score'
import type { Caller, Context } from '../context.ts'
import { type ScoreText, scoreText, scoreTextFor, UNVOTED } from '../score-text.ts'
import { voterClassOf } from '../voter-class.ts'

// One JSON text in and one out: reading cells one by one through the client costs several times as much.
// CROSS JOIN fixes the order of the joins: the subjects asked for lead.
const FROM_ASKED = `FROM json_each(?) j
  CROSS JOIN repositories r ON r.host = j.value->>0 AND r.owner = j.value->>1 AND r.name = j.value->>2
  CROSS JOIN subjects s ON s.repository_id = r.id AND s.number = j.value->>3 AND s.part = j.value->>4`

const SCORES = `SELECT json_group_array(json_array(j.key, s.contributors_up, s.contributors_down,
  s.others_up, s.others_down, s.reactions, s.hot, s.rising)) ${FROM_ASKED}`

const MINE = `SELECT json_group_array(json_array(j.key, v.value)) ${FROM_ASKED}
  CROSS JOIN votes v ON v.subject_id = s.id AND v.person_id = ? AND v.value <> 0`

type ScoreRow = [
  place: number,
  contributorsUp: number,
  contributorsDown: number,
  othersUp: number,
  othersDown: number,
  reactions: string,
  hot: number,
  rising: number | null,
]

/** The scores of subjects, each once, as JSON texts by id; as `caller` sees them, if there is one. */
export async function readScores(
  context: Context,
  subjects: readonly SubjectId[],
  caller?: Caller,
): Promise<Map<SubjectId, ScoreText>> {
  const found = new Map<SubjectId, ScoreText>()
  const unknown: SubjectId[] = []
  for (const subject of subjects) {
    const text = context.scores.get(subject)
    found.set(subject, text ?? UNVOTED)
    if (text === undefined) unknown.push(subject)
  }
  if (unknown.length) await readUnknown(context, [...new Set(unknown)], found)
  if (caller) await markMine(context, caller, found)
  return found
}

async function readUnknown(
  { db, scores }: Context,
  subjects: SubjectId[],
  found: Map<SubjectId, ScoreText>,
) {
  const { rows } = await db.execute({ sql: SCORES, args: [asked(subjects)] })
  for (const row of JSON.parse(String(rows[0]?.[0])) as ScoreRow[]) {
    const subject = subjects[row[0]]
    if (subject) found.set(subject, textOf(row))
  }
  for (const subject of subjects) {
    // The writer may have told a newer score while a remote database was answering.
    const newer = scores.get(subject)
    if (newer === undefined) scores.set(subject, found.get(subject) ?? UNVOTED)
    else found.set(subject, newer)
  }
}

async function markMine({ db }: Context, { personId }: Caller, found: Map<SubjectId, ScoreText>) {
  const subjects = [...found.keys()]
  const { rows } = await db.execute({ sql: MINE, args: [asked(subjects), personId] })
  const values = new Map(JSON.parse(String(rows[0]?.[0])) as [place: number, mine: Value][])
  for (const [place, subject] of subjects.entries()) {
    const voter = voterClassOf(personId, repositoryOf(subject))
    found.set(subject, scoreTextFor(found.get(subject) ?? UNVOTED, values.get(place) ?? 0, voter))
  }
}

function asked(subjects: readonly SubjectId[]): string {
  return JSON.stringify(
    subjects.map((subject) => {
      const { host, owner, name, number, part } = partsOf(subject)
      return [host, owner, name, number, part]
    }),
  )
}

function textOf([, up, down, othersUp, othersDown, reactions, hot, rising]: ScoreRow): ScoreText {
  return scoreText(
    {
      contributors: { up, down },
      others: { up: othersUp, down: othersDown },
      reactions: JSON.parse(reactions) as Reactions,
    },
    { hot, rising },
  )
}
