/**
 * Where tests have their databases. The same tests run on files and, with `FORGEMOOT_TEST_DATABASE=remote`,
 * on a remote database each, which keeps its data where the file would be.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Sqld, startSqld } from './testing-sqld.ts'

export const isRemote = process.env.FORGEMOOT_TEST_DATABASE === 'remote'

const remote = new Map<string, Promise<Sqld>>()

/** The URL of the database that a test calls by the path of a file; the same path is the same database. */
export async function databaseAt(path: string): Promise<string> {
  if (!isRemote) return `file:${path}`
  const running = remote.get(path) ?? startSqld(`${path}.sqld`)
  remote.set(path, running)
  return (await running).url
}

/** Folders of the tests that run in this process. */
export function temporaryFolder() {
  const path = mkdtempSync(join(tmpdir(), 'forgemoot-test-'))
  return {
    path,
    remove() {
      for (const [at, running] of remote) {
        if (!at.startsWith(path)) continue
        remote.delete(at)
        void running.then(({ child }) => child.kill('SIGKILL'))
      }
      rmSync(path, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
