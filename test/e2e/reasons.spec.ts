/** Why somebody is against something: offered to who votes down, and told to who looks at the score. */
import type { Page } from '@playwright/test'
import type { ReasonsReply } from '../../shared/api/scores.ts'
import { startCountingServer } from './counting-server.ts'
import { expect, test } from './fixtures.ts'
import { forgeErrors, GITHUB } from './github-pages.ts'
import { askBackground, signIn } from './own-pages.ts'

const SUBJECT = 'github.com/moot/garden#200'
const ISSUE = `${GITHUB}/moot/garden/issues/200`
const COMMENT = `${SUBJECT}/issuecomment-3300000001`

const widget = (page: Page, subject = COMMENT) =>
  page.locator(`forgemoot-vote[data-subject="${subject}"]`)
const down = (page: Page, subject = COMMENT) =>
  widget(page, subject).getByRole('button', { name: 'Downvote' })
const offer = (page: Page, subject = COMMENT) =>
  widget(page, subject).getByRole('group', { name: /^Why down/ })
const reason = (page: Page, name: string, subject = COMMENT) =>
  offer(page, subject).getByRole('button', { name, exact: true })

async function open(page: Page, address = ISSUE) {
  await page.goto(address)
  // What the server is and can do is known once scores came.
  await expect(widget(page).locator('[data-score]:not([data-score=""])')).toBeVisible()
  await expect(page.locator('forgemoot-vote[data-slot="title"]')).toBeVisible()
}

async function reasonsAt(address: string, subject: string) {
  const reply = await fetch(`${address}/v1/reasons?subject=${encodeURIComponent(subject)}`)
  return ((await reply.json()) as ReasonsReply).others
}

test('who votes down may say why, changes their mind, and finds it again', async ({
  context,
  page,
  server,
}) => {
  await signIn(context, server.address, 'ada')
  await open(page)
  const score = widget(page).locator('[data-score]')
  const before = Number(await score.getAttribute('data-score'))
  await down(page).click()
  await expect(offer(page)).toBeVisible()
  // It asks nothing: the vote is cast, and the focus stays where it was.
  await expect(score).toHaveAttribute('data-score', String(before - 1))
  await expect(down(page)).toBeFocused()
  await reason(page, 'Wrong').click()
  await expect(reason(page, 'Wrong')).toHaveAttribute('aria-pressed', 'true')
  await expect.poll(() => reasonsAt(server.address, COMMENT)).toEqual({ wrong: 1 })
  await reason(page, 'Off topic').click()
  await expect(reason(page, 'Wrong')).toHaveAttribute('aria-pressed', 'false')
  await expect.poll(() => reasonsAt(server.address, COMMENT)).toEqual({ 'off-topic': 1 })
  await expect(score).toHaveAttribute('data-score', String(before - 1))
  await reason(page, 'Off topic').click()
  await expect.poll(() => reasonsAt(server.address, COMMENT)).toEqual({})
  await reason(page, 'Rude').click()
  await expect.poll(() => reasonsAt(server.address, COMMENT)).toEqual({ rude: 1 })
  await page.mouse.move(5, 5)
  await page.evaluate(() => (document.activeElement as HTMLElement).blur())
  await expect(offer(page)).toBeHidden()

  await open(page)
  await down(page).hover()
  const tip = widget(page).getByRole('tooltip')
  await expect(tip).toContainText('Others against: 1 rude')
  await expect(tip).toContainText('Your reason: rude')
  await down(page).click()
  await expect(offer(page)).toBeHidden()
  await expect.poll(() => reasonsAt(server.address, COMMENT)).toEqual({})
  await expect(tip).not.toContainText('rude')
  expect(await forgeErrors(page)).toEqual([])
})

test('by keyboard: the next Tab is the first reason, and Escape leaves the order as it is', async ({
  context,
  page,
  server,
}) => {
  await signIn(context, server.address, 'ada')
  await open(page)
  const sort = page.locator('forgemoot-sort')
  await sort.getByRole('button', { name: 'Sort' }).click()
  await sort.getByRole('menuitemradio', { name: 'Value' }).click()
  await down(page).focus()
  await page.keyboard.press('Space')
  await expect(offer(page)).toBeVisible()
  // What others said was asked for at the focus; when it comes, that takes the invitation from nobody.
  await page.waitForTimeout(700)
  await expect(widget(page).getByRole('status').filter({ hasText: 'say why' })).toHaveCount(1)
  await page.keyboard.press('Tab')
  await expect(reason(page, 'Rude')).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(reason(page, 'Off topic')).toHaveAttribute('aria-pressed', 'true')
  await expect(widget(page).getByRole('status').filter({ hasText: 'Off topic' })).toHaveCount(1)
  await page.keyboard.press('Escape')
  await expect(offer(page)).toBeHidden()
  await expect(down(page)).toBeFocused()
  await expect(sort).toContainText('Value')
  await page.keyboard.press('Escape')
  await expect(sort).toContainText('Time')
  await expect.poll(() => reasonsAt(server.address, COMMENT)).toEqual({ 'off-topic': 1 })
})

test('of an opening post too, whose widget another script draws', async ({
  context,
  page,
  server,
}) => {
  await signIn(context, server.address, 'ada')
  await open(page)
  await down(page, SUBJECT).click()
  await reason(page, 'Duplicate', SUBJECT).click()
  await expect.poll(() => reasonsAt(server.address, SUBJECT)).toEqual({ duplicate: 1 })
  await expect(down(page, SUBJECT)).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('Escape')
  await expect(widget(page, SUBJECT).getByRole('tooltip')).toContainText('Your reason: duplicate')
})

test('a vote up gets no offer, and a click elsewhere ends one', async ({ page }) => {
  await open(page)
  await widget(page).getByRole('button', { name: 'Upvote' }).click()
  await expect(offer(page)).toBeHidden()
  await down(page).click()
  // Without a server it is kept here, to be sent to the first that takes it.
  await reason(page, 'Wrong').click()
  await expect(reason(page, 'Wrong')).toHaveAttribute('aria-pressed', 'true')
  await page.mouse.click(600, 20)
  await expect(offer(page)).toBeHidden()
})

test('a page asks for no reasons until somebody looks, and offers none a server would refuse', async ({
  context,
  page,
}) => {
  const server = await startCountingServer()
  server.votes.set('issuecomment-3300000001', { up: 0, down: 2 })
  server.reasons = { contributors: { duplicate: 2 }, others: {} }
  await askBackground(context, 'setServer', { address: server.address })
  await open(page)
  await page.waitForTimeout(500)
  const asked = () => server.asked.filter((path) => path.startsWith('/v1/reasons'))
  expect(asked()).toEqual([])
  await down(page).hover()
  await expect(widget(page).getByRole('tooltip')).toContainText('Contributors against: 2 duplicate')
  await page.mouse.move(5, 5)
  await expect(widget(page).getByRole('tooltip')).toBeHidden()
  await down(page).hover()
  await expect(widget(page).getByRole('tooltip')).toContainText('Contributors against: 2 duplicate')
  expect(asked()).toEqual([`/v1/reasons?subject=${encodeURIComponent(COMMENT)}`])

  server.reasons = undefined
  await askBackground(context, 'setServer', { address: server.address })
  await open(page)
  await down(page).click()
  await page.waitForTimeout(300)
  await expect(offer(page)).toBeHidden()
  expect(asked()).toHaveLength(1)
  await server.close()
})
