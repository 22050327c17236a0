/**
 * The statements of the writer. Each takes one JSON argument, whatever the number of rows: each
 * that is run costs as much again as a row of it, and on a remote database a journey.
 */
import type { Statement } from '../writer/writer.ts'

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

/** A row may end before the reason, which then is null. */
export const ADD_ENTRIES = `INSERT INTO log (seq, id, person_id, subject_id, value, cast_at, accepted_at, reason)
  SELECT value->>0, unhex(value->>1, '-'), value->>2, value->>3, value->>4, value->>5, value->>6, value->>8
  FROM json_each(?)`

/** Takes the rows of ADD_ENTRIES; before the reason is whether it is a contributor's. */
export const STAND = `INSERT INTO votes (subject_id, person_id, value, accepted_at, seq, is_contributor, reason)
  SELECT value->>3, value->>2, value->>4, value->>6, value->>0, value->>7, value->>8
  FROM json_each(?) WHERE true
  ON CONFLICT (subject_id, person_id) DO UPDATE
  SET value = excluded.value, accepted_at = excluded.accepted_at, seq = excluded.seq,
    is_contributor = excluded.is_contributor, reason = excluded.reason`

/** A row may end before what is unusual, which then is null. */
export const SCORE = `INSERT INTO subjects (id, repository_id, number, part, contributors_up, contributors_down,
    others_up, others_down, value, top, hot, rising, controversial, unusual)
  SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5,
    value->>6, value->>7, value->>8, value->>9, value->>10, value->>11, value->>12, value->>13
  FROM json_each(?) WHERE true
  ON CONFLICT (id) DO UPDATE SET contributors_up = excluded.contributors_up,
    contributors_down = excluded.contributors_down, others_up = excluded.others_up,
    others_down = excluded.others_down, value = excluded.value, top = excluded.top,
    hot = excluded.hot, rising = excluded.rising, controversial = excluded.controversial, unusual = excluded.unusual`
