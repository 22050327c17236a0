import { randomBytes } from 'node:crypto'
import { html, type Html } from '../pages/html.ts'
import { htmlReply, redirectReply, type Reply } from '../reply.ts'
import { accountOf } from './account-of.ts'
import { keysFor } from './api.ts'
import type { App, Oauth, OauthRequest } from './oauth.ts'
import { fieldsOf } from './tokens.ts'

/** The pages on which people say yes or no. */
export function answerPages(oauth: Oauth, request: OauthRequest): Reply | undefined {
  const { pathname, search } = request.url
  const page = PAGES.find(([pattern]) => pattern.test(pathname))?.[1]
  if (!page) return undefined
  if (oauth.forge.signedIn === null)
    return redirectReply(`/login?return_to=${encodeURIComponent(pathname + search)}`)
  return page(oauth, request, oauth.forge.signedIn)
}

type Page = (oauth: Oauth, request: OauthRequest, login: string) => Reply

const PAGES: [RegExp, Page][] = [
  [/^\/login\/oauth\/authorize$/, authorize],
  [/^\/login\/device$/, device],
  [/^\/(?:organizations\/[\w-]+\/)?settings\/apps\/new$/, newApp],
  [/^\/settings\/apps\/create$/, createApp],
]

/** Asks once; whoever agreed before is sent back at once. */
function authorize(oauth: Oauth, request: OauthRequest, login: string): Reply {
  const asked = request.method === 'POST' ? fieldsOf(request) : queryOf(request)
  const app = oauth.apps.get(asked['client_id'] ?? '')
  if (!app) return shown('Page not found', html`<p>404</p>`, 404)
  const redirectUri = asked['redirect_uri'] ?? app.callbacks[0] ?? ''
  if (!isCallback(app, redirectUri))
    return shown(
      'Be careful!',
      html`<p>The redirect_uri is not associated with this application.</p>`,
    )
  if (asked['code_challenge'] && asked['code_challenge_method'] !== 'S256')
    return shown('Invalid request', html`<p>code_challenge_method must be S256.</p>`)
  const account = accountOf(oauth.world, login)
  const state = oauth.settings.state ?? asked['state']
  const grant = `${app.clientId} ${account.id}`
  if (request.method === 'POST' && asked['authorize'] !== '1') {
    const error_description = 'The user has denied your application access.'
    return back(redirectUri, { error: 'access_denied', error_description, state })
  }
  if (request.method === 'POST') oauth.grants.add(grant)
  if (!oauth.grants.has(grant)) return askToAuthorize(app, login, asked, redirectUri)
  const code = randomBytes(10).toString('hex')
  const challenge = asked['code_challenge'] || null
  const made = { clientId: app.clientId, account, redirectUri, challenge, madeAt: oauth.now() }
  oauth.codes.set(code, { ...made, isUsed: oauth.settings.usedCodes })
  oauth.secrets.add(code)
  return back(redirectUri, { code, state })
}

function askToAuthorize(app: App, login: string, asked: Record<string, string>, to: string): Reply {
  const fields = Object.entries(asked).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  )
  const content = html`<h1>Authorize ${app.name}</h1>
    <p>${app.name} wants to verify your GitHub identity (${login}).</p>
    <form method="post" action="/login/oauth/authorize">
      ${fields}
      <button type="submit" name="authorize" value="0">Cancel</button>
      <button type="submit" name="authorize" value="1">Authorize ${app.name}</button>
    </form>`
  return shown('Authorize application', content, 200, new URL(to).origin)
}

function device(oauth: Oauth, request: OauthRequest, login: string): Reply {
  const { user_code: typed = '', authorize } =
    request.method === 'POST' ? fieldsOf(request) : ({} as Record<string, string>)
  const entered = typed.trim().toUpperCase()
  const found = [...oauth.devices.values()].find(
    ({ userCode, decision }) => userCode === entered && decision === undefined,
  )
  if (!found) return enterCode(entered !== '')
  const app = oauth.apps.get(found.clientId)
  if (authorize === undefined) return askDevice(app?.name ?? '', login, entered)
  found.decision = authorize === '1' ? accountOf(oauth.world, login) : 'denied'
  return found.decision === 'denied'
    ? shown('Denied', html`<h1>You’ve denied access</h1>`)
    : shown('Success', html`<h1>Congratulations, you’re all set!</h1>`)
}

function enterCode(isWrong: boolean): Reply {
  return shown(
    'Device Activation',
    html`<h1>Enter the code displayed on your device</h1>
      ${isWrong && html`<p class="flash-error">We couldn't find that code.</p>`}
      <form method="post" action="/login/device">
        <label>User code <input name="user_code" autocomplete="off" /></label>
        <button type="submit">Continue</button>
      </form>`,
  )
}

function askDevice(name: string, login: string, userCode: string): Reply {
  return shown(
    'Authorize',
    html`<h1>Authorize ${name}</h1>
      <p>Signed in as ${login}. Make sure you trust this device.</p>
      <form method="post" action="/login/device">
        <input type="hidden" name="user_code" value="${userCode}" />
        <button type="submit" name="authorize" value="0">Cancel</button>
        <button type="submit" name="authorize" value="1">Authorize ${name}</button>
      </form>`,
  )
}

const MEMBERS = new Set(
  `name url hook_attributes redirect_url callback_urls setup_url description public default_events
   default_permissions request_oauth_on_install setup_on_update`.split(/\s+/),
)

/** Shows what a manifest asks for, or what is wrong with it. */
function newApp(_: Oauth, request: OauthRequest, login: string): Reply {
  const text = fieldsOf(request)['manifest'] ?? ''
  const wrong = wrongWith(text)
  if (wrong !== undefined)
    return shown(
      'Invalid GitHub App configuration',
      html`<h1>Invalid GitHub App configuration</h1>
        <p>${wrong}</p>`,
      422,
    )
  const { name = '' } = JSON.parse(text) as { name?: string }
  const owner = /^\/organizations\/([\w-]+)/.exec(request.url.pathname)?.[1] ?? login
  const state = request.url.searchParams.get('state') ?? ''
  return shown(
    'Create GitHub App',
    html`<h1>Create GitHub App for ${owner}</h1>
      <form method="post" action="/settings/apps/create">
        <input type="hidden" name="manifest" value="${text}" />
        <input type="hidden" name="state" value="${state}" />
        <label>GitHub App name <input name="name" value="${name}" /></label>
        <button type="submit">Create GitHub App for ${owner}</button>
      </form>`,
    200,
    new URL((JSON.parse(text) as { redirect_url: string }).redirect_url).origin,
  )
}

function wrongWith(text: string): string | undefined {
  const manifest = parse(text)
  if (!manifest) return 'The manifest is not JSON.'
  const strange = Object.keys(manifest).find((name) => !MEMBERS.has(name))
  if (strange) return `${strange} is not a permitted key.`
  const { url, redirect_url, callback_urls = [], hook_attributes: hook, default_events } = manifest
  if (!isUrl(url) || !isUrl(redirect_url)) return 'url wasn’t supplied.'
  if (!Array.isArray(callback_urls) || callback_urls.length > 10 || !callback_urls.every(isUrl))
    return 'callback_urls: at most ten URLs.'
  const at = (hook as { url?: unknown } | undefined)?.url
  if (hook !== undefined && (!isUrl(at) || /^https?:\/\/(127\.|localhost)/.test(String(at))))
    return 'Hook url is not supported because it isn’t reachable over the public Internet.'
  return default_events !== undefined && hook === undefined
    ? 'Hook url cannot be blank.'
    : undefined
}

function createApp(oauth: Oauth, request: OauthRequest): Reply {
  const { manifest: text = '', state, name = '' } = fieldsOf(request)
  const manifest = JSON.parse(text) as Record<string, unknown>
  const id = 1_200_001 + oauth.apps.size
  const app: App = {
    id,
    slug: name.toLowerCase().replaceAll(/[^a-z\d]+/g, '-'),
    name,
    clientId: `Iv23li${randomBytes(7).toString('hex')}`,
    secret: randomBytes(20).toString('hex'),
    callbacks: (manifest['callback_urls'] as string[] | undefined) ?? [],
    // No manifest can ask for it.
    hasDeviceFlow: false,
    manifest,
  }
  oauth.apps.set(app.clientId, app)
  const code = randomBytes(20).toString('hex')
  const made = keysFor(app, randomBytes(20).toString('hex'))
  oauth.conversions.set(code, made)
  for (const secret of [code, app.secret, made.webhookSecret, made.pem]) oauth.secrets.add(secret)
  return back(String(manifest['redirect_url']), { code, state })
}

/** As GitHub's policy, which lets a form lead to where the app is. */
function shown(title: string, content: Html, status = 200, target = ''): Reply {
  const reply = htmlReply(
    html`<!DOCTYPE html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <title>${title}</title>
        </head>
        <body>
          <main>${content}</main>
        </body>
      </html>`.html,
    status,
  )
  const policy = `default-src 'none'; form-action 'self' ${target}; frame-ancestors 'none'`
  return { ...reply, headers: { ...reply.headers, 'content-security-policy': policy } }
}

function back(to: string, said: Record<string, string | undefined>): Reply {
  const url = new URL(to)
  for (const [name, value] of Object.entries(said))
    if (value !== undefined) url.searchParams.set(name, value)
  return redirectReply(url.href)
}

/** A registered callback, or something below it; on the loopback with any port. */
function isCallback({ callbacks }: App, redirectUri: string): boolean {
  if (!isUrl(redirectUri)) return false
  const asked = new URL(redirectUri)
  return callbacks.some((callback) => {
    const known = new URL(callback)
    const isHost =
      known.hostname === '127.0.0.1'
        ? asked.hostname === known.hostname
        : asked.origin === known.origin
    return isHost && asked.pathname.startsWith(known.pathname)
  })
}

const isUrl = (value: unknown): value is string => typeof value === 'string' && URL.canParse(value)

function parse(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return undefined
  }
}

const queryOf = ({ url }: OauthRequest) => Object.fromEntries(url.searchParams)
