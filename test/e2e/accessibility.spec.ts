/** Everything of ours can be read, reached and told apart, in every theme and by keyboard alone. */
import type { BrowserContext, Locator, Page } from '@playwright/test'
import { faults, faultsInThemes } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { GITHUB } from './github-pages.ts'
import { askBackground, openOwnPage } from './own-pages.ts'
import { sortButton } from './sort-menu.ts'

const LIST = `${GITHUB}/moot/garden/issues`

const rows = (page: Page) => page.locator('forgemoot-vote[data-slot="row"]')
const sort = (page: Page) => page.locator('forgemoot-sort')
const button = (page: Page, index: number, name: 'Upvote' | 'Downvote') =>
  rows(page).nth(index).getByRole('button', { name, exact: true })

async function open(page: Page, address = LIST) {
  await page.goto(`${address}?forge-theme=light`)
  await expect(page.locator('forgemoot-vote').first()).toBeVisible()
  await expect(page.locator('forgemoot-vote:not([data-slot="pin"]) [data-score=""]')).toHaveCount(0)
}

test.beforeEach(({ forge }) => forge.control.signIn('ashdibble'))

test('axe finds nothing in a list in use and in a header, in five themes', async ({ page }) => {
  // Rows are alike, and axe takes its time.
  const ours = ['[data-listview-component] > :nth-child(-n+3) forgemoot-vote', 'forgemoot-sort']
  const wrong: Record<string, string[]> = {}
  await open(page)
  await button(page, 0, 'Upvote').click()
  await button(page, 1, 'Downvote').click()
  await expect(page.getByRole('tooltip')).toBeVisible()
  wrong['voted, with a tooltip'] = await faultsInThemes(page, ours)
  await expect(page.getByRole('tooltip')).toBeVisible()
  await sortButton(page).click()
  await expect(page.getByRole('menu', { name: 'Sort' })).toBeVisible()
  wrong['menu'] = await faultsInThemes(page, ours)
  await expect(page.getByRole('menu', { name: 'Sort' })).toBeVisible()
  await page.goto(`${LIST}/100`)
  await expect(page.locator('forgemoot-vote[data-slot="title"]')).toBeVisible()
  wrong['header'] = await faultsInThemes(page, ['forgemoot-vote[data-slot="title"]'])
  for (const [state, found] of Object.entries(wrong)) expect.soft(found, state).toEqual([])
})

/** A conversation in use: sorted, with lines for noise and events, voted on, and asked why. */
test('axe finds nothing in a conversation, in five themes', async ({ page }) => {
  const wrong: Record<string, string[]> = {}
  await open(page, `${LIST}/200`)
  await sortButton(page).click()
  wrong['menu'] = await faultsInThemes(page, ['forgemoot-sort'])
  await page.getByRole('menuitemradio', { name: 'Value', exact: true }).click()
  await page.getByRole('button', { name: /^\d+ events?$/ }).click()
  const comments = page.locator('forgemoot-vote[data-slot="comment"]')
  await comments.first().getByRole('button', { name: 'Upvote', exact: true }).click()
  await comments.nth(1).getByRole('button', { name: 'Downvote', exact: true }).click()
  await comments.nth(1).getByRole('button', { name: 'Wrong', exact: true }).click()
  await expect(page.getByRole('group', { name: /^Why down/ })).toBeVisible()
  const some = ':nth-child(-n+4 of :has(forgemoot-vote))'
  const ours = [`[data-wrapper-timeline-id]${some} forgemoot-vote`]
  wrong['in use'] = await faultsInThemes(page, [
    ...ours,
    'forgemoot-sort',
    'forgemoot-fold',
    'forgemoot-events',
  ])
  await expect(page.getByRole('group', { name: /^Why down/ })).toBeVisible()
  for (const [state, found] of Object.entries(wrong)) expect.soft(found, state).toEqual([])
})

test('a conversation by keyboard alone: sorted, opened, judged, said why, and in time again', async ({
  page,
}) => {
  await open(page, `${LIST}/200`)
  await expect(page.locator('forgemoot-fold')).toHaveCount(2)
  await sortButton(page).focus()
  for (const key of ['ArrowDown', 'v', 'Enter']) await page.keyboard.press(key)
  await expect(sortButton(page)).toBeFocused()
  await expect(sortButton(page)).toHaveAccessibleDescription('Value')
  const line = page.locator('forgemoot-fold').first().getByRole('button')
  const folded = page.locator('[data-forgemoot-folded]').first()
  const subject = await folded.locator('forgemoot-vote').getAttribute('data-subject')
  const judged = page.locator(`forgemoot-vote[data-subject="${subject}"]`)
  await reach(page, line)
  await page.keyboard.press('Enter')
  await expect(page.locator('forgemoot-fold')).toHaveCount(1)
  // The line has gone: what it stood for has the focus, and the next Tabs lead through it.
  const down = judged.getByRole('button', { name: 'Downvote', exact: true })
  await reach(page, down)
  await page.keyboard.press('Space')
  await page.keyboard.press('Tab')
  const rude = judged.getByRole('button', { name: 'Rude', exact: true })
  await expect(rude).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(rude).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('Escape')
  await expect(down).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(sortButton(page)).toHaveAccessibleDescription('Time')
  await reach(page, page.getByRole('button', { name: /folded$/ }), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(page.locator('forgemoot-fold')).toHaveCount(0)
})

/** Presses Tab until something has the focus. */
async function reach(page: Page, target: Locator, key = 'Tab') {
  for (let step = 0; step < 200; step++) {
    if (await target.evaluate((element) => element.matches(':focus'))) return
    await page.keyboard.press(key)
  }
  throw new Error(`${key} never led to ${String(target)}`)
}

/** Options and popup with nothing, then signed in with a vote that waits and a server that is gone. */
async function ownFaults(context: BrowserContext, state: string) {
  for (const name of ['options', 'popup'] as const) {
    const own = await openOwnPage(context, name)
    await expect(own.getByRole('heading', { level: 1, name: 'Forgemoot' })).toBeVisible()
    await expect(
      own.getByText(/^(Signed in|Login|Set a server|nobody|grace)/).first(),
    ).toBeVisible()
    for (const colorScheme of ['light', 'dark'] as const) {
      await own.emulateMedia({ colorScheme })
      expect.soft(await faults(own), `${name}, ${state}, ${colorScheme}`).toEqual([])
    }
    await own.close()
  }
}

test('axe finds nothing in options and popup: no server, signed in, votes waiting, server gone', async ({
  context,
  page,
  server,
}) => {
  test.setTimeout(120_000)
  await askBackground(context, 'setServer', { address: undefined })
  await ownFaults(context, 'no server')
  await askBackground(context, 'setServer', { address: server.address })
  await askBackground(context, 'signIn', { way: 'local', login: 'grace' })
  await ownFaults(context, 'signed in')
  await server.stop('SIGTERM')
  await open(page)
  await button(page, 0, 'Upvote').click()
  await expect
    .poll(async () => (await askBackground(context, 'readStatus')).outbox.waiting.length)
    .toBe(1)
  await ownFaults(context, 'server gone, a vote waiting')
})

test('by keyboard: Upvote, then Downvote, in each row from top to bottom; Space and Enter vote', async ({
  page,
}) => {
  await open(page)
  await button(page, 0, 'Upvote').focus()
  const reached: string[] = []
  for (let step = 0; step < 60 && reached.length < 6; step++) {
    const at = await focused(page)
    if (at) reached.push(at)
    await page.keyboard.press('Tab')
  }
  const [first, second, third] = await rows(page).evaluateAll((all) =>
    all.map((each) => (each as HTMLElement).dataset['subject']),
  )
  expect(reached).toEqual(
    [first, second, third].flatMap((subject) => [`${subject} Upvote`, `${subject} Downvote`]),
  )
  await button(page, 1, 'Upvote').focus()
  await page.keyboard.press('Space')
  await expect(button(page, 1, 'Upvote')).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(button(page, 1, 'Downvote')).toHaveAttribute('aria-pressed', 'true')
  await expect(button(page, 1, 'Upvote')).toHaveAttribute('aria-pressed', 'false')
  await expect(button(page, 1, 'Downvote')).toBeFocused()
})

/** The subject and name of the button of ours that has the focus. */
function focused(page: Page): Promise<string | undefined> {
  return page.evaluate(() => {
    const host = document.activeElement
    const inner = host?.shadowRoot?.activeElement
    return host instanceof HTMLElement && host.localName === 'forgemoot-vote' && inner
      ? `${host.dataset['subject']} ${inner.getAttribute('aria-label')}`
      : undefined
  })
}

test('a tooltip explains the focused button, Escape hides it, and it is inside the window', async ({
  page,
}) => {
  for (const width of [1200, 375]) {
    await page.setViewportSize({ width, height: 800 })
    await open(page)
    for (const index of [0, 24]) {
      const up = button(page, index, 'Upvote')
      await up.focus()
      const tip = rows(page).nth(index).getByRole('tooltip')
      await expect(tip).toBeVisible()
      await expect(up).toHaveAccessibleDescription(/Value: 0\.\d\d/)
      // Rows get their height when they are seen, which may push this one out again; the tip follows.
      await up.scrollIntoViewIfNeeded()
      await expectInside(page, tip)
      // It grows by what it says of the reader's own vote.
      await page.keyboard.press('Space')
      await expectInside(page, tip)
      await page.keyboard.press('Escape')
      await expect(tip).toBeHidden()
      await expect(up).toBeFocused()
    }
  }
})

test('a tooltip stays while the pointer does, also when a vote up becomes one down', async ({
  page,
}) => {
  await open(page)
  const tip = rows(page).nth(1).getByRole('tooltip')
  await button(page, 1, 'Upvote').click()
  await expect(tip).toBeVisible()
  await button(page, 1, 'Downvote').click()
  // Longer than a pointer may be on its way to the tooltip.
  await page.waitForTimeout(300)
  await expect(tip).toBeVisible()
  await page.mouse.move(5, 5)
  await expect(tip).toBeHidden()
})

/** Waits for it: a tooltip follows its button in the frame after. */
async function expectInside(page: Page, element: Locator) {
  const { width = 0, height = 0 } = page.viewportSize() ?? {}
  await expect
    .poll(async () => {
      const box = await element.boundingBox()
      if (!box) return 'hidden'
      const isInside =
        Math.min(box.x, box.y) >= 0 && box.x + box.width <= width && box.y + box.height <= height
      return isInside ? 'inside' : JSON.stringify(box)
    })
    .toBe('inside')
}

test('the menu follows the ARIA practices for menu buttons', async ({ page }) => {
  await open(page)
  const control = sortButton(page)
  const menu = page.getByRole('menu', { name: 'Sort' })
  const item = (name: string) => page.getByRole('menuitemradio', { name, exact: true })
  await expect(control).toHaveAttribute('aria-haspopup', 'menu')
  await expect(control).toHaveAttribute('aria-expanded', 'false')
  await control.focus()

  for (const key of ['Enter', 'Space', 'ArrowDown', 'ArrowUp']) {
    await page.keyboard.press(key)
    await expect(menu, key).toBeVisible()
    await expect(control).toHaveAttribute('aria-expanded', 'true')
    await expect(menu.locator(':focus')).toHaveCount(1)
    await page.keyboard.press('Escape')
    await expect(menu).toBeHidden()
    await expect(control).toBeFocused()
  }

  await page.keyboard.press('ArrowDown')
  await expect(item("GitHub's order")).toBeFocused()
  await expect(item("GitHub's order")).toHaveAttribute('aria-checked', 'true')
  await page.keyboard.press('ArrowDown')
  await expect(item('Value')).toBeFocused()
  await page.keyboard.press('End')
  await expect(item('New')).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(item("GitHub's order")).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await expect(item('New')).toBeFocused()
  await page.keyboard.press('Home')
  await expect(item("GitHub's order")).toBeFocused()
  await page.keyboard.press('c')
  await expect(item('Controversial')).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(menu).toBeHidden()
  await expect(control).toHaveAttribute('aria-expanded', 'false')

  await control.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('v')
  await page.keyboard.press('Enter')
  await expect(menu).toBeHidden()
  await expect(control).toBeFocused()
  await expect(sort(page).getByRole('status')).toHaveText('25 rows of this page sorted: Value')
  await expect(control).toHaveAccessibleDescription('Value')
})

test('a menu is left by a click elsewhere', async ({ page }) => {
  await open(page)
  await sortButton(page).click()
  await expect(page.getByRole('menu')).toBeVisible()
  await page.mouse.click(600, 20)
  await expect(page.getByRole('menu')).toBeHidden()
})

test('in forced colours buttons have borders, and the pressed one differs', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' })
  await open(page)
  await button(page, 0, 'Upvote').click()
  const style = (index: number, selector: string) =>
    rows(page)
      .nth(index)
      .locator(selector)
      .evaluate((element) => {
        const { borderTopStyle, borderTopWidth, borderTopColor, backgroundColor, color } =
          getComputedStyle(element)
        return { borderTopStyle, borderTopWidth, borderTopColor, backgroundColor, color }
      })
  const group = await style(0, '.vote')
  expect(group).toMatchObject({ borderTopStyle: 'solid', borderTopWidth: '1px' })
  expect(group.borderTopColor).not.toBe(group.backgroundColor)
  const [pressed, other] = [await style(0, '.up'), await style(1, '.up')]
  expect(pressed.backgroundColor).not.toBe(other.backgroundColor)
  await sortButton(page).click()
  const menu = page.getByRole('menu')
  await expect(menu).toHaveCSS('border-top-style', 'solid')
})
