import type { SubjectId } from '#shared/subject'
import type { ScoreText } from '../scores/score-text.ts'
import type { Access, Ledger } from './ledger.ts'
import { readSubjects, summed } from './linked-pulls.ts'
import { scored } from './subject-states.ts'
import { subjectsOf } from './subjects-of.ts'
import { SUBJECTS, withRows } from './vote-statements.ts'

/** Scores by the present names of their subjects. */
export type Scores = Map<SubjectId, ScoreText>

/** Subjects summed at a time. */
const PAGE = 500

const CLASSES = `UPDATE votes SET is_contributor = j.value->>2 FROM json_each(?) j
  WHERE subject_id = j.value->>0 AND person_id = j.value->>1`

/**
 * Sums subjects up from the votes that stand on them, each by the class that its voter has now; the pull
 * requests that close one of them too. In a transaction that changed what they are summed from.
 */
export async function sumAgain(
  { voters, now, insert }: Ledger,
  tx: Access,
  subjects: readonly number[],
): Promise<Scores> {
  const scores: Scores = new Map()
  for (let from = 0; from < subjects.length; from += PAGE) {
    const found = await readSubjects(tx, subjects.slice(from, from + PAGE))
    await voters.prepare(
      tx,
      new Set(found.map(({ state }) => state.repositoryId)),
      new Set(found.flatMap(({ votes }) => votes.map(({ personId }) => personId))),
    )
    const moved: unknown[] = []
    for (const { state, votes } of found) {
      for (const vote of votes) {
        const voter = voters.of(vote.personId, state.repositoryId)
        if (voter === vote.voter) continue
        vote.voter = voter
        moved.push([vote.subjectId, vote.personId, voter === 'contributor' ? 1 : 0])
      }
    }
    const sums = new Map(
      found.map(({ state, votes }) => [state.id, scored(summed(state, votes), now())]),
    )
    if (moved.length) await tx.execute(withRows(CLASSES, moved))
    await tx.batch(
      insert(
        SUBJECTS,
        [...sums.values()].map(({ row }) => row),
      ),
    )
    for (const [id, subject] of await subjectsOf(tx, [...sums.keys()])) {
      scores.set(subject, sums.get(id)?.text ?? '')
    }
  }
  return scores
}
