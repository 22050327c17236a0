import type { ImportReply } from '#shared/api/imports'
import { Problem } from '#shared/problem'
import type { RepositoryId } from '#shared/subject'
import type { Context } from '../context.ts'
import { askForImport } from '../db/import-store.ts'
import { readImportReply } from './read-import.ts'

/** Imports that may wait; each is some hundred requests to the forge. */
const MOST = 100

const WAITING = `SELECT count(*) FROM imports WHERE status IN ('waiting', 'running', 'paused')`

/** Puts a repository in the queue of imports, unless it is there; either way answers with its import. */
export async function startImport(
  { db, writer, now }: Pick<Context, 'db' | 'writer' | 'now'>,
  repo: RepositoryId,
): Promise<ImportReply> {
  if (Number((await db.execute(WAITING)).rows[0]?.[0]) >= MOST) {
    throw new Problem('busy', 'Too many repositories wait to be imported. Try again later.')
  }
  const [host = '', owner = '', name = ''] = repo.split('/')
  const asked = await writer.run(askForImport({ host, owner, name }, 'asked', null, now()))
  return readImportReply({ db }, Number(asked[0]?.[0]))
}
