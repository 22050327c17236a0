/** A real Firefox with the production build, to which github.com is a server on this machine. */
import path from 'node:path'
import { type Browser, type ElementHandle, launch, type Page } from 'puppeteer-core'
import { ROOT } from '../commands/run.ts'

/** As in the manifest, and the host that its own pages get here. */
const ID = 'forgemoot@forgemoot.org'
const HOST = '5b1f0c1e-7a52-4c8e-9d6b-1d6f0e2a9c40'

export async function launchFirefox(executablePath: string, forgePort: number): Promise<Browser> {
  const browser = await launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    acceptInsecureCerts: true,
    defaultViewport: { width: 1200, height: 900 },
    // Only for opening the extension's own pages.
    args: ['--remote-allow-system-access'],
    extraPrefsFirefox: {
      'extensions.webextensions.uuids': JSON.stringify({ [ID]: HOST }),
      // Every name is the forge, every TLS port too; plain HTTP to the loopback keeps its port.
      'network.dns.forceResolve': '127.0.0.1',
      'network.socket.forcePort': `443=${forgePort}`,
    },
  })
  await browser.installExtension(path.join(ROOT, '.output/firefox-mv3'))
  return browser
}

/** One of the extension's own pages. */
export async function openOwnPage(browser: Browser, name: 'options' | 'popup'): Promise<Page> {
  const page = await browser.newPage()
  // Firefox never tells that such a page has loaded.
  await page.goto(`moz-extension://${HOST}/${name}.html`, { timeout: 3000 }).catch(() => undefined)
  return page
}

/** The first element that a selector finds, waited for; `>>>` looks into shadow roots. */
export async function found(page: Page, selector: string): Promise<ElementHandle<HTMLElement>> {
  const handle = await page.waitForSelector(selector, { timeout: 10_000 })
  if (!handle) throw new Error(`nothing is ${selector}`)
  return handle as ElementHandle<HTMLElement>
}
