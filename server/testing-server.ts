/** A server that all tests of a file ask. */
import { afterAll, beforeAll } from 'vitest'
import { temporaryFolder } from './testing-database.ts'
import { startTestServer, type TestServer } from './testing.ts'

/** Runs from before the first test until after the last, on a database in a folder that goes with it. */
export function sharedServer(environment: Record<string, string> = {}) {
  const folder = temporaryFolder()
  const server = {} as TestServer // it is one before anybody asks it
  beforeAll(async () => {
    Object.assign(server, await startTestServer(`${folder.path}/votes.db`, environment))
  })
  afterAll(async () => {
    await server.stop()
    folder.remove()
  })
  return { server, folder }
}
