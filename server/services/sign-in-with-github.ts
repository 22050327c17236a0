import type { SessionReply } from '#shared/api/sign-in'
import { Problem } from '#shared/problem'
import { isExtensionRedirect } from '#shared/redirect'
import type { Context } from '../context.ts'
import type { AppClient, Grant, SignedInAccount } from '../forges/forge-sign-in.ts'
import { fieldsOf, log } from '../operations/log.ts'
import { clientNeeded } from '../sign-in.ts'
import { forgetSessions } from './end-sessions.ts'
import { openSession } from './open-session.ts'

/** Signs in whoever came back from the forge's page with a code. */
export async function signInWithGitHub(context: Context, grant: Grant): Promise<SessionReply> {
  const client = clientNeeded(context)
  if (!isExtensionRedirect(grant.redirectUri))
    throw new Problem('invalid', 'Only a browser extension can be where a sign-in returns to.', [
      { pointer: '/redirectUri', detail: 'no extension’s address' },
    ])
  const token = await context.signIn.forge.tokenOf(client, grant)
  return signInByToken(context, client, token)
}

/**
 * Signs in the owner of a forge's token. The forge's numeric id is who they are: the same id is the same
 * person whatever its login, and a login that somebody else had leads to nothing of theirs. The token is
 * worthless afterwards.
 */
export async function signInByToken(
  context: Context,
  client: AppClient,
  token: string,
): Promise<SessionReply> {
  const { forge } = context.signIn
  try {
    const account = await forge.accountOf(token)
    if (!account.isPerson)
      throw new Problem(
        'not-a-person',
        'This account belongs to a bot or an organization. Sign in with your own.',
      )
    return await openSessionOf(context, account)
  } finally {
    // Nobody waits for it: a token that is left ends by itself, and is kept nowhere.
    void forge.revoke(client, token).catch((error: unknown) => {
      log('warn', 'token-kept', 'A token of GitHub could not be revoked.', fieldsOf(error))
    })
  }
}

async function openSessionOf(context: Context, account: SignedInAccount): Promise<SessionReply> {
  const [host] = context.forges
  const { forgeId, login, avatarUrl } = account
  const reply = await openSession(context, {
    ensure: {
      sql: `INSERT INTO persons (host, login, forge_id, avatar_url, created_at) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (host, forge_id) DO UPDATE
        SET login = excluded.login, avatar_url = excluded.avatar_url`,
      args: [host, login, forgeId, avatarUrl, context.now()],
    },
    find: {
      sql: 'SELECT id, login FROM persons WHERE host = ? AND forge_id = ?',
      args: [host, forgeId],
    },
  })
  // Their other sessions may remember a login that they no longer have.
  await forgetSessions(context, {
    sql: `SELECT s.token_hash FROM sessions s JOIN persons p ON p.id = s.person_id
      WHERE p.host = ? AND p.forge_id = ?`,
    args: [host, forgeId],
  })
  return reply
}
