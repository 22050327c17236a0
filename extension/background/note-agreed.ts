import type { SubjectId } from '#shared/subject'
import type { Context } from './context.ts'

/** Keeps how many people only wrote "+1" about a subject. Returns whether that is news. */
export function noteAgreed(
  { store }: Context,
  { subject, people, isAll }: { subject: SubjectId; people: number; isAll: boolean },
): Promise<boolean> {
  return store.transaction('rw', store.reactions, async () => {
    const before = await store.reactions.get(subject)
    const known = before?.agreed ?? 0
    const agreed = isAll ? people : Math.max(known, people)
    if (agreed === known) return false
    const row = before ?? { subject, reactions: {}, createdAt: undefined, at: -1 }
    await store.reactions.put({ ...row, agreed })
    return true
  })
}
