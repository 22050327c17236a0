/** Ids of votes as the log has them: the 16 bytes of a UUID. In SQL, `unhex(?, '-')` makes them of its text. */

/** The text of such an id, in lower case. */
export function uuidOf(bytes: ArrayBuffer): string {
  const hex = Buffer.from(bytes).toString('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-')
}
