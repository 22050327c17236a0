/** A real Chromium with the production build, to which github.com is a server on this machine. */
import path from 'node:path'
import { type BrowserContext, chromium, type Worker } from '@playwright/test'
import { findChromium } from '../commands/browsers.ts'
import { ROOT } from '../commands/run.ts'

const EXTENSION = path.join(ROOT, '.output/chrome-mv3')

export interface LaunchOptions {
  /** The forge's port on the loopback. */
  forgePort: number
  /** Where the browser keeps its profile; '' for one that is thrown away. */
  profile?: string
  /** Without the extension, to see the page as it is by itself. */
  bare?: boolean
}

/** What makes a Chromium ours: the extension, and the forge in GitHub's place where one is given. */
export function browserArguments({ forgePort, bare }: Partial<LaunchOptions>): string[] {
  const forge = `127.0.0.1:${forgePort}`
  return [
    ...(bare ? [] : [`--disable-extensions-except=${EXTENSION}`, `--load-extension=${EXTENSION}`]),
    // Chromium's own calls go nowhere: nothing but the forge and loopback servers can be reached.
    ...(forgePort === undefined
      ? []
      : [
          `--host-resolver-rules=MAP github.com:443 ${forge}, MAP api.github.com:443 ${forge}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost`,
          '--ignore-certificate-errors',
        ]),
  ]
}

/** Where the extension looks for a server by default: somebody may be running one on this machine. */
const DEFAULT_SERVER = 'http://127.0.0.1:8787/**'

export async function launch({ profile = '', ...options }: LaunchOptions): Promise<BrowserContext> {
  const executablePath = findChromium()
  const context = await chromium.launchPersistentContext(profile, {
    ...(executablePath ? { executablePath } : { channel: 'chromium' }),
    ignoreHTTPSErrors: true,
    args: [
      ...browserArguments(options),
      '--disable-component-update',
      '--disable-background-networking',
      '--disable-sync',
    ],
  })
  await context.route(DEFAULT_SERVER, (route) => route.abort())
  return context
}

/** The extension's service worker, started if it sleeps. */
export async function workerOf(context: BrowserContext): Promise<Worker> {
  return context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'))
}
