import { generateKeyPairSync } from 'node:crypto'
import { userOf } from '../api/shapes.ts'
import { jsonReply, type Reply } from '../reply.ts'
import type { App, Oauth, OauthRequest } from './oauth.ts'
import { fieldsOf, isSame } from './tokens.ts'

/** What of api.github.com belongs to signing in: who a token is, its end, and an app's keys. */
export function answerApi(oauth: Oauth, request: OauthRequest): Reply | undefined {
  const { url, method } = request
  if (url.pathname === '/user') return user(oauth, request)
  const [, clientId] = /^\/applications\/([^/]+)\/token$/.exec(url.pathname) ?? []
  if (clientId !== undefined) return application(oauth, request, clientId)
  const [, code] = /^\/app-manifests\/([^/]+)\/conversions$/.exec(url.pathname) ?? []
  if (code !== undefined && method === 'POST') return conversion(oauth, code)
  return undefined
}

/** Undefined for the tokens of tests, which say whose they are. */
function user(oauth: Oauth, { headers }: OauthRequest): Reply | undefined {
  const token = /^(?:bearer|token) (gh[a-z]_\w+)$/i.exec(String(headers['authorization']))?.[1]
  if (token === undefined) return undefined
  const known = oauth.tokens.get(token)
  if (!known) return refused(401, 'Bad credentials')
  return jsonReply({ ...userOf(known.account), type: oauth.types.get(known.account.id) ?? 'User' })
}

/** Both methods want the app's own credentials, and know only its own tokens. */
function application(oauth: Oauth, request: OauthRequest, clientId: string): Reply {
  const app = oauth.apps.get(clientId)
  const basic = /^basic (.+)$/i.exec(String(request.headers['authorization']))?.[1] ?? ''
  const expected = app && `${app.clientId}:${app.secret}`
  if (!expected || !isSame(Buffer.from(basic, 'base64').toString(), expected))
    return refused(401, 'Requires authentication')
  const token = fieldsOf(request)['access_token'] ?? ''
  const known = oauth.tokens.get(token)
  if (known?.clientId !== clientId) return refused(404, 'Not Found')
  if (request.method === 'DELETE') {
    oauth.tokens.delete(token)
    return { status: 204, headers: {}, body: '' }
  }
  return request.method === 'POST'
    ? jsonReply({ user: userOf(known.account) })
    : refused(404, 'Not Found')
}

function conversion(oauth: Oauth, code: string): Reply {
  const app = oauth.conversions.get(code)
  if (!app) return refused(404, 'Not Found')
  oauth.conversions.delete(code)
  const { id, slug, name, clientId, secret, webhookSecret, pem, manifest } = app
  const { default_permissions, default_events } = manifest as Record<string, unknown>
  return jsonReply(
    {
      id,
      slug,
      node_id: `A_kwDO${id.toString(36)}`,
      owner: userOf({ login: oauth.forge.signedIn ?? 'ghost', id: 1 }),
      name,
      description: null,
      external_url: 'https://example.org',
      html_url: `https://github.com/apps/${slug}`,
      created_at: new Date(oauth.now()).toISOString(),
      updated_at: new Date(oauth.now()).toISOString(),
      permissions: default_permissions ?? {},
      events: default_events ?? [],
      client_id: clientId,
      client_secret: secret,
      webhook_secret: webhookSecret,
      pem,
    },
    201,
  )
}

/** An app with new keys. */
export function keysFor(app: App, webhookSecret: string) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
  return { ...app, webhookSecret, pem }
}

const refused = (status: number, message: string) =>
  jsonReply(
    { message, documentation_url: 'https://docs.github.com/rest', status: String(status) },
    status,
  )
