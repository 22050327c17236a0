/** Somebody who signs in without a browser: presses what a person would press. */
import { createHash, randomBytes } from 'node:crypto'
import { seedWorld } from '../world/seed.ts'
import { accountOf } from './account-of.ts'
import { fetchOf } from './fetch-of.ts'
import { type Oauth, oauthOf } from './oauth.ts'

export const REDIRECT = `https://${'a'.repeat(32)}.chromiumapp.org/`

/** What an extension brings back from the forge's page. */
export interface Brought {
  code: string
  verifier: string
  redirectUri: string
}

export interface Visitor {
  oauth: Oauth
  /** Reaches the stand-in, and nothing else. */
  fetch: typeof fetch
  /** Lets that person agree; what they come back with. */
  agree(login: string, redirectUri?: string): Brought
  /** Enters a code on the page for codes, and agrees or not. */
  enter(login: string, userCode: string, isAgreed?: boolean): void
  rename(login: string, to: string): void
  /** A new account with a login. */
  appear(login: string, type?: 'Bot' | 'Organization'): number
}

/** GitHub without a network, and people who use it. */
export function visitor(): Visitor {
  const forge: { signedIn: string | null } = { signedIn: null }
  const world = seedWorld()
  const oauth = oauthOf(world, forge)
  oauth.app.callbacks.push(REDIRECT)
  const post = (address: string, fields: Record<string, string>) =>
    oauth.answer({
      host: 'github.com',
      method: 'POST',
      url: new URL(address, 'https://github.com'),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    })
  return {
    oauth,
    fetch: fetchOf(oauth),
    agree(login, redirectUri = REDIRECT) {
      forge.signedIn = login
      const verifier = randomBytes(32).toString('base64url')
      const reply = post('/login/oauth/authorize', {
        client_id: oauth.app.clientId,
        redirect_uri: redirectUri,
        state: 's',
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
        authorize: '1',
      })
      const location = reply && reply !== 'down' ? (reply.headers['location'] ?? '') : ''
      const code = new URL(location).searchParams.get('code') ?? ''
      return { code, verifier, redirectUri }
    },
    enter(login, userCode, isAgreed = true) {
      forge.signedIn = login
      post('/login/device', { user_code: userCode, authorize: isAgreed ? '1' : '0' })
    },
    rename: (login, to) => void (accountOf(world, login).login = to),
    appear(login, type) {
      if (world.accounts.some((account) => account.login === login)) throw new Error('taken')
      const { id } = accountOf(world, login)
      if (type) oauth.types.set(id, type)
      return id
    },
  }
}
