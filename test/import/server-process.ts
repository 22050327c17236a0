/** A server that imports, as a process that can be killed. */
import type { ImportReply } from '#shared/api/imports'
import type { SessionReply } from '#shared/api/sign-in'
import type { askerOf } from '../../server/testing.ts'
import { databaseAt } from '../../server/testing-database.ts'
import { killed, spawnServer as spawnWith } from '../../server/testing-process.ts'

export interface ServerProcess {
  address: string
  ask: ReturnType<typeof askerOf>
  /** Asks for an import, or goes on with it. */
  start(repo: string): Promise<ImportReply>
  read(id: number): Promise<ImportReply>
  /** Waits until an import is in one of these states. */
  until(id: number, ...statuses: ImportReply['status'][]): Promise<ImportReply>
  end(signal: NodeJS.Signals): Promise<void>
}

export async function spawnServer(file: string, api: string): Promise<ServerProcess> {
  const { child, address, ask } = await spawnWith({
    FORGEMOOT_DATABASE_URL: await databaseAt(file),
    FORGEMOOT_GITHUB_API_URL: api,
    FORGEMOOT_GITHUB_TOKEN: 'forge-token-ashdibble',
  })
  const { body } = await ask('/auth/local', { body: { login: 'ada' } })
  const { token } = body as SessionReply
  const read = async (id: number) => (await ask(`/v1/imports/${id}`, { token })).body as ImportReply
  return {
    address,
    ask,
    read,
    start: async (repo) =>
      (await ask('/v1/imports', { token, body: { repo } })).body as ImportReply,
    async until(id, ...statuses) {
      for (;;) {
        const now = await read(id)
        // One that waits for a limit goes on by itself.
        const goesOn = now.status === 'paused' && now.until !== null
        if (statuses.includes(now.status) && !goesOn) return now
        await new Promise((done) => setTimeout(done, 50))
      }
    },
    async end(signal) {
      await killed(child, signal)
    },
  }
}
