import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Browser, Page } from 'puppeteer-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { findFirefox } from '../commands/browsers.ts'
import { openDatabase } from '../../server/db/open.ts'
import { bin, ROOT, run } from '../commands/run.ts'
import { startServer, until } from '../e2e/fixtures.ts'
import { type Forge, startForge } from '../forge/forge.ts'
import { found, launchFirefox, openOwnPage } from './firefox.ts'

const executable = findFirefox()

describe.skipIf(!executable)('in Firefox, with GitHub', () => {
  let forge: Forge
  let server: Awaited<ReturnType<typeof startServer>>
  let browser: Browser
  let options: Page

  beforeAll(async () => {
    if (!existsSync(path.join(ROOT, '.output/firefox-mv3')))
      await run(bin('wxt'), ['build', '-b', 'firefox'])
    forge = await startForge({ signedIn: 'ashdibble' })
    server = await startServer({
      FORGE_PORT: String(forge.port),
      FORGEMOOT_GITHUB_CLIENT_ID: forge.oauth.app.clientId,
      FORGEMOOT_GITHUB_CLIENT_SECRET: forge.oauth.app.secret,
    })
    browser = await launchFirefox(executable ?? '', forge.port)
    options = await openOwnPage(browser, 'options')
    const address = await found(options, '::-p-aria([name="Address"][role="textbox"])')
    await address.click({ count: 3 })
    await address.type(server.address)
    await press(options, 'Save')
    await found(options, button('Sign in with GitHub'))
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    await forge?.close()
  })
  beforeEach(() => {
    forge.oauth.grants.clear()
    forge.control.oauth({ state: undefined, usedCodes: false, interval: 5 })
  })

  it('who agrees is signed in, and no secret gets out', async () => {
    await press(options, 'Sign in with GitHub')
    await press(await github(), `Authorize ${forge.oauth.app.name}`)
    await says('Signed in as')
    await until(async () => forge.oauth.tokens.size === 0)
    const kept = await options.evaluate(keptFacts)
    const [, token = ''] = /"token":"([\w-]{43})"/.exec(kept) ?? []
    expect(token).toHaveLength(43)
    const page = await browser.newPage()
    await page.goto('https://github.com/moot/garden/issues')
    await found(page, 'forgemoot-vote[data-slot="row"]')
    const seen = [
      server.printed(),
      await options.evaluate(() => document.documentElement.outerHTML),
      // What a content script may read of the extension's, and what the page holds.
      await options.evaluate(storedForScripts),
      await page.content(),
      await page.evaluate(() =>
        JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
      ),
    ].join('\n')
    await page.close()
    expect(seen).toContain('Signed in as')
    for (const secret of forge.oauth.secrets) expect(kept).not.toContain(secret)
    for (const secret of [...forge.oauth.secrets, forge.oauth.app.secret, token])
      expect(seen.includes(secret)).toBe(false)
    await press(options, 'Sign out')
    await found(options, button('Sign in with GitHub'))
  })

  it('who refuses is told that nothing was changed', async () => {
    await press(options, 'Sign in with GitHub')
    await press(await github(), 'Cancel')
    await says('You did not allow it on GitHub. Nothing was changed.')
  })

  it('who closes the window is told that nothing was changed', async () => {
    await press(options, 'Sign in with GitHub')
    const page = await github()
    await found(page, button('Cancel'))
    await page.close()
    await says('window was closed before you had agreed')
  })

  it('another state and a used code are not believed', async () => {
    forge.control.oauth({ state: 'made-up' })
    await press(options, 'Sign in with GitHub')
    await press(await github(), `Authorize ${forge.oauth.app.name}`)
    await says('does not belong to what was asked')
    forge.oauth.grants.clear()
    forge.control.oauth({ state: undefined, usedCodes: true })
    await press(options, 'Sign in with GitHub')
    await press(await github(), `Authorize ${forge.oauth.app.name}`)
    await says('This attempt is over: the code was used before')
  })

  it('a session that is over is noticed, and its reader can sign in again', async () => {
    await press(options, 'Sign in with GitHub')
    await press(await github(), `Authorize ${forge.oauth.app.name}`)
    await says('Signed in as')
    await server.stop('SIGTERM')
    const db = await openDatabase({ url: `file:${server.folder}/forgemoot.db` })
    await db.execute('UPDATE sessions SET expires_at = 1')
    db.close()
    await server.start()
    await options.close()
    options = await openOwnPage(browser, 'options')
    // Agreed once: GitHub does not ask again.
    await press(options, 'Sign in with GitHub')
    await says('Signed in as')
    await press(options, 'Sign out')
    await found(options, button('Sign in with GitHub'))
  })

  it('a code works without a window', async () => {
    forge.control.oauth({ interval: 1 })
    await press(options, 'Use a code instead')
    const shown = await found(options, 'strong.code')
    const code = await shown.evaluate((element) => element.textContent ?? '')
    const page = await browser.newPage()
    await page.goto('https://github.com/login/device')
    await (await found(page, '::-p-aria([name="User code"][role="textbox"])')).type(code)
    await press(page, 'Continue')
    await press(page, `Authorize ${forge.oauth.app.name}`)
    await says('Signed in as')
    await page.close()
  })

  const button = (name: string) => `::-p-aria([name="${name}"][role="button"])`

  async function press(page: Page, name: string): Promise<void> {
    await (await found(page, button(name))).click()
  }

  async function says(text: string): Promise<void> {
    await found(options, `::-p-text(${text})`)
  }

  /** The window that the browser opened for GitHub. */
  async function github(): Promise<Page> {
    let opened: Page | undefined
    await until(async () => {
      opened = (await browser.pages()).find((page) =>
        page.url().startsWith('https://github.com/login/oauth'),
      )
      return opened !== undefined
    })
    return opened as Page // or the line above has thrown
  }
})

/** Runs in an own page: everything that the extension's database holds of sessions, as text. */
async function keptFacts(): Promise<string> {
  const open = indexedDB.open('forgemoot')
  await new Promise((resolve) => open.addEventListener('success', resolve))
  const all = open.result.transaction('facts').objectStore('facts').getAll()
  await new Promise((resolve) => all.addEventListener('success', resolve))
  open.result.close()
  return JSON.stringify(all.result)
}

/** Runs in an own page: what the extension keeps where its content scripts can read it, as text. */
async function storedForScripts(): Promise<string> {
  const { storage } = (globalThis as unknown as { browser: typeof import('wxt/browser').browser })
    .browser
  return JSON.stringify([await storage.local.get(), await storage.session.get()])
}
