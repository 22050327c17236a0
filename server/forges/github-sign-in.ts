/**
 * Signing in with GitHub, by its documents on GitHub Apps: the web flow with PKCE (the exchange needs the
 * client secret all the same), the device flow, and the flow that makes an app from a manifest. No scope
 * is asked for: identity is all that there is to learn.
 */
import * as v from 'valibot'
import { Problem } from '#shared/problem'
import { askForge, type ForgeAnswer, type Question, shapedAnswer } from './ask-forge.ts'
import type { AppClient, ForgeSignIn } from './forge-sign-in.ts'
import { tokenRefusal } from './token-refusal.ts'

/** Where GitHub is. */
export interface GitHubAddress {
  /** Of its pages and of its API, without a slash at the end. */
  site: string
  api: string
  fetch: typeof fetch
}

const text = v.pipe(v.string(), v.minLength(1))
const count = v.pipe(v.number(), v.integer(), v.minValue(1))

const TokenSchema = v.object({ access_token: text })
const RefusalSchema = v.object({ error: v.string(), interval: v.optional(count) })

const DeviceSchema = v.object({
  device_code: text,
  user_code: v.pipe(text, v.maxLength(40)),
  verification_uri: v.pipe(text, v.url()),
  expires_in: count,
  interval: v.optional(count, 5),
})

const UserSchema = v.object({
  id: count,
  login: v.pipe(text, v.maxLength(100)),
  avatar_url: v.optional(v.nullable(v.string()), null),
  type: text,
})

const AppSchema = v.object({
  id: count,
  slug: v.pipe(text, v.regex(/^[\w-]+$/)),
  client_id: text,
  client_secret: text,
  webhook_secret: v.optional(v.nullable(v.string()), null),
  pem: text,
})

const API = { accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' }

/** GitHub at an address. */
export function githubSignIn({ site, api, fetch }: GitHubAddress): ForgeSignIn {
  const post = (url: string, body: unknown, headers = {}) =>
    askForge({ fetch, method: 'POST', url, body, headers })
  const askToken = (client: AppClient, grant: Record<string, string>) =>
    post(`${site}/login/oauth/access_token`, { client_id: client.id, ...grant })

  return {
    authorizeUrl: `${site}/login/oauth/authorize`,

    async tokenOf(client, { code, verifier, redirectUri }) {
      const answer = await askToken(client, {
        client_secret: client.secret,
        code,
        code_verifier: verifier,
        redirect_uri: redirectUri,
      })
      const { error } = refusalIn(answer) ?? {}
      if (error !== undefined) throw tokenRefusal(error, redirectUri)
      return shapedAnswer(TokenSchema, answer).access_token
    },

    async startDevice({ id }) {
      const answer = await post(`${site}/login/device/code`, { client_id: id })
      const { error } = refusalIn(answer) ?? {}
      if (error !== undefined) throw tokenRefusal(error)
      const told = shapedAnswer(DeviceSchema, answer)
      return {
        deviceCode: told.device_code,
        userCode: told.user_code,
        verificationUri: told.verification_uri,
        lasts: told.expires_in,
        interval: told.interval,
      }
    },

    async askDevice(client, deviceCode) {
      const answer = await askToken(client, {
        device_code: deviceCode,
        grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      })
      const refusal = refusalIn(answer)
      if (!refusal) return { token: shapedAnswer(TokenSchema, answer).access_token }
      if (refusal.error === 'authorization_pending') return { interval: undefined }
      if (refusal.error === 'slow_down') return { interval: refusal.interval ?? 10 }
      throw tokenRefusal(refusal.error)
    },

    async accountOf(token) {
      const headers = { ...API, authorization: `Bearer ${token}` }
      const answer = await askForge({ fetch, method: 'GET', url: `${api}/user`, headers })
      if (answer.status === 401 || answer.status === 403)
        throw new Problem(
          'sign-in-refused',
          'GitHub does not say whose account this is. Sign in again.',
        )
      const { id, login, avatar_url, type } = shapedAnswer(UserSchema, answer)
      return { forgeId: id, login, avatarUrl: avatar_url, isPerson: type === 'User' }
    },

    async revoke({ id, secret }, token) {
      const authorization = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`
      const url = `${api}/applications/${encodeURIComponent(id)}/token`
      const question: Question = { fetch, method: 'DELETE', url, body: { access_token: token } }
      const { status } = await askForge({ ...question, headers: { ...API, authorization } })
      if (status !== 204) throw new Error(`GitHub answered ${status} to the end of a token`)
    },

    newAppUrl: (organization) => `${site}${ownerPath(organization)}/settings/apps/new`,

    async appOf(code) {
      const url = `${api}/app-manifests/${encodeURIComponent(code)}/conversions`
      const answer = await askForge({ fetch, method: 'POST', url, headers: API })
      if (answer.status === 404 || answer.status === 422)
        throw new Problem(
          'sign-in-over',
          'GitHub does not know this code any more: it works once, for an hour. Begin again at /setup.',
        )
      const app = shapedAnswer(AppSchema, answer)
      return {
        appId: app.id,
        slug: app.slug,
        client: { id: app.client_id, secret: app.client_secret },
        webhookSecret: app.webhook_secret,
        privateKey: app.pem,
      }
    },

    appPages: (slug, organization) => ({
      settings: `${site}${ownerPath(organization)}/settings/apps/${slug}`,
      install: `${site}/apps/${slug}/installations/new`,
    }),
  }
}

const ownerPath = (organization: string | undefined) =>
  organization === undefined ? '' : `/organizations/${encodeURIComponent(organization)}`

/** What a token endpoint refuses with: an error in JSON of whatever status, or no such app. */
function refusalIn({
  status,
  json,
}: ForgeAnswer): { error: string; interval?: number | undefined } | undefined {
  // GitHub answers 404 to the id of an app that does not exist.
  if (status === 404 || status === 401) return { error: 'incorrect_client_credentials' }
  const told = v.safeParse(RefusalSchema, json)
  return told.success ? told.output : undefined
}
