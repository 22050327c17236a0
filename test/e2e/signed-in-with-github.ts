import type { BrowserContext, Page } from '@playwright/test'
import type { Forge } from '../forge/forge.ts'
import { startServer } from './fixtures.ts'

/** A server that signs in with the forge, in a process of its own. */
export function startGitHubServer({ port, oauth }: Forge) {
  return startServer({
    FORGE_PORT: String(port),
    FORGEMOOT_GITHUB_CLIENT_ID: oauth.app.clientId,
    FORGEMOOT_GITHUB_CLIENT_SECRET: oauth.app.secret,
  })
}

/** Presses "Sign in with GitHub"; the window that opens. */
export async function openGitHub(context: BrowserContext, options: Page): Promise<Page> {
  const opened = context.waitForEvent('page')
  await options.getByRole('button', { name: 'Sign in with GitHub' }).click()
  return opened
}
