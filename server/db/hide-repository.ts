import type { Statement } from '../writer/writer.ts'

/**
 * Forgets what the forge said is in a repository that it does not show to everybody any more. Votes, and
 * what counts them, stay; an import brings the rest back should it be shown again.
 */
export const hideRepository = (repositoryId: number): Statement[] =>
  [
    'DELETE FROM items WHERE repository_id = ?',
    `DELETE FROM subject_labels WHERE label_id IN (SELECT id FROM labels WHERE repository_id = ?)`,
    'DELETE FROM labels WHERE repository_id = ?',
    'UPDATE subjects SET kind = NULL, state = NULL, opened_at = NULL WHERE repository_id = ?',
    'DELETE FROM forge_pages WHERE repository_id = ?',
    // The next import begins at the beginning.
    'UPDATE imports SET watermark = NULL WHERE repository_id = ?',
    'UPDATE repositories SET imported_at = NULL WHERE id = ?',
  ].map((sql) => ({ sql, args: [repositoryId] }))

/**
 * An item that the forge has no more: deleted, or another repository's. It leaves every list of what is
 * open, and its votes stay on it.
 */
export const closeItem = (repositoryId: number, number: number): Statement => ({
  sql: `UPDATE subjects SET state = 'closed' WHERE repository_id = ? AND number = ? AND part = ''
    AND kind IS NOT NULL`,
  args: [repositoryId, number],
})
