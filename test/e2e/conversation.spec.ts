import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { forgeErrors } from './github-pages.ts'
import { difference, movedNodes, rememberNodes, settle, treeOf } from './page-tree.ts'
import { choose, sortButton } from './sort-menu.ts'
import { expectComments, ids, ISSUE, PULL, scoresKnown, shown } from './conversation-page.ts'

const topsOf = (all: Element[]) => all.map((each) => each.getBoundingClientRect().top)

/** Everything in the page that is not part of the conversation, and where it stands. */
function outside(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [
      ...document.querySelectorAll(
        'header, h1, [data-testid="issue-body"], [data-testid="issue-viewer-metadata-pane"], .js-command-palette-pull-body, nav',
      ),
    ].map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect()
      return `${element.localName}.${element.className} ${x} ${y + scrollY} ${width} ${height}`
    }),
  )
}

test.describe('a conversation', () => {
  for (const [path, name] of [
    [ISSUE, 'of an issue'],
    [PULL, 'of a pull request'],
  ] as const) {
    test(`${name} is shown by value, by controversy and in time again, which leaves nothing behind`, async ({
      page,
      forge,
    }) => {
      forge.control.delays({ mergePoll: 600_000 })
      await page.goto(path)
      await expect(sortButton(page)).toBeVisible()
      await expect
        .poll(() => page.locator('forgemoot-vote [data-score]:not([data-score=""])').count())
        .toBeGreaterThan(15)
      await settle(page)
      const [tree, around] = [await treeOf(page, 'all'), await outside(page)]
      await rememberNodes(page)
      const time = await ids(page)
      await choose(page, 'Value')
      const byValue = await ids(page)
      expect(byValue).not.toEqual(time)
      expect(new Set(byValue)).toEqual(new Set(time))
      expect(await outside(page)).toEqual(around)
      await choose(page, 'Controversial')
      expect(await ids(page)).not.toEqual(byValue)
      await choose(page, 'Time')
      expect(await ids(page)).toEqual(time)
      // What is far from the window is as it was some frames later.
      await expect
        .poll(async () => difference(tree, await treeOf(page, 'all')), { timeout: 10_000 })
        .toBeUndefined()
      expect(await movedNodes(page)).toEqual([])
      expect(await forgeErrors(page)).toEqual([])
    })
  }

  test('of 300 comments is in order at once, and some frames later nothing of the haste is left', async ({
    page,
  }) => {
    await page.goto(ISSUE)
    await page.getByRole('button', { name: '270 remaining items' }).click()
    await expectComments(page, 300)
    await scoresKnown(page)
    // The page's own header tells whether it is stuck.
    await page.evaluate(() => scrollTo(0, 0))
    await settle(page)
    const tree = await treeOf(page, 'all')
    const hurried = page.locator('[data-forgemoot-light]')
    for (const [order, act] of [
      ['Value', () => choose(page, 'Value')],
      ['Time', () => page.keyboard.press('Escape')],
    ] as const) {
      await act()
      await expect(page.locator('forgemoot-sort')).toContainText(order)
      const [bar] = await page.locator('forgemoot-sort').evaluateAll(topsOf)
      const seen = await ids(page)
      await expect(hurried).toHaveCount(0)
      expect(await ids(page)).toEqual(seen)
      const [later] = await page.locator('forgemoot-sort').evaluateAll(topsOf)
      expect(Math.abs((later ?? 1e6) - (bar ?? 0))).toBeLessThan(1)
    }
    await expect.poll(async () => difference(tree, await treeOf(page, 'all'))).toBeUndefined()
    expect(await forgeErrors(page)).toEqual([])
  })

  test('by value has the best first, the opening post above it and events in one line below', async ({
    page,
  }) => {
    await page.goto(ISSUE)
    await scoresKnown(page)
    await choose(page, 'Value')
    const nets = (await shown(page)).map(({ net }) => net)
    expect(nets[0]).toBe(Math.max(...nets))
    expect(nets.at(-1)).toBe(Math.min(...nets))
    const tops = await page.evaluate(() =>
      [
        '[data-testid="issue-body"]',
        'forgemoot-sort',
        '[id^="issuecomment-"]',
        '[data-wrapper-timeline-id^="load"]',
        'forgemoot-events',
      ].map((selector) =>
        Math.min(
          ...[...document.querySelectorAll(selector)]
            .filter((each) => each.checkVisibility())
            .map((each) => each.getBoundingClientRect().top),
        ),
      ),
    )
    expect(tops).toEqual(tops.toSorted((a, b) => a - b))
    const events = page.locator('[id^="event-"]')
    const line = page.getByRole('button', { name: /^\d+ events?$/ })
    await expect(line).toHaveAttribute('aria-expanded', 'false')
    await expect(events.first()).toBeHidden()
    await line.click()
    await expect(events.first()).toBeVisible()
    await line.click()
    await expect(events.first()).toBeHidden()
    await choose(page, 'Time')
    await expect(events.first()).toBeVisible()
    await expect(page.locator('forgemoot-events')).toHaveCount(0)
  })

  test('keeps review threads whole and in their order', async ({ page }) => {
    await page.goto(PULL)
    await page.getByRole('button', { name: /Load more/ }).click()
    await expectComments(page, 125)
    await choose(page, 'Value')
    const threads = await page.evaluate(() =>
      [...document.querySelectorAll('[id^="pullrequestreview-"]')].map((review) => {
        const lines = [...review.querySelectorAll('[id^="discussion_r"]')]
        const tops = lines.map((line) => line.getBoundingClientRect().top)
        const { top, bottom } = review.getBoundingClientRect()
        const isWhole = tops.every((each) => each >= top && each <= bottom)
        const isInOrder = tops.every((each, at) => at === 0 || each > (tops[at - 1] ?? 0))
        return { lines: lines.length, isWhole, isInOrder }
      }),
    )
    expect(threads).toEqual(
      Array.from({ length: 5 }, () => ({ lines: 16, isWhole: true, isInOrder: true })),
    )
  })

  test('is back in time with Escape, and keeps focus and what is looked at in its place', async ({
    page,
  }) => {
    await page.goto(ISSUE)
    await scoresKnown(page)
    await choose(page, 'Value')
    await expect(sortButton(page)).toBeFocused()
    const target = page.locator(`[id="${(await ids(page))[9]}"]`)
    await target.scrollIntoViewIfNeeded()
    await target.getByRole('button', { name: 'Upvote' }).focus()
    await page.mouse.wheel(0, 40)
    await page.waitForTimeout(200)
    const first = await page.evaluate(() => {
      const items = [...document.querySelectorAll('[data-wrapper-timeline-id]')].filter((item) => {
        const { top, bottom } = item.getBoundingClientRect()
        return item.querySelector('[id^="issuecomment-"]') && bottom > 0 && top < innerHeight
      })
      return items.map((item) => ({
        id: item.querySelector('[id^="issuecomment-"]')?.id ?? '',
        top: item.getBoundingClientRect().top,
      }))
    })
    await page.keyboard.press('Escape')
    await expect(page.locator('forgemoot-sort')).toContainText('Time')
    const tops = await page.evaluate(
      (all) =>
        all.map(({ id, top }) => {
          const item = document.getElementById(id)?.closest('[data-wrapper-timeline-id]')
          return Math.abs((item?.getBoundingClientRect().top ?? 1e6) - top)
        }),
      first,
    )
    expect(Math.min(...tops)).toBeLessThan(2)
    await expect(target.getByRole('button', { name: 'Upvote' })).toBeFocused()
    await expect(page.locator('forgemoot-sort').getByRole('status')).toHaveText(
      '30 loaded comments sorted: Time',
    )
  })

  test('takes in what is loaded, written and deleted while it is sorted', async ({
    page,
    forge,
  }) => {
    await page.goto(ISSUE)
    await scoresKnown(page)
    await choose(page, 'Value')
    await page.getByRole('button', { name: '270 remaining items' }).click()
    await expectComments(page, 300)
    const order = page.locator('forgemoot-sort')
    await scoresKnown(page)
    await expect(order.getByRole('button', { name: 'New order' })).toBeVisible()
    await order.getByRole('button', { name: 'New order' }).click()
    const nets = (await shown(page)).map(({ net }) => net)
    expect(nets[0]).toBe(Math.max(...nets))
    const written = forge.control.say('moot/garden#200', 'ashdibble', 'One more thought.')
    await page.evaluate(() =>
      (window as unknown as { __forge: { refresh(): Promise<void> } }).__forge.refresh(),
    )
    await expect.poll(async () => (await ids(page)).at(-1)).toBe(`issuecomment-${written}`)
    expect(await forgeErrors(page)).toEqual([])
  })

  test('shows what a permalink leads to in any order', async ({ page }) => {
    await page.goto(ISSUE)
    await scoresKnown(page)
    await choose(page, 'Value')
    const last = (await ids(page)).at(-1) ?? ''
    await page.locator(`a[href="#${last}"]`).evaluate((link: HTMLElement) => link.click())
    await expect(page.locator(`[id="${last}"]`)).toBeInViewport()
    const event = (await page.locator('[id^="event-"]').first().getAttribute('id')) ?? ''
    await page.evaluate((id) => (location.hash = id), event)
    await expect(page.locator(`[id="${event}"]`)).toBeInViewport()
    // Loaded with one, and one that is worth a line only.
    await page.goto('about:blank')
    await page.goto(`${ISSUE}#issuecomment-3300000007`)
    await expect(page.locator('[id="issuecomment-3300000007"]')).toBeVisible()
    await expect(page.locator('forgemoot-fold')).toHaveCount(1)
  })
})
