import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Browser, Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findFirefox } from '../commands/browsers.ts'
import { bin, ROOT, run } from '../commands/run.ts'
import { seedTallies } from '../commands/seed-tallies.ts'
import { startServer, until } from '../e2e/fixtures.ts'
import { type Forge, startForge } from '../forge/forge.ts'
import { found, launchFirefox, openOwnPage } from './firefox.ts'

const PULL = 'https://github.com/moot/garden/pull/1868'

const executable = findFirefox()

describe.skipIf(!executable)('in Firefox', () => {
  let forge: Forge
  let server: Awaited<ReturnType<typeof startServer>>
  let browser: Browser

  beforeAll(async () => {
    if (!existsSync(path.join(ROOT, '.output/firefox-mv3')))
      await run(bin('wxt'), ['build', '-b', 'firefox'])
    forge = await startForge({ signedIn: 'hazeltwine' })
    server = await startServer({
      FORGE_PORT: String(forge.port),
      FORGEMOOT_GITHUB_TOKEN: 'forge-token-forgemoot',
    })
    await seedTallies(server.address)
    browser = await launchFirefox(executable ?? '', forge.port)
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    await forge?.close()
  })

  it('a contributor casts the ballot that decides, and the pull request is merged', async () => {
    const options = await openOwnPage(browser, 'options')
    const address = await found(options, '::-p-aria([name="Address"][role="textbox"])')
    await address.click({ count: 3 })
    await address.type(server.address)
    await (await found(options, '::-p-aria([name="Save"][role="button"])')).click()
    await (await found(options, '::-p-aria([name="Login"][role="textbox"])')).type('hazeltwine')
    await (await found(options, '::-p-aria([name="Sign in"][role="button"])')).click()
    await found(options, '::-p-text(Signed in as)')
    await options.close()

    const page = await browser.newPage()
    await page.goto(PULL)
    await (await found(page, 'forgemoot-tally >>> button.for')).click()
    await until(async () => (await statusOf(page)).includes('Merged by the vote.'), 30_000)
    expect(forge.code().merges).toMatchObject([{ number: 1868 }])
    // Its style is there: Firefox lets no content script adopt a sheet.
    const border = await page.evaluate(() => {
      const section = document
        .querySelector('forgemoot-tally')
        ?.shadowRoot?.querySelector('section')
      return section ? getComputedStyle(section).borderTopWidth : ''
    })
    expect(border).toBe('1px')
    expect(await page.evaluate('window.__forgeErrors')).toEqual([])
  })
})

const statusOf = (page: Page) =>
  page.evaluate(
    () =>
      document.querySelector('forgemoot-tally')?.shadowRoot?.querySelector('[data-status]')
        ?.textContent ?? '',
  )
