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
const started = new Map<string, Sqld>()

/** The URL of the database that a test calls by the path of a file; the same path is the same database. */
export async function databaseAt(path: string): Promise<string> {
  if (!isRemote) return `file:${path}`
  const running = remote.get(path) ?? startSqld(`${path}.sqld`)
  remote.set(path, running)
  const sqld = await running
  started.set(path, sqld)
  return sqld.url
}

/** Folders of the tests that run in this process. */
export function temporaryFolder() {
  const path = mkdtempSync(join(tmpdir(), 'forgemoot-test-'))
  return {
    path,
    remove() {
      for (const [at, { child }] of started) {
        if (!at.startsWith(path)) continue
        remote.delete(at)
        started.delete(at)
        // Now and not soon: what still writes there would keep the folder from being removed.
        child.kill('SIGKILL')
      }
      rmSync(path, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
