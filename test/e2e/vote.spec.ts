import type { BrowserContext } from '@playwright/test'
import { expect, test, until } from './fixtures.ts'
import { GITHUB } from './github-pages.ts'
import { launch, workerOf } from './launch.ts'
import { askBackground, openOwnPage, signIn, waiting } from './own-pages.ts'
import { down, known, LIST, net, rowWidget, serverScore, up } from './vote-rows.ts'

test('a vote without a server is kept, shown as local, and delivered once somebody signs in', async ({
  context,
  page,
  server,
}) => {
  await page.goto(LIST)
  const before = await known(page)
  const subject = (await rowWidget(page).getAttribute('data-subject')) ?? ''
  await up(page).click()
  await expect(up(page)).toHaveAttribute('aria-pressed', 'true')
  expect(await net(page)).toBe(before + 1)
  await expect(rowWidget(page).getByRole('tooltip')).toContainText('kept on this device')
  expect(page.url()).toBe(LIST)

  await page.reload()
  await expect(up(page)).toHaveAttribute('aria-pressed', 'true')
  expect(await known(page)).toBe(before + 1)

  await signIn(context, server.address, 'ada')
  await until(async () => (await serverScore(server.address, subject))?.up === 1)
  await until(async () => (await waiting(context)) === 0)
})

test('the options page sets a server and signs in', async ({ context, page, server }) => {
  const options = await openOwnPage(context, 'options')
  await options.getByLabel(/address/i).fill(server.address)
  await options.getByRole('button', { name: 'Save' }).first().click()
  await options.getByLabel(/login/i).fill('grace')
  await options.getByRole('button', { name: 'Sign in' }).click()
  await expect(options.getByText('grace').first()).toBeVisible()
  await page.goto(LIST)
  await known(page)
  const subject = (await rowWidget(page).getAttribute('data-subject')) ?? ''
  await down(page).click()
  await until(async () => (await serverScore(server.address, subject))?.down === 1)
})

test('a second click withdraws, the other button switches, and other widgets and tabs follow', async ({
  context,
  page,
}) => {
  await page.goto(LIST)
  const pin = page.locator('forgemoot-vote[data-slot="pin"]').first()
  const subject = (await pin.getAttribute('data-subject')) ?? ''
  const other = await context.newPage()
  await other.goto(`${GITHUB}/${subject.replace('github.com/', '').replace('#', '/issues/')}`)
  const header = other.locator('forgemoot-vote[data-slot="title"]')
  await expect(header.locator('[data-score]')).not.toHaveAttribute('data-score', '')

  await page.bringToFront()
  await pin.getByRole('button', { name: 'Upvote' }).click()
  await expect(header.getByRole('button', { name: 'Upvote' })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  await pin.getByRole('button', { name: 'Downvote' }).click()
  await expect(header.getByRole('button', { name: 'Downvote' })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  await pin.getByRole('button', { name: 'Downvote' }).click()
  await expect(header.getByRole('button', { name: 'Downvote' })).toHaveAttribute(
    'aria-pressed',
    'false',
  )
})

test('20 fast toggles end in the last state, and each vote arrives once', async ({
  context,
  page,
  server,
}) => {
  await signIn(context, server.address, 'ada')
  await page.goto(LIST)
  await known(page)
  const subject = (await rowWidget(page).getAttribute('data-subject')) ?? ''
  for (let click = 0; click < 20; click++)
    await (click % 3 === 0 ? down(page) : up(page)).click({ delay: 0 })
  await expect(up(page)).toHaveAttribute(
    'aria-pressed',
    (await up(page).getAttribute('aria-pressed')) ?? '',
  )
  const shown = [
    await up(page).getAttribute('aria-pressed'),
    await down(page).getAttribute('aria-pressed'),
  ]
  await until(async () => (await waiting(context)) === 0)
  const stored = await serverScore(server.address, subject)
  expect(stored).toEqual({ up: Number(shown[0] === 'true'), down: Number(shown[1] === 'true') })
  await page.reload()
  await expect(up(page)).toHaveAttribute('aria-pressed', shown[0] ?? '')
})

/** Runs in the background's world: what is stored of scores is older by so many milliseconds. */
async function ageScores(by: number) {
  const open = indexedDB.open('forgemoot')
  await new Promise((resolve) => (open.onsuccess = resolve))
  const store = open.result.transaction('scores', 'readwrite').objectStore('scores')
  const all = store.getAll()
  await new Promise((resolve) => (all.onsuccess = resolve))
  const scores = all.result as { at: number }[]
  for (const score of scores) store.put({ ...score, at: score.at - by })
  await new Promise((resolve) => (store.transaction.oncomplete = resolve))
  open.result.close()
}

test('two people in two browsers see each other', async ({ context, forge, page, server }) => {
  const second: BrowserContext = await launch({ forgePort: forge.port })
  try {
    await signIn(context, server.address, 'ada')
    await signIn(second, server.address, 'grace')
    await page.goto(LIST)
    const before = await known(page)
    const subject = (await rowWidget(page).getAttribute('data-subject')) ?? ''
    await up(page).click()
    await until(async () => (await serverScore(server.address, subject))?.up === 1)

    const theirs = await second.newPage()
    await theirs.goto(LIST)
    await expect.poll(() => net(theirs)).toBe(before + 1)
    await up(theirs).click()
    await until(async () => (await serverScore(server.address, subject))?.up === 2)
    // What the first knows is some minutes old by now, so that it is asked for again.
    await (await workerOf(context)).evaluate(ageScores, 10 * 60_000)
    await page.reload()
    await expect.poll(() => net(page)).toBe(before + 2)
    await expect(up(page)).toHaveAttribute('aria-pressed', 'true')
    // Each sees both, and which of them is theirs.
    await up(theirs).click()
    await until(async () => (await serverScore(server.address, subject))?.up === 1)
    await expect(up(theirs)).toHaveAttribute('aria-pressed', 'false')
    await expect.poll(() => net(theirs)).toBe(before + 1)
  } finally {
    await second.close()
  }
})

test('the server down for a while and the worker killed: every vote arrives once', async ({
  context,
  page,
  server,
}) => {
  await signIn(context, server.address, 'ada')
  await page.goto(LIST)
  for (const index of [0, 1, 2]) await known(page, index)
  const subjects = await page
    .locator('forgemoot-vote[data-slot="row"]')
    .evaluateAll((all) =>
      all.slice(0, 3).map((each) => (each as HTMLElement).dataset['subject'] ?? ''),
    )
  await server.stop('SIGKILL')
  await up(page, 0).click()
  await up(page, 1).click()
  await until(async () => (await waiting(context)) === 2)

  const session = await context.newCDPSession(page)
  await session.send('ServiceWorker.enable')
  await session.send('ServiceWorker.stopAllWorkers')
  await up(page, 2).click()
  await expect(up(page, 2)).toHaveAttribute('aria-pressed', 'true')
  expect(await waiting(context)).toBe(3)

  await server.start()
  await askBackground(context, 'sendOutbox')
  await until(async () => (await waiting(context)) === 0, 20_000)
  for (const subject of subjects)
    expect(await serverScore(server.address, subject)).toEqual({ up: 1, down: 0 })
})

test('voting moves the score in the frame of the click, and by keyboard too', async ({ page }) => {
  await page.goto(LIST)
  const before = await known(page)
  // The page's own frame callback runs before the next paint: what it sees is what is painted.
  const painted = page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        addEventListener(
          'click',
          () =>
            requestAnimationFrame(() =>
              resolve(
                document
                  .querySelector('forgemoot-vote[data-slot="row"]')
                  ?.shadowRoot?.querySelector('[data-score]')
                  ?.getAttribute('data-score') ?? '',
              ),
            ),
          { capture: true, once: true },
        )
      }),
  )
  await up(page).click()
  expect(Number(await painted)).toBe(before + 1)
  await up(page).focus()
  await page.keyboard.press('Space')
  await expect(up(page)).toHaveAttribute('aria-pressed', 'false')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(down(page)).toHaveAttribute('aria-pressed', 'true')
  expect(page.url()).toBe(LIST)
})

test('an open page follows when somebody else signs in', async ({ context, page, server }) => {
  await signIn(context, server.address, 'ada')
  await page.goto(LIST)
  const before = await known(page)
  await up(page).click()
  await until(async () => (await waiting(context)) === 0)
  await askBackground(context, 'signOut')
  await askBackground(context, 'signIn', { way: 'local', login: 'grace' })
  await expect(up(page)).toHaveAttribute('aria-pressed', 'false')
  await expect.poll(() => net(page)).toBe(before + 1)
  await up(page).click()
  await expect.poll(() => net(page)).toBe(before + 2)
})

test('a vote that cannot be stored comes back and says why', async ({ context, page }) => {
  await page.goto(LIST)
  const before = await known(page)
  // The disk is full, as far as the extension's own database can tell.
  const worker = await workerOf(context)
  await worker.evaluate(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
    IDBObjectStore.prototype.add = IDBObjectStore.prototype.put
  })
  await up(page).click()
  await expect(up(page)).toHaveAttribute('aria-pressed', 'false')
  expect(await net(page)).toBe(before)
  await expect(rowWidget(page).getByRole('tooltip')).toContainText('Your vote was not kept')
  await expect(rowWidget(page).getByRole('status')).toContainText('Your vote was not kept')
})
