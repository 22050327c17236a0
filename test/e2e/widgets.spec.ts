import type { Page } from '@playwright/test'
import type { browser } from 'wxt/browser'
import { expect, test } from './fixtures.ts'
import { forgeErrors, GITHUB, LISTS, SILENT, SUBJECTS, wrongRows } from './github-pages.ts'
import { workerOf } from './launch.ts'

const PULL = '/moot/garden/pull/'

async function expectTrueRows(page: Page) {
  await expect.poll(() => wrongRows(page)).toEqual([])
  expect(await forgeErrors(page)).toEqual([])
}

test.beforeEach(({ forge }) => forge.control.signIn('ashdibble'))

test('every row of every form of list has one widget for its subject', async ({ page }) => {
  for (const [path, name] of Object.entries(LISTS)) {
    await test.step(name, async () => {
      await page.goto(GITHUB + path)
      await expectTrueRows(page)
    })
  }
})

test('every issue and pull request has one widget in its header', async ({ page }) => {
  await page.goto(`${GITHUB}/moot/garden/pulls`)
  const pull = await page.locator('.js-issue-row a.markdown-title').first().getAttribute('href')
  const number = pull?.split('/').at(-1)
  const all = { ...SUBJECTS, [`${PULL}${number}`]: `github.com/moot/garden#${number}` }
  for (const [path, subject] of Object.entries(all)) {
    await test.step(path, async () => {
      await page.goto(GITHUB + path)
      const widget = page.locator('forgemoot-vote[data-slot="title"]')
      await expect(widget).toHaveCount(1)
      await expect(widget).toHaveAttribute('data-subject', subject)
      await expect(widget.getByRole('button', { name: 'Upvote' })).toBeVisible()
      expect(await forgeErrors(page)).toEqual([])
    })
  }
})

test('a pull request keeps its widget while its merge box polls and repaints', async ({
  forge,
  page,
}) => {
  forge.control.delays({ mergePoll: 100 })
  await page.goto(`${GITHUB}/moot/garden/pulls`)
  await page.locator('.js-issue-row a.markdown-title').first().click()
  await page.waitForURL(/pull\/\d+$/)
  await expect(page.locator('forgemoot-vote[data-slot="title"]')).toHaveCount(1)
  await page.waitForTimeout(1000)
  await expect(page.locator('forgemoot-vote[data-slot="title"]')).toHaveCount(1)
})

test('pages that are not ours stay as they are', async ({ page }) => {
  for (const path of SILENT) {
    await test.step(path, async () => {
      await page.goto(GITHUB + path)
      await page.waitForTimeout(700)
      await expect(page.locator('forgemoot-vote, forgemoot-sort')).toHaveCount(0)
    })
  }
})

test('rows keep one true widget through paging, filtering, repaints and live updates', async ({
  page,
}) => {
  await page.goto(`${GITHUB}/moot/garden/issues`)
  await expectTrueRows(page)
  const forge = (call: string) =>
    page.evaluate(
      (name) => (window as unknown as { __forge: Record<string, () => void> }).__forge[name]?.(),
      call,
    )

  for (const call of ['rerender', 'repaint', 'prepend', 'closeFirst', 'rerender']) {
    await test.step(call, async () => {
      await forge(call)
      await expectTrueRows(page)
    })
  }
  await test.step('next page', async () => {
    await page.getByRole('navigation', { name: 'Pagination' }).getByText('Next').click()
    await page.waitForURL(/page=2/)
    await expectTrueRows(page)
  })
  await test.step('closed', async () => {
    await page.getByRole('link', { name: /^Closed/ }).click()
    await page.waitForURL(/closed/)
    await expectTrueRows(page)
  })
})

test('soft navigation, back and forward leave one true widget everywhere', async ({ page }) => {
  await page.goto(`${GITHUB}/moot/garden/issues`)
  await expectTrueRows(page)
  await page.getByRole('link', { name: /Pull requests \d/ }).click()
  await page.waitForURL(/pulls/)
  await expectTrueRows(page)
  await page.goBack()
  await page.waitForURL(/issues$/)
  await expectTrueRows(page)
  await page.goForward()
  await page.waitForURL(/pulls/)
  await expectTrueRows(page)
  await page.getByRole('link', { name: /^Code$/ }).click()
  await page.waitForURL(/garden$/)
  await expect(page.locator('forgemoot-vote, forgemoot-sort')).toHaveCount(0)
  await page.goBack()
  await expectTrueRows(page)
})

test('a slow page gets its widgets once React has taken over, and React never notices', async ({
  forge,
  page,
}) => {
  forge.control.delays({ hydration: 1500, secondary: 500 })
  await page.goto(`${GITHUB}/moot/garden/issues`)
  // Until then the scores are painted in the widgets' room without adding a node.
  await expect(page.locator('li[data-forgemoot-preview]')).toHaveCount(28)
  await expect(page.locator('forgemoot-vote')).toHaveCount(0)
  expect(await forgeErrors(page)).toEqual([])
  await expectTrueRows(page)
  await expect(page.locator('[data-forgemoot-preview]')).toHaveCount(0)
})

test('after the extension was reloaded, open pages have one living widget again', async ({
  context,
  page,
}) => {
  await page.goto(`${GITHUB}/moot/garden/issues`)
  await expectTrueRows(page)
  // An unpacked extension stays off after a reload unless the browser is in developer mode.
  const settings = await context.newPage()
  await settings.goto('chrome://extensions')
  await settings.evaluate(() =>
    (
      globalThis as unknown as {
        chrome: { developerPrivate: { updateProfileConfiguration(to: object): Promise<void> } }
      }
    ).chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true }),
  )
  await settings.close()
  const worker = await workerOf(context)
  const restarted = context.waitForEvent('serviceworker')
  await worker.evaluate(() =>
    (globalThis as unknown as { chrome: typeof browser }).chrome.runtime.reload(),
  )
  await restarted

  await page.bringToFront()
  await expectTrueRows(page)
  const up = page.locator('forgemoot-vote').nth(4).getByRole('button', { name: 'Upvote' })
  await expect(async () => {
    if ((await up.getAttribute('aria-pressed')) === 'false') await up.click()
    await expect(page.locator('forgemoot-vote').nth(4).getByRole('tooltip')).toContainText(
      'kept on this device',
      {
        timeout: 1000,
      },
    )
  }).toPass()
  await page.reload()
  await expectTrueRows(page)
  await expect(up).toHaveAttribute('aria-pressed', 'true')
})
