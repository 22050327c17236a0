import { isLoopback } from '../server-address.ts'
import type { Context } from './context.ts'
import { readSettings } from './own-settings.ts'
import { setForgeToken } from './set-forge-token.ts'
import { setServer } from './set-server.ts'

/**
 * Stops sending what the reader took back their consent to, in the browser's own words: no server but
 * this machine is talked to, and GitHub's token is forgotten. Votes stay.
 */
export async function withdrawConsent(
  context: Context,
  consents: readonly string[],
): Promise<void> {
  if (consents.length === 0) return
  const { server } = await readSettings(context)
  if (server !== undefined && !isLoopback(server)) await setServer(context, undefined)
  if (consents.includes('authenticationInfo')) await setForgeToken(context, undefined)
  await context.tell('statusChanged', undefined)
}
