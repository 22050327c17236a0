import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { jsonReply, type Reply } from '../reply.ts'
import type { Account } from '../world/world.ts'
import type { App, Oauth, OauthRequest } from './oauth.ts'

const CODE_LASTS = 600_000
const DEVICE_LASTS = 899_000

/** What servers ask of github.com itself. */
export function answerTokens(oauth: Oauth, request: OauthRequest): Reply | undefined {
  const { url, method } = request
  if (url.pathname === '/login/oauth/access_token') {
    return method === 'POST' ? tokenReply(request, exchange(oauth, fieldsOf(request))) : notFound()
  }
  if (url.pathname === '/login/device/code') {
    return method === 'POST'
      ? tokenReply(request, startDevice(oauth, fieldsOf(request)))
      : notFound()
  }
  return undefined
}

type Fields = Record<string, string>
type Told = Record<string, string | number> | undefined

function exchange(oauth: Oauth, fields: Fields): Told {
  const app = oauth.apps.get(fields['client_id'] ?? '')
  if (!app) return undefined
  if (fields['grant_type'] === 'urn:ietf:params:oauth:grant-type:device_code')
    return exchangeDevice(oauth, app, fields)
  if (!isSame(fields['client_secret'] ?? '', app.secret))
    return refusal(
      'incorrect_client_credentials',
      'The client_id and/or client_secret passed are incorrect.',
    )
  const code = oauth.codes.get(fields['code'] ?? '')
  if (
    !code ||
    code.isUsed ||
    code.clientId !== app.clientId ||
    oauth.now() - code.madeAt > CODE_LASTS
  )
    return badCode()
  if (fields['redirect_uri'] !== undefined && fields['redirect_uri'] !== code.redirectUri)
    return refusal(
      'redirect_uri_mismatch',
      'The redirect_uri MUST match the registered callback URL.',
    )
  code.isUsed = true
  if (code.challenge !== null && hashOf(fields['code_verifier'] ?? '') !== code.challenge)
    return badCode()
  return giveToken(oauth, app, code.account)
}

function exchangeDevice(oauth: Oauth, app: App, fields: Fields): Told {
  if (!app.hasDeviceFlow)
    return refusal('device_flow_disabled', 'Device Flow must be explicitly enabled.')
  const device = oauth.devices.get(fields['device_code'] ?? '')
  if (!device || device.clientId !== app.clientId || device.isUsed)
    return refusal('incorrect_device_code', 'The device_code provided is not valid.')
  const now = oauth.now()
  if (now - device.madeAt > DEVICE_LASTS)
    return refusal('expired_token', 'The device_code has expired.')
  const tooSoon = now - device.askedAt < device.interval * 1000
  device.askedAt = now
  if (tooSoon) {
    device.interval += 5
    return {
      ...refusal('slow_down', 'Too many requests have been made.'),
      interval: device.interval,
    }
  }
  if (device.decision === undefined)
    return refusal('authorization_pending', 'The authorization request is still pending.')
  device.isUsed = true
  if (device.decision === 'denied')
    return refusal('access_denied', 'The authorization request was denied.')
  return giveToken(oauth, app, device.decision)
}

function startDevice(oauth: Oauth, fields: Fields): Told {
  const app = oauth.apps.get(fields['client_id'] ?? '')
  if (!app) return undefined
  if (!app.hasDeviceFlow)
    return refusal('device_flow_disabled', 'Device Flow must be explicitly enabled.')
  const code = randomBytes(20).toString('hex')
  const { interval } = oauth.settings
  const userCode = `${letters()}-${letters()}`
  const made = { clientId: app.clientId, userCode, madeAt: oauth.now(), interval }
  oauth.devices.set(code, { ...made, askedAt: 0, decision: undefined, isUsed: false })
  oauth.secrets.add(code)
  return {
    device_code: code,
    user_code: userCode,
    verification_uri: 'https://github.com/login/device',
    expires_in: DEVICE_LASTS / 1000,
    interval,
  }
}

function giveToken(oauth: Oauth, app: App, account: Account): Told {
  const token = `ghu_${randomBytes(18).toString('hex')}`
  const refresh = `ghr_${randomBytes(38).toString('hex')}`
  oauth.tokens.set(token, { clientId: app.clientId, account })
  oauth.secrets.add(token).add(refresh)
  return {
    access_token: token,
    expires_in: 28_800,
    refresh_token: refresh,
    refresh_token_expires_in: 15_897_600,
    token_type: 'bearer',
    scope: '',
  }
}

const refusal = (error: string, error_description: string) => ({
  error,
  error_description,
  error_uri:
    'https://docs.github.com/apps/managing-oauth-apps/troubleshooting-oauth-app-access-token-request-errors/',
})

const badCode = () => refusal('bad_verification_code', 'The code passed is incorrect or expired.')

/** Refusals are 200, too; JSON only for who asks for it. An app that nobody knows is 404. */
function tokenReply({ headers }: OauthRequest, told: Told): Reply {
  if (!told) return notFound()
  if (String(headers['accept']).includes('json')) return jsonReply(told)
  const body = new URLSearchParams(
    Object.entries(told).map(([k, v]): [string, string] => [k, String(v)]),
  ).toString()
  return { status: 200, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body }
}

const notFound = () => jsonReply({ error: 'Not Found' }, 404)

/** The fields of a body, which is a form or JSON. */
export function fieldsOf({ headers, body }: OauthRequest): Fields {
  return String(headers['content-type']).includes('json')
    ? (JSON.parse(body || '{}') as Fields)
    : Object.fromEntries(new URLSearchParams(body))
}

const letters = () => [...randomBytes(4)].map((byte) => 'BCDFGHJKLMNPQRSTVWXZ'[byte % 20]).join('')

const hashOf = (verifier: string) => createHash('sha256').update(verifier).digest('base64url')

export function isSame(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))
}
