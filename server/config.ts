import { createPrivateKey } from 'node:crypto'
import * as v from 'valibot'
import { type DatabaseAddress, isFile } from './db/open.ts'
import { pathOf } from './db/path-of.ts'
import { isLoopback } from './loopback.ts'

/** What the environment says, checked. */
export interface Config {
  host: string
  port: number
  database: DatabaseAddress
  /** The host of the one forge whose subjects are kept. */
  forge: string
  /** The addresses of its pages and of its API, without a slash at the end. */
  githubUrl: string
  githubApi: string
  /** How people sign in; undefined for GitHub once somebody has set that up, and locally before. */
  auth: 'local' | 'github' | undefined
  /** Who this server is to GitHub, where the environment says so. */
  githubClient: { id: string; secret: string } | undefined
  /** The app that merges and reports, where the environment says so: its number and its key, PEM. */
  githubApp: { appId: number; privateKey: string } | undefined
  /** What the server shows GitHub's API to be let ask more often. */
  githubToken: string | undefined
  /** What GitHub signs its deliveries with. */
  webhookSecret: string | undefined
  /** What lets others than this machine see the metrics. */
  metricsToken: string | undefined
  /** Requests in a minute; undefined for what suits how people sign in, 0 for as many as they like. */
  limits: { person: number | undefined; address: number | undefined }
  /** How many reverse proxies stand before the server and say whom they saw. */
  proxies: number
  /** How the log is written; undefined for what suits where it goes to. */
  logFormat: 'json' | 'text' | undefined
  /** Whether it tells every request. */
  logRequests: boolean
}

/** A variable that says what cannot be; the message is for whoever set it. */
export class BadConfig extends Error {}

const url = (schemes: RegExp) =>
  v.pipe(
    v.string(),
    v.check((text) => URL.canParse(text) && schemes.test(text)),
  )

function namesFile(url: string): boolean {
  try {
    return pathOf(url) !== ''
  } catch {
    return false
  }
}

const LIMIT = {
  fallback: 'default',
  schema: v.union([v.literal('default'), v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.toNumber())]),
  expected: 'how many requests a minute, or 0 for as many as they like',
}

/** One variable: its default, what it may be, and how to say so. */
const VARIABLES = {
  PORT: {
    fallback: '8787',
    schema: v.pipe(v.string(), v.regex(/^\d{1,5}$/), v.toNumber(), v.maxValue(65_535)),
    expected: 'a port from 0 to 65535',
  },
  HOST: {
    fallback: '127.0.0.1',
    schema: v.pipe(v.string(), v.regex(/^[\w.:-]+$/)),
    expected: 'an address or a host name',
  },
  FORGEMOOT_DATABASE_URL: {
    fallback: 'file:./data/forgemoot.db',
    schema: v.pipe(
      v.string(),
      v.regex(/^(?:file:.|https?:\/\/.|libsql:\/\/.)/),
      v.check((url) => !isFile(url) || namesFile(url)),
    ),
    expected:
      'a URL that begins with file:, http://, https:// or libsql://; a file’s % is written %25',
  },
  FORGEMOOT_GITHUB_URL: {
    fallback: 'https://github.com',
    schema: url(/^https?:\/\//),
    expected: 'the address of a forge, like https://github.com',
  },
  FORGEMOOT_GITHUB_API_URL: {
    fallback: 'https://api.github.com',
    schema: url(/^https?:\/\//),
    expected: 'the address of a forge’s API, like https://api.github.com',
  },
  FORGEMOOT_AUTH: {
    fallback: '',
    schema: v.picklist(['', 'local', 'github']),
    expected: 'local or github',
  },
  FORGEMOOT_LIMIT_PERSON: LIMIT,
  FORGEMOOT_LIMIT_ADDRESS: LIMIT,
  FORGEMOOT_PROXIES: {
    fallback: '0',
    schema: v.pipe(v.string(), v.regex(/^\d$/), v.toNumber()),
    expected: 'how many reverse proxies stand before the server, from 0 to 9',
  },
  FORGEMOOT_METRICS_TOKEN: {
    fallback: '',
    schema: v.pipe(v.string(), v.regex(/^(?:[\w~+/.=-]{16,200})?$/)),
    expected: 'at least 16 letters, digits and -._~+/=',
  },
  FORGEMOOT_LOG: {
    fallback: '',
    schema: v.picklist(['', 'json', 'text']),
    expected: 'json or text',
  },
  FORGEMOOT_LOG_REQUESTS: {
    fallback: 'failed',
    schema: v.picklist(['failed', 'all']),
    expected: 'failed or all',
  },
} as const

/** Reads the configuration from an environment. Throws `BadConfig`. */
export function configFrom(environment: Readonly<Record<string, string | undefined>>): Config {
  // A variable that is set to nothing is as good as not set: that is how shells and files unset them.
  const read = <Name extends keyof typeof VARIABLES>(name: Name) => {
    const { fallback, schema, expected } = VARIABLES[name]
    const result = v.safeParse(schema, environment[name] || fallback)
    if (!result.success) throw new BadConfig(`${name} should be ${expected}.`)
    return result.output as v.InferOutput<(typeof VARIABLES)[Name]['schema']>
  }
  const host = read('HOST')
  const githubUrl = read('FORGEMOOT_GITHUB_URL').replace(/\/+$/, '')
  const githubClient = clientIn(environment)
  return {
    host,
    port: read('PORT'),
    database: {
      url: read('FORGEMOOT_DATABASE_URL'),
      token: environment.FORGEMOOT_DATABASE_TOKEN || undefined,
    },
    forge: new URL(githubUrl).host,
    githubUrl,
    githubApi: read('FORGEMOOT_GITHUB_API_URL').replace(/\/+$/, ''),
    auth: signInMode(read('FORGEMOOT_AUTH') || (githubClient ? 'github' : undefined), host),
    githubClient,
    githubApp: appIn(environment),
    githubToken: environment.FORGEMOOT_GITHUB_TOKEN || undefined,
    webhookSecret: environment.FORGEMOOT_GITHUB_WEBHOOK_SECRET || undefined,
    metricsToken: read('FORGEMOOT_METRICS_TOKEN') || undefined,
    limits: {
      person: limitIn(read('FORGEMOOT_LIMIT_PERSON')),
      address: limitIn(read('FORGEMOOT_LIMIT_ADDRESS')),
    },
    proxies: read('FORGEMOOT_PROXIES'),
    logFormat: read('FORGEMOOT_LOG') || undefined,
    logRequests: read('FORGEMOOT_LOG_REQUESTS') === 'all',
  }
}

const limitIn = (asked: number | 'default') => (asked === 'default' ? undefined : asked)

function clientIn(environment: Readonly<Record<string, string | undefined>>) {
  const id = environment.FORGEMOOT_GITHUB_CLIENT_ID
  const secret = environment.FORGEMOOT_GITHUB_CLIENT_SECRET
  if (!id && !secret) return undefined
  if (id && secret) return { id, secret }
  throw new BadConfig(
    'FORGEMOOT_GITHUB_CLIENT_ID and FORGEMOOT_GITHUB_CLIENT_SECRET belong together: set both or none.',
  )
}

function appIn(environment: Readonly<Record<string, string | undefined>>) {
  const id = environment.FORGEMOOT_GITHUB_APP_ID
  // Most tools that set environments take one line a variable.
  const privateKey = environment.FORGEMOOT_GITHUB_APP_KEY?.replaceAll(String.raw`\n`, '\n')
  if (!id && !privateKey) return undefined
  if (!id || !privateKey) {
    throw new BadConfig(
      'FORGEMOOT_GITHUB_APP_ID and FORGEMOOT_GITHUB_APP_KEY belong together: set both or none.',
    )
  }
  if (!/^\d{1,15}$/.test(id)) throw new BadConfig('FORGEMOOT_GITHUB_APP_ID should be a number.')
  if (!isPrivateKey(privateKey)) {
    throw new BadConfig('FORGEMOOT_GITHUB_APP_KEY should be the private key of the app, as PEM.')
  }
  return { appId: Number(id), privateKey }
}

function isPrivateKey(text: string): boolean {
  try {
    return createPrivateKey(text).asymmetricKeyType === 'rsa'
  } catch {
    return false
  }
}

function signInMode(asked: Config['auth'], host: string): Config['auth'] {
  if (asked === 'github' || isLoopback(host)) return asked
  throw new BadConfig(
    `HOST is ${host}, which others can reach, and nothing says how they sign in: FORGEMOOT_AUTH is ` +
      `${asked === 'local' ? 'local' : 'local by default'}, which lets anybody be anybody. ` +
      'Set FORGEMOOT_AUTH=github, or leave HOST at 127.0.0.1.',
  )
}
