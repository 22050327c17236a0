import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { forgeErrors, GITHUB } from './github-pages.ts'
import { askBackground, signIn } from './own-pages.ts'
import { choose, sortButton } from './sort-menu.ts'

const LIST = `${GITHUB}/moot/garden/issues`

const newOrder = (page: Page) =>
  page.locator('forgemoot-sort').getByRole('button', { name: 'New order' })

/** Subjects and scores of the rows, from top to bottom as painted. */
function shown(page: Page): Promise<{ subject: string; net: number }[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('forgemoot-vote[data-slot="row"]')]
      .map((widget) => ({
        top: widget.getBoundingClientRect().top,
        subject: widget.dataset['subject'] ?? '',
        net: Number(widget.shadowRoot?.querySelector('[data-score]')?.getAttribute('data-score')),
      }))
      .toSorted((a, b) => a.top - b.top)
      .map(({ subject, net }) => ({ subject, net })),
  )
}

const subjects = async (page: Page) => (await shown(page)).map(({ subject }) => subject)

async function scoresKnown(page: Page) {
  await expect(page.locator('forgemoot-vote[data-slot="row"]').first()).toBeVisible()
  await expect
    .poll(() =>
      page.evaluate(
        () =>
          [...document.querySelectorAll('forgemoot-vote[data-slot="row"]')].filter(
            (widget) =>
              widget.shadowRoot?.querySelector('[data-score]')?.getAttribute('data-score') === '',
          ).length,
      ),
    )
    .toBe(0)
}

test('rows are shown by value, top, controversy and age, and as GitHub has them again', async ({
  page,
}) => {
  await page.goto(LIST)
  await scoresKnown(page)
  const github = await subjects(page)
  await choose(page, 'Top')
  const top = (await shown(page)).map(({ net }) => net)
  expect(top).toEqual(top.toSorted((a, b) => b - a))
  expect(new Set(await subjects(page))).toEqual(new Set(github))
  await choose(page, 'Value')
  expect((await shown(page))[0]?.net).toBe(Math.max(...top))
  await choose(page, 'Controversial')
  expect(await subjects(page)).not.toEqual(github)
  await choose(page, 'New')
  const numbers = (await subjects(page)).map((subject) => Number(subject.split('#')[1]))
  expect(numbers).toEqual(numbers.toSorted((a, b) => b - a))
  await choose(page, "GitHub's order")
  expect(await subjects(page)).toEqual(github)
  expect(await forgeErrors(page)).toEqual([])
})

test('the choice is remembered for lists of its kind, and is in the first paint of the next visit', async ({
  page,
}) => {
  await page.goto(LIST)
  await scoresKnown(page)
  await choose(page, 'Value')
  const sorted = await subjects(page)

  // Whatever is painted first is already in order. A ResizeObserver runs in every frame after all
  // frame callbacks and layout, right before painting, so it sees what is painted and nothing else.
  await page.addInitScript(() => {
    const orders: string[] = []
    Object.assign(window, { paintedOrders: orders })
    const probe = document.createElement('div')
    probe.style.cssText = 'position:fixed;height:1px;visibility:hidden'
    new ResizeObserver(() => {
      const rows = [
        ...document.querySelectorAll<HTMLElement>('ul[data-listview-component="items-list"] li'),
      ]
      if (!rows[0] || getComputedStyle(rows[0]).visibility !== 'visible') return
      const painted = rows
        .toSorted((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
        .map((row) => row.querySelector('h3 a')?.getAttribute('href'))
      orders.push(painted.join())
    }).observe(probe)
    let frames = 0
    const tick = () => {
      if (!probe.isConnected) document.documentElement?.append(probe)
      probe.style.width = `${1 + (frames++ % 2)}px`
      requestAnimationFrame(tick)
    }
    requestAnimationFrame(tick)
  })
  await page.reload()
  await scoresKnown(page)
  expect(await subjects(page)).toEqual(sorted)
  const painted = await page.evaluate(
    () => (window as unknown as { paintedOrders: string[] }).paintedOrders,
  )
  expect(new Set(painted).size).toBe(1)
  await expect(newOrder(page)).toBeHidden()

  await page.goto(`${GITHUB}/moot/garden/pulls`)
  await expect(page.locator('forgemoot-sort')).toContainText("GitHub's order")
})

test('no vote moves a row under the reader: a new order is offered, and taken when asked for', async ({
  page,
}) => {
  await page.goto(LIST)
  await scoresKnown(page)
  await choose(page, 'Top')
  const before = await subjects(page)
  const last = page.locator(`forgemoot-vote[data-slot="row"][data-subject="${before.at(-1)}"]`)
  await last.getByRole('button', { name: 'Upvote' }).click()
  await expect(newOrder(page)).toBeVisible()
  expect(await subjects(page)).toEqual(before)
  await newOrder(page).click()
  await expect(newOrder(page)).toBeHidden()
  expect(await subjects(page)).not.toEqual(before)
})

test('paging while sorted sorts the next page too, and GitHub reuses its rows unharmed', async ({
  page,
}) => {
  await page.goto(LIST)
  await scoresKnown(page)
  await choose(page, 'Top')
  await page.getByRole('navigation', { name: 'Pagination' }).getByText('Next').click()
  await page.waitForURL(/page=2/)
  await scoresKnown(page)
  await newOrder(page).click()
  const nets = (await shown(page)).map(({ net }) => net)
  expect(nets).toEqual(nets.toSorted((a, b) => b - a))
  await page.goBack()
  await scoresKnown(page)
  const first = (await shown(page)).map(({ net }) => net)
  expect(first).toEqual(first.toSorted((a, b) => b - a))
  expect(await forgeErrors(page)).toEqual([])
})

test('Hot and Rising appear when a server can rank by them', async ({ context, page, server }) => {
  await page.goto(LIST)
  await scoresKnown(page)
  await sortButton(page).click()
  await expect(page.getByRole('menuitemradio', { name: 'Hot' })).toHaveCount(0)
  await page.keyboard.press('Escape')
  await signIn(context, server.address, 'ada')
  await page.reload()
  await scoresKnown(page)
  const target = (await subjects(page)).at(-1)
  await page
    .locator(`forgemoot-vote[data-slot="row"][data-subject="${target}"]`)
    .getByRole('button', { name: 'Upvote' })
    .click()
  await expect
    .poll(async () => (await askBackground(context, 'readStatus')).outbox.waiting.length)
    .toBe(0)
  await choose(page, 'Hot')
  expect((await subjects(page))[0]).toBe(target)
})

test('what was sorted is said to screen readers', async ({ page }) => {
  await page.goto(LIST)
  await scoresKnown(page)
  await choose(page, 'Value')
  await expect(page.locator('forgemoot-sort').getByRole('status')).toHaveText(
    '25 rows of this page sorted: Value',
  )
})
