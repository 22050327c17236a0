/**
 * Who signs in where: GitHub's pages and endpoints for apps, as GitHub documents them. Strict where others
 * are lenient: what is unknown is 401 or 404, a code works once and for ten minutes, a verifier has to fit.
 */
import { EXTENSION_REDIRECTS } from '#shared/redirect'
import type { ForgeSettings } from '../settings.ts'
import type { Reply } from '../reply.ts'
import type { Account, World } from '../world/world.ts'
import { answerApi } from './api.ts'
import { answerPages } from './pages.ts'
import { answerTokens } from './tokens.ts'

/** An app that somebody registered. */
export interface App {
  id: number
  slug: string
  name: string
  clientId: string
  secret: string
  callbacks: string[]
  hasDeviceFlow: boolean
  /** What its manifest asked for; undefined for the app that is there at the start. */
  manifest?: unknown
}

/** What a person agreed to and the app may exchange. */
export interface Code {
  clientId: string
  account: Account
  redirectUri: string
  challenge: string | null
  madeAt: number
  isUsed: boolean
}

export interface Device {
  clientId: string
  userCode: string
  madeAt: number
  interval: number
  askedAt: number
  /** Who agreed, or that somebody did not. */
  decision: Account | 'denied' | undefined
  isUsed: boolean
}

/** A request as it comes to either host. */
export interface OauthRequest {
  host: string
  method: string
  url: URL
  headers: Record<string, string | string[] | undefined>
  body: string
}

export interface Oauth {
  apps: Map<string, App>
  /** The app that is there at the start. */
  app: App
  codes: Map<string, Code>
  devices: Map<string, Device>
  /** Every token ever given, until it is revoked. */
  tokens: Map<string, { clientId: string; account: Account }>
  /** All tokens and codes that ever were, for who looks whether one got out. */
  secrets: Set<string>
  /** Apps whose owner came back, by the code that GitHub gave them. */
  conversions: Map<string, App & { webhookSecret: string; pem: string }>
  /** Accounts that are no people, by id. */
  types: Map<number, 'Bot' | 'Organization'>
  /** Who agreed to what, `clientId id`: they are not asked again. */
  grants: Set<string>
  settings: OauthSettings
  world: World
  forge: Pick<ForgeSettings, 'signedIn'>
  now(): number
  answer(request: OauthRequest): Reply | 'down' | undefined
}

/** What a test may set. */
export interface OauthSettings {
  /** Added to the clock, in milliseconds. */
  later: number
  /** What the endpoints that servers ask do instead of answering; pages go on. */
  fault: 'down' | 'failing' | 'garbage' | 'silent' | undefined
  /** Seconds between two questions of the device flow. */
  interval: number
  /** Sent back in place of the state that was asked with. */
  state: string | undefined
  /** Codes are given out as if somebody had used them on the way. */
  usedCodes: boolean
}

export function oauthOf(world: World, forge: Pick<ForgeSettings, 'signedIn'>): Oauth {
  const app: App = {
    id: 1_200_001,
    slug: 'forgemoot-stand-in',
    name: 'Forgemoot stand-in',
    clientId: 'Iv23liStandIn0000001',
    secret: '5e0f3d0c4a1b4e6f9a8d7c6b5a49382716f5e4d3',
    callbacks: [...EXTENSION_REDIRECTS],
    hasDeviceFlow: true,
  }
  const settings: OauthSettings = {
    later: 0,
    fault: undefined,
    interval: 5,
    state: undefined,
    usedCodes: false,
  }
  const oauth: Oauth = {
    apps: new Map([[app.clientId, app]]),
    app,
    codes: new Map(),
    devices: new Map(),
    tokens: new Map(),
    secrets: new Set(),
    conversions: new Map(),
    types: new Map(),
    grants: new Set(),
    settings,
    world,
    forge,
    now: () => Date.now() + settings.later,
    answer(request) {
      if (request.host === 'api.github.com') return faulty(() => answerApi(oauth, request))
      if (request.host !== 'github.com') return undefined
      return answerPages(oauth, request) ?? faulty(() => answerTokens(oauth, request))
    },
  }

  function faulty(answer: () => Reply | undefined): Reply | 'down' | undefined {
    const reply = answer()
    const { fault } = settings
    if (!reply || !fault) return reply
    if (fault === 'down' || fault === 'silent') return 'down'
    const headers = { 'content-type': 'text/html' }
    if (fault === 'failing') return { status: 502, headers, body: '<h1>Unicorn!</h1>' }
    return { status: 200, headers, body: '<html>not what you asked for' }
  }

  return oauth
}
