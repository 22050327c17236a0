import { type FieldError, Problem } from '#shared/problem'
import type { RepositoryId, SubjectId } from '#shared/subject'
import type { Context } from '../context.ts'

const hostOf = (address: string) => address.slice(0, address.indexOf('/'))

/** Refuses subjects and repositories of a forge that this server does not keep. `pointerOf` says where the n-th stood. */
export function checkForges(
  { forges }: Context,
  subjects: readonly (SubjectId | RepositoryId)[],
  pointerOf: (place: number) => string,
): void {
  const errors: FieldError[] = []
  for (const [place, subject] of subjects.entries()) {
    if (forges.includes(hostOf(subject))) continue
    errors.push({ pointer: pointerOf(place), detail: 'of another forge' })
  }
  if (errors.length) {
    throw new Problem(
      'unknown-forge',
      `This server keeps subjects of ${forges.join(', ')}.`,
      errors,
    )
  }
}
