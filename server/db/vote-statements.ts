/**
 * The statements of the writer, each for all rows of a transaction: one for each row would take longer, and on
 * a remote database a journey each.
 */
import type { Statement } from '../writer/writer.ts'
import type { RowSet } from './row-sets.ts'

/** A statement with rows for its one argument. */
export const withRows = (sql: string, rows: readonly unknown[]): Statement => ({
  sql,
  args: [JSON.stringify(rows)],
})

export const SEEN = `SELECT l.id, l.person_id, l.seq, coalesce(s.merged_into, l.subject_id) AS subject_id,
    l.value, l.cast_at, l.reason
  FROM json_each(?) j CROSS JOIN log l ON l.id = unhex(j.value->>0, '-') AND l.person_id = j.value->>1
  LEFT JOIN subjects s ON s.id = l.subject_id`

export const ADD_REPOSITORIES = `INSERT INTO repositories (id, host, owner, name)
  SELECT value->>0, value->>1, value->>2, value->>3 FROM json_each(?)`

export const ADD_NAMES = `INSERT INTO repository_names (repository_id, host, owner, name)
  SELECT value->>0, value->>1, value->>2, value->>3 FROM json_each(?)`

/** Ids are given as text. */
export const LOG: RowSet = {
  table: 'log',
  columns: ['seq', 'id', 'person_id', 'subject_id', 'value', 'cast_at', 'accepted_at', 'reason'],
  stored: { id: (text) => `unhex(${text}, '-')` },
}

export const VOTES: RowSet = {
  table: 'votes',
  columns: ['subject_id', 'person_id', 'value', 'accepted_at', 'seq', 'is_contributor', 'reason'],
  conflict: {
    key: ['subject_id', 'person_id'],
    takes: ['value', 'accepted_at', 'seq', 'is_contributor', 'reason'],
  },
}

const SUMS = [
  'contributors_up',
  'contributors_down',
  'others_up',
  'others_down',
  'value',
  'top',
  'hot',
  'rising',
  'controversial',
  'unusual',
]

/** Subjects with what their votes come to. */
export const SUBJECTS: RowSet = {
  table: 'subjects',
  columns: ['id', 'repository_id', 'number', 'part', ...SUMS],
  conflict: { key: ['id'], takes: SUMS },
}
