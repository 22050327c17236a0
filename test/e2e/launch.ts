/** A real Chromium with the production build, to which github.com is a server on this machine. */
import path from 'node:path'
import { type BrowserContext, chromium, type Worker } from '@playwright/test'
import { findChromium } from '../commands/browsers.ts'
import { ROOT } from '../commands/run.ts'

export interface LaunchOptions {
  /** The forge's port on the loopback. */
  forgePort: number
  /** Where the browser keeps its profile; '' for one that is thrown away. */
  profile?: string
  /** Without the extension, to see the page as it is by itself. */
  bare?: boolean
  headed?: boolean
}

/** Chromium's own calls go nowhere: nothing but the forge and loopback servers can be reached. */
const HOSTS = (port: number) =>
  `--host-resolver-rules=MAP github.com:443 127.0.0.1:${port}, MAP api.github.com:443 127.0.0.1:${port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost`

export function launch({
  forgePort,
  profile = '',
  bare,
  headed,
}: LaunchOptions): Promise<BrowserContext> {
  const extension = path.join(ROOT, '.output/chrome-mv3')
  const executablePath = findChromium()
  return chromium.launchPersistentContext(profile, {
    ...(executablePath ? { executablePath } : { channel: 'chromium' }),
    headless: !headed,
    ignoreHTTPSErrors: true,
    args: [
      ...(bare
        ? []
        : [`--disable-extensions-except=${extension}`, `--load-extension=${extension}`]),
      HOSTS(forgePort),
      '--ignore-certificate-errors',
      '--disable-component-update',
      '--disable-background-networking',
      '--disable-sync',
    ],
  })
}

/** The extension's service worker, started if it sleeps. */
export async function workerOf(context: BrowserContext): Promise<Worker> {
  return context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'))
}
