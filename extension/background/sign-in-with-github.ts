/**
 * Signing in on the forge's own page. The page that the reader sees is opened by a page of ours, since that
 * outlives this worker; state and verifier wait here in the database, and only the verifier's hash and the
 * code that the forge gave for it ever leave.
 */
import { Problem } from '#shared/problem'
import { isExtensionRedirect } from '#shared/redirect'
import { isSafe } from '../server-address.ts'
import type { Context } from './context.ts'
import { readSettings } from './own-settings.ts'
import { noteSignIn } from './refresh-about.ts'
import { askGitHubClient, sendGrant, valueOfReply } from './server.ts'
import { serverAt } from './session.ts'
import { takeSession } from './sign-in.ts'
import { readFact, writeFact } from './store.ts'

/** Begins to sign in; the address of the page on which the reader says yes or no. */
export async function startGrant(context: Context, redirectUri: string): Promise<string> {
  const server = await serverNeeded(context)
  if (!isExtensionRedirect(redirectUri)) throw new Problem('invalid', 'This is no way back to us.')
  const reply = await askGitHubClient(serverAt(context, server, undefined))
  await noteSignIn(context, server, reply)
  const { clientId, authorizeUrl } = valueOfReply(reply)
  if (!isSafe(authorizeUrl))
    throw new Problem('invalid', 'The server names a page for signing in that is not encrypted.')
  const [state, verifier] = [randomText(), randomText()]
  await writeFact(context.store, 'granting', { server, state, verifier, redirectUri })
  const url = new URL(authorizeUrl)
  const asked = {
    client_id: clientId,
    redirect_uri: redirectUri,
    state,
    code_challenge: await hashOf(verifier),
    code_challenge_method: 'S256',
  }
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value)
  return url.href
}

/** Takes the address with which the forge sent the reader back. Whatever comes of it, it works once. */
export async function finishGrant(context: Context, address: string): Promise<void> {
  const { store } = context
  const begun = await store.transaction('rw', store.facts, async () => {
    const fact = await readFact(store, 'granting')
    await writeFact(store, 'granting', undefined)
    return fact
  })
  if (!begun || begun.server !== (await serverNeeded(context)))
    throw new Problem('sign-in-over', 'This attempt to sign in is over. Start again.')
  const code = codeIn(address, begun)
  const { verifier, redirectUri, server } = begun
  const reply = await sendGrant(serverAt(context, server, undefined), {
    code,
    verifier,
    redirectUri,
  })
  await noteSignIn(context, server, reply)
  await takeSession(context, server, valueOfReply(reply))
}

function codeIn(address: string, { redirectUri, state }: { redirectUri: string; state: string }) {
  const asked = URL.canParse(address) ? new URL(address) : undefined
  if (!asked || !address.startsWith(redirectUri) || asked.searchParams.get('state') !== state)
    throw new Problem(
      'sign-in-over',
      'What came back does not belong to what was asked, so it was not believed. Nothing was changed. Start again.',
    )
  const error = asked.searchParams.get('error')
  if (error === 'access_denied')
    throw new Problem('sign-in-refused', 'You did not allow it on GitHub. Nothing was changed.')
  const code = asked.searchParams.get('code')
  if (error === null && code) return code
  throw new Problem('sign-in-over', 'GitHub sent you back without saying who you are. Start again.')
}

/** The present server; a Problem when there is none. */
export async function serverNeeded(context: Context): Promise<string> {
  const { server } = await readSettings(context)
  if (server === undefined) throw new Problem('invalid', 'Set a server first.')
  return server
}

/** 256 random bits as text. */
function randomText(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(32)))
}

async function hashOf(text: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return base64url(new Uint8Array(hash))
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCodePoint(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
