import { type FieldError, Problem } from '#shared/problem'
import type { SubjectId } from '#shared/subject'
import type { Context } from '../context.ts'

const hostOf = (subject: SubjectId) => subject.slice(0, subject.indexOf('/'))

/** Refuses subjects of a forge that this server does not keep. `pointerOf` says where the n-th stood. */
export function checkForges(
  { forges }: Context,
  subjects: readonly SubjectId[],
  pointerOf: (place: number) => string,
): void {
  const errors: FieldError[] = []
  for (const [place, subject] of subjects.entries()) {
    if (forges.includes(hostOf(subject))) continue
    errors.push({ pointer: pointerOf(place), detail: 'a subject of another forge' })
  }
  if (errors.length) {
    throw new Problem(
      'unknown-forge',
      `This server keeps subjects of ${forges.join(', ')}.`,
      errors,
    )
  }
}
