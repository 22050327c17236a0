/** GitHub's own nodes stay where they are, and its page works as it does without us. */
import type { BrowserContext, Locator, Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { forgeErrors, GITHUB, LISTS, SUBJECTS } from './github-pages.ts'
import { launch } from './launch.ts'
import { complaintsOf, difference, movedNodes, rememberNodes, settle, treeOf } from './page-tree.ts'

const REACT = '/moot/garden/issues'
const RAILS = '/moot/garden/pulls'
const PULL = '/moot/garden/pull/1868'

const votes = (page: Page) => page.locator('forgemoot-vote')
const sort = (page: Page) => page.locator('forgemoot-sort')

/** A row's title link, checkbox and widget, as a person would use them. */
const rowAt = (page: Page, index: number) =>
  page.locator('ul[data-listview-component="items-list"] li, .js-issue-row').nth(index)
const titleOf = (row: Locator) => row.locator('h3 a, a.markdown-title').first()
const up = (row: Locator) => row.getByRole('button', { name: 'Upvote' })

const rowClicks = (page: Page) =>
  page.evaluate(() => (window as unknown as { __forgeRowClicks: string[] }).__forgeRowClicks)

async function open(page: Page, path: string) {
  await page.goto(GITHUB + path)
  await expect(votes(page).first()).toBeVisible()
  await settle(page)
}

async function choose(page: Page, name: string) {
  await sort(page).getByRole('button', { name: 'Sort' }).click()
  await sort(page).getByRole('menuitemradio', { name, exact: true }).click()
  // The page marks the row under the pointer.
  await page.mouse.move(0, 0)
}

/** Until every row has a score: an order is made of what is known. */
async function scoresKnown(page: Page) {
  await expect(page.locator('forgemoot-vote[data-slot="row"] [data-score=""]')).toHaveCount(0)
}

/** The tree, console and errors of a page once nothing happens on it any more. */
async function readPage(context: BrowserContext, path: string) {
  const page = await context.newPage()
  const complaints = complaintsOf(page)
  await page.goto(GITHUB + path)
  await settle(page)
  const reading = {
    tree: await treeOf(page),
    complaints,
    errors: await forgeErrors(page),
    widgets: await votes(page).count(),
  }
  await page.close()
  return reading
}

test.beforeEach(({ forge }) => forge.control.signIn('ashdibble'))

test('every list and header has the nodes and the console that it has without us', async ({
  context,
  forge,
}) => {
  // A merge box that polls never settles.
  forge.control.delays({ mergePoll: 600_000 })
  const bare = await launch({ forgePort: forge.port, bare: true })
  const wrong: string[] = []
  for (const path of [...Object.keys(LISTS), ...Object.keys(SUBJECTS), PULL]) {
    const [without, withUs] = await Promise.all([readPage(bare, path), readPage(context, path)])
    const different = difference(without.tree, withUs.tree)
    if (different) wrong.push(`${path}: ${different}`)
    if (withUs.widgets === 0) wrong.push(`${path}: no widgets to compare with`)
    if (without.widgets > 0) wrong.push(`${path}: widgets on the bare page`)
    expect.soft(withUs.complaints, path).toEqual(without.complaints)
    expect.soft(withUs.errors, path).toEqual([])
  }
  await bare.close()
  expect(wrong).toEqual([])
})

for (const path of [REACT, RAILS, `${RAILS}?forge-form=react`]) {
  test(`sorting moves no node, and GitHub's order puts back every attribute: ${path}`, async ({
    page,
  }) => {
    await open(page, path)
    await scoresKnown(page)
    const before = await treeOf(page, 'all')
    await rememberNodes(page)
    for (const order of ['Value', 'Controversial']) {
      await choose(page, order)
      await expect(page.locator('[data-forgemoot-arranged]')).toHaveCount(1)
      expect(await movedNodes(page)).toEqual([])
      await expect.poll(async () => difference(before, await treeOf(page))).toBeUndefined()
    }
    await choose(page, "GitHub's order")
    await expect.poll(async () => difference(before, await treeOf(page, 'all'))).toBeUndefined()
    expect(await movedNodes(page)).toEqual([])
    expect(await forgeErrors(page)).toEqual([])
  })
}

test('a click beside a title opens the row; one anywhere on a widget or the sort bar does not', async ({
  page,
}) => {
  await open(page, REACT)
  for (const place of [titleOf(rowAt(page, 2)), rowAt(page, 3)]) {
    await place.click({ position: { x: 4, y: 4 } })
    await page.waitForURL(/issues\/\d+$/)
    await expect(page.locator('forgemoot-vote[data-slot="title"]')).toBeVisible()
    await page.goBack()
    await page.waitForURL(/issues$/)
    await expect(votes(page).first()).toBeVisible()
  }
  const opened = (await rowClicks(page)).length
  expect(opened).toBe(1)

  const widget = rowAt(page, 2).locator('forgemoot-vote')
  const { width = 0, height = 0 } = (await widget.boundingBox()) ?? {}
  expect(width).toBeGreaterThan(60)
  for (const x of [1, 14, 26, width / 2, width - 26, width - 14, width - 2])
    for (const y of [1, height / 2, height - 2]) await widget.click({ position: { x, y } })
  await widget.click({ button: 'middle' })
  await widget.click({ button: 'right' })
  await widget.dblclick()
  const bar = (await sort(page).boundingBox()) ?? { width: 0, height: 0 }
  for (const x of [2, 20, 70, 140, bar.width / 2, bar.width - 4]) {
    await sort(page).click({ position: { x, y: bar.height / 2 } })
    await page.keyboard.press('Escape')
  }
  await choose(page, 'Top')
  expect(await rowClicks(page)).toHaveLength(opened)
  expect(page.url()).toBe(GITHUB + REACT)
})

test('on a small screen, where all of a Rails row is a link, our buttons still are not', async ({
  page,
}) => {
  await page.setViewportSize({ width: 375, height: 800 })
  await open(page, RAILS)
  await up(rowAt(page, 1)).click()
  await expect(up(rowAt(page, 1))).toHaveAttribute('aria-pressed', 'true')
  expect(page.url()).toBe(GITHUB + RAILS)
  await rowAt(page, 1).click({ position: { x: 100, y: 6 } })
  await page.waitForURL(/pull\/\d+$/)
})

test("the page's shortcuts work, also from our buttons, whose keys press them alone", async ({
  page,
}) => {
  await open(page, REACT)
  const [first, second, third] = [0, 1, 2].map((index) => rowAt(page, index)) as [
    Locator,
    Locator,
    Locator,
  ]
  await page.keyboard.press('j')
  await expect(first).toBeFocused()
  await page.keyboard.press('j')
  await expect(second).toBeFocused()
  await page.keyboard.press('k')
  await expect(first).toBeFocused()
  await page.keyboard.press('x')
  await expect(first.getByRole('checkbox')).toBeChecked()

  await up(second).focus()
  await page.keyboard.press('x')
  await expect(second.getByRole('checkbox')).toBeChecked()
  const scrolled = await page.evaluate(() => scrollY)
  await page.keyboard.press('Space')
  await expect(up(second)).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('Enter')
  await expect(up(second)).toHaveAttribute('aria-pressed', 'false')
  expect(await page.evaluate(() => scrollY)).toBe(scrolled)
  await page.keyboard.press('j')
  await expect(third).toBeFocused()
  expect(await rowClicks(page)).toEqual([])
  expect(page.url()).toBe(GITHUB + REACT)
  await page.keyboard.press('Enter')
  await page.waitForURL(/issues\/\d+$/)
})

test('Rails lists keep j and k, also from our buttons', async ({ page }) => {
  await open(page, RAILS)
  await page.keyboard.press('j')
  await expect(titleOf(rowAt(page, 0))).toBeFocused()
  await up(rowAt(page, 0)).focus()
  await page.keyboard.press('Enter')
  expect(page.url()).toBe(GITHUB + RAILS)
  await page.keyboard.press('j')
  await expect(titleOf(rowAt(page, 1))).toBeFocused()
})

test('rows are selected, and titles open in tabs of their own, as usual', async ({
  context,
  page,
}) => {
  await open(page, REACT)
  const row = rowAt(page, 4)
  await row.getByRole('checkbox').click()
  await expect(row.getByRole('checkbox')).toBeChecked()
  await expect(votes(page).first()).toBeVisible()
  const ways = [{ button: 'middle' }, { modifiers: ['ControlOrMeta'] }] as const
  for (const way of ways) {
    const [opened] = await Promise.all([
      context.waitForEvent('page'),
      titleOf(row).click(way as Parameters<Locator['click']>[0]),
    ])
    await expect(opened.locator('forgemoot-vote[data-slot="title"]')).toHaveCount(1)
    await opened.close()
  }
  expect(page.url()).toBe(GITHUB + REACT)
})

test('the copy that Turbo keeps of a page, sorted or not, holds nothing of ours', async ({
  page,
}) => {
  await open(page, REACT)
  await scoresKnown(page)
  await page.evaluate(() => {
    const copies: string[] = []
    Object.assign(window, { copies })
    const cloneNode = Node.prototype.cloneNode
    Node.prototype.cloneNode = function (deep) {
      const copy = cloneNode.call(this, deep)
      if (this === document.body) copies.push((copy as HTMLElement).outerHTML)
      return copy
    }
  })
  const tabs = [/^Pull requests \d/, /^Issues \d/, /^Pull requests \d/]
  for (const [index, tab] of tabs.entries()) {
    if (index === 1) await choose(page, 'Value')
    await page.getByRole('link', { name: tab }).click()
    await page.waitForURL(index === 1 ? /issues/ : /pulls/)
    await expect(votes(page).first()).toBeVisible()
  }
  const copies = await page.evaluate(() => (window as unknown as { copies: string[] }).copies)
  expect(copies).toHaveLength(tabs.length)
  for (const copy of copies) {
    expect(copy.includes('list-view-node') || copy.includes('js-issue-row')).toBe(true)
    expect(copy).not.toContain('forgemoot')
    expect(copy).not.toMatch(/style="[^"]*order: \d/)
  }
  await page.goBack()
  await page.waitForURL(/issues/)
  await expect(votes(page).first()).toBeVisible()
  expect(await forgeErrors(page)).toEqual([])
})
