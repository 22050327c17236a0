/**
 * The statements of the vote log. Each takes one JSON argument, whatever the number of votes: the client
 * prepares every statement anew, so that many small ones cost several times the work itself.
 */

export const SEEN = `SELECT l.id, l.person_id, l.seq, l.subject_id, l.value, l.cast_at
  FROM json_each(?) j CROSS JOIN log l ON l.id = j.value->>0 AND l.person_id = j.value->>1`

// The second list is empty while the first holds every vote; it is for persons whose standing vote is
// older than the latest ones.
export const STATES = `SELECT json_group_array(json_array(j.key, r.repository_id, s.id,
    s.contributors_up, s.contributors_down, s.others_up, s.others_down, s.reactions,
    json(CASE WHEN s.id IS NULL THEN '[]' ELSE (
      SELECT json_group_array(json_array(w.person_id, w.value, w.accepted_at)) FROM (
        SELECT person_id, value, accepted_at FROM votes WHERE subject_id = s.id AND value <> 0
        ORDER BY accepted_at DESC, person_id DESC LIMIT ?1) w) END),
    json(CASE WHEN s.contributors_up + s.contributors_down + s.others_up + s.others_down <= ?1
        OR s.id IS NULL THEN '[]' ELSE (
      SELECT json_group_array(json_array(o.person_id, o.value, o.accepted_at))
      FROM json_each(j.value, '$[5]') p
      CROSS JOIN votes o ON o.subject_id = s.id AND o.person_id = p.value AND o.value <> 0) END)))
  FROM json_each(?2) j
  LEFT JOIN repository_names r ON r.host = j.value->>0 AND r.owner = j.value->>1 AND r.name = j.value->>2
  LEFT JOIN subjects s ON s.repository_id = r.repository_id AND s.number = j.value->>3 AND s.part = j.value->>4`

export const ADD_REPOSITORIES = `INSERT INTO repositories (id, host, owner, name)
  SELECT value->>0, value->>1, value->>2, value->>3 FROM json_each(?)`

export const ADD_NAMES = `INSERT INTO repository_names (repository_id, host, owner, name)
  SELECT value->>0, value->>1, value->>2, value->>3 FROM json_each(?)`

export const ADD_ENTRIES = `INSERT INTO log (seq, id, person_id, subject_id, value, cast_at, accepted_at)
  SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6 FROM json_each(?)`

export const STAND = `INSERT INTO votes (subject_id, person_id, value, accepted_at, seq)
  SELECT value->>3, value->>2, value->>4, value->>6, value->>0 FROM json_each(?) WHERE true
  ON CONFLICT (subject_id, person_id) DO UPDATE
  SET value = excluded.value, accepted_at = excluded.accepted_at, seq = excluded.seq`

export const SCORE = `INSERT INTO subjects (id, repository_id, number, part, contributors_up, contributors_down,
    others_up, others_down, value, top, hot, rising, controversial)
  SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5,
    value->>6, value->>7, value->>8, value->>9, value->>10, value->>11, value->>12
  FROM json_each(?) WHERE true
  ON CONFLICT (id) DO UPDATE SET contributors_up = excluded.contributors_up,
    contributors_down = excluded.contributors_down, others_up = excluded.others_up,
    others_down = excluded.others_down, value = excluded.value, top = excluded.top,
    hot = excluded.hot, rising = excluded.rising, controversial = excluded.controversial`

export const NEXT = `SELECT (SELECT coalesce(max(seq) + 1, 0) FROM log) AS seq,
  (SELECT coalesce(max(id) + 1, 1) FROM subjects) AS subject,
  (SELECT coalesce(max(id) + 1, 1) FROM repositories) AS repository`
