import { randomBytes } from 'node:crypto'
import { Problem } from '#shared/problem'
import { EXTENSION_REDIRECTS } from '#shared/redirect'
import type { Context } from '../context.ts'
import { dropExpired } from '../sign-in.ts'
import { keepApp } from './app-store.ts'
import { newToken } from './token-hash.ts'

/** How long GitHub's page may stay open, in milliseconds: its own code lasts as long. */
const LASTS = 3_600_000

/** Set-ups that may be open at a time: one is begun by every look at the page. */
const MOST = 1000

/** The app that is wanted. */
export interface WantedApp {
  name: string
  /** '' for a person's own account. */
  organization: string
  /** Where this server is reached from outside; '' when it is not. */
  address: string
  /** Where the browser that does the set-up reaches it. */
  here: string
}

/** A name that nobody has yet, most likely: they are shared by all of GitHub. */
export const newAppName = () => `Forgemoot ${randomBytes(3).toString('hex')}`

/** The manifest for an app, and the state with which GitHub has to send its owner back. */
export function beginSetUp({ signIn, now }: Context, wanted: WantedApp) {
  dropExpired(signIn.setUps, now())
  if (signIn.setUps.size >= MOST)
    throw new Problem('busy', 'This page was opened too often. Try again in an hour.')
  const state = newToken()
  const organization = wanted.organization || undefined
  signIn.setUps.set(state, { organization, expiresAt: now() + LASTS })
  return { state, manifest: manifestOf(wanted) }
}

function manifestOf({ name, address, here }: WantedApp) {
  return {
    name,
    url: address || here,
    redirect_url: `${here}/setup/done`,
    callback_urls: EXTENSION_REDIRECTS,
    // Strangers could not sign in through a private one.
    public: true,
    request_oauth_on_install: false,
    default_permissions: {
      metadata: 'read',
      issues: 'read',
      pull_requests: 'write',
      contents: 'write',
      checks: 'write',
    },
    // GitHub refuses an address that it cannot reach.
    ...(address && {
      hook_attributes: { url: `${address}/webhooks/github`, active: true },
      default_events: ['issues', 'pull_request', 'issue_comment', 'push', 'repository'],
    }),
  }
}

/** Takes over the app that was made with a manifest. Its state works once. */
export async function finishSetUp(
  context: Context,
  { code, state }: { code: string; state: string },
): Promise<{ slug: string; organization: string | undefined }> {
  const { signIn, now } = context
  const begun = signIn.setUps.get(state)
  signIn.setUps.delete(state)
  if (!begun || begun.expiresAt <= now())
    throw new Problem(
      'sign-in-over',
      'This set-up was not begun here, or is over. Begin again at /setup.',
    )
  if (signIn.client()) throw new Problem('forbidden', 'This server is set up already.')
  if (!/^[\w.~-]{1,200}$/.test(code))
    throw new Problem('invalid', 'GitHub sent no code. Begin again at /setup.')
  const app = await signIn.forge.appOf(code)
  await keepApp(context, app)
  signIn.setUps.clear()
  return { slug: app.slug, organization: begun.organization }
}
