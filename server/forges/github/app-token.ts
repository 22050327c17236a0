/**
 * What lets the server in to a repository: a token of its app's installation there, or the operator's own.
 * https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app
 */
import { createSign } from 'node:crypto'
import * as v from 'valibot'
import type { RepositoryFacts } from '../../forge-facts.ts'
import { ForgeRefusal, ForgeSilence } from '../forge.ts'
import type { Send } from './send.ts'

export interface AppKeys {
  appId: number
  /** PEM. */
  privateKey: string
}

export interface TokenSettings {
  /** The app as it is set up now; undefined without one. */
  app(): AppKeys | undefined
  /** What the operator gave, where there is no app. */
  token: string | undefined
  now(): number
}

/** A token for a repository; undefined when there is nothing to show. */
export type TokenFor = (repository: RepositoryFacts) => Promise<string | undefined>

const InstallationSchema = v.object({ id: v.number() })
const TokenSchema = v.object({
  token: v.pipe(v.string(), v.minLength(1)),
  expires_at: v.pipe(
    v.string(),
    v.transform((text) => Date.parse(text)),
    v.number(),
  ),
})

/** A token is not used in its last minutes. */
const MARGIN = 5 * 60_000

export function tokenFor(send: Send, { app, token, now }: TokenSettings): TokenFor {
  const known = new Map<string, { token: string; since: number; until: number }>()

  return async (repository) => {
    const keys = app()
    if (!keys) return token
    const key = `${keys.appId} ${repository.forgeId}`
    const old = known.get(key)
    const at = now()
    // From before the clock was put back, it may be over while it still seems good for long.
    if (old && old.since <= at && at < old.until) return old.token
    const jwt = jwtOf(keys, at)
    const { owner, name } = repository
    const found = await send({
      method: 'GET',
      path: `/repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}/installation`,
      token: jwt,
    })
    if (found.status !== 200) {
      throw new ForgeRefusal('The app of this server is not installed in the repository.')
    }
    const { id } = shaped(InstallationSchema, found.json)
    const made = await send({
      method: 'POST',
      path: `/app/installations/${id}/access_tokens`,
      body: { repository_ids: [repository.forgeId] },
      token: jwt,
    })
    if (made.status !== 201) {
      throw new ForgeRefusal('GitHub does not let the app of this server into the repository.')
    }
    const fresh = shaped(TokenSchema, made.json)
    known.set(key, { token: fresh.token, since: at, until: fresh.expires_at - MARGIN })
    return fresh.token
  }
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Ten minutes is the longest that GitHub takes; clocks differ, so it begins a minute ago. */
function jwtOf({ appId, privateKey }: AppKeys, now: number): string {
  const seconds = Math.floor(now / 1000)
  const claims = { iat: seconds - 60, exp: seconds + 8 * 60, iss: String(appId) }
  const text = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}`
  const signature = createSign('RSA-SHA256').update(text).sign(privateKey, 'base64url')
  return `${text}.${signature}`
}

/** An answer in a shape, or silence: who answers otherwise has not answered. */
export function shaped<S extends v.GenericSchema>(schema: S, json: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, json)
  if (result.success) return result.output
  throw new ForgeSilence('GitHub answered in no known way.')
}
