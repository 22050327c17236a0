import type { SubjectId } from '#shared/subject'
import type { Reader } from './ledger.ts'
import { readList } from './read-list.ts'

const SUBJECTS = `SELECT json_group_array(json_array(s.id, r.host || '/' || r.owner || '/' || r.name || '#' ||
    s.number || CASE s.part WHEN '' THEN '' ELSE '/' || s.part END))
  FROM json_each(?) j CROSS JOIN subjects s ON s.id = j.value
  CROSS JOIN repositories r ON r.id = s.repository_id WHERE r.name <> ''`

/** Subjects by the present names of their repositories; those of one that has no name now are left out. */
export async function subjectsOf(db: Reader, ids: readonly number[]) {
  if (!ids.length) return []
  return readList<[id: number, subject: SubjectId]>(db, SUBJECTS, [JSON.stringify(ids)])
}
