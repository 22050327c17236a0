import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { forgeErrors } from './github-pages.ts'
import { askBackground, openOwnPage } from './own-pages.ts'
import { ISSUE, nth, PULL, scoresKnown, withVotes } from './conversation-page.ts'

test.describe('noise', () => {
  const COMMENT = 'issuecomment-3300000007'
  const folded = (page: Page) => page.locator('forgemoot-fold')

  test('that only agrees is one line that says so, opens for good, and is off by one switch', async ({
    page,
  }) => {
    await page.goto(ISSUE)
    await expect(folded(page)).toHaveCount(2)
    const comment = page.locator(`[id="${COMMENT}"]`)
    await expect(comment).toBeHidden()
    const line = page
      .locator(`[data-wrapper-timeline-id]:has([id="${COMMENT}"])`)
      .getByRole('button', { name: /only wrote \+1: counted as a reaction/ })
    await expect(line).toHaveAttribute('aria-expanded', 'false')
    await expect(page.locator('forgemoot-sort')).toContainText(
      /\d (person|people) only wrote \+1: counted as reactions/,
    )
    await line.click()
    await expect(comment).toBeVisible()
    await page.reload()
    await expect(folded(page)).toHaveCount(1)
    await expect(comment).toBeVisible()
    await page.getByRole('button', { name: '2 folded' }).click()
    await expect(folded(page)).toHaveCount(0)
    await page.reload()
    await expect(page.getByRole('button', { name: 'Fold 2 again' })).toBeVisible()
    await expect(folded(page)).toHaveCount(0)
    await page.getByRole('button', { name: 'Fold 2 again' }).click()
    await expect(folded(page)).toHaveCount(1)
    expect(await forgeErrors(page)).toEqual([])
  })

  test("is never the reader's own comment", async ({ page, forge }) => {
    const author = forge.control
      .subject('moot/garden#200')
      .comments.find(({ id }) => COMMENT.endsWith(String(id)))?.author.login
    forge.control.signIn(author?.toUpperCase() ?? '')
    await page.goto(ISSUE)
    await expect(folded(page)).toHaveCount(1)
    await expect(page.locator(`[id="${COMMENT}"]`)).toBeVisible()
  })

  test('leaves the page as it was once it is unfolded', async ({ page, forge }) => {
    forge.control.signIn('ashdibble')
    await page.goto(ISSUE)
    await scoresKnown(page)
    await expect(folded(page)).toHaveCount(2)
    await page.getByRole('button', { name: '2 folded' }).click()
    await expect(page.locator('[data-forgemoot-folded]')).toHaveCount(0)
    await expect(page.locator(`[id="${COMMENT}"]`)).toBeVisible()
  })
})

test.describe('what contributors find', () => {
  const item = (page: Page, id: string) =>
    page.locator(`:is([data-wrapper-timeline-id], .js-timeline-item):has([id="${id}"])`)

  test('worth little is one line, exactly below the threshold, in both dialects', async ({
    context,
    page,
  }) => {
    const little: [number, number] = [0, 3]
    const votes = { [nth(1)]: little, [nth(2)]: [0, 2], [nth(3)]: [1, 3] } as const
    const line = 'discussion_r2390000001'
    const posts = { 'garden#200': [0, 90], 'garden#1887': [0, 90] }
    const all = { ...votes, ...posts, [line]: little, 'issuecomment-3300001003': little }
    await withVotes(context, all as never, async () => {
      await page.goto(ISSUE)
      const fold = item(page, nth(1)).getByRole('button', { name: /of little value/ })
      await expect(fold).toHaveText(/Comment by [\w-]+, .*of little value \(0\.06; 0 up, 3 down\)/)
      await expect(page.locator(`[id="${nth(1)}"]`)).toBeHidden()
      await expect(page.locator(`[id="${nth(2)}"]`)).toBeVisible()
      await expect(page.locator(`[id="${nth(3)}"]`)).toBeVisible()
      // What nobody likes is an opening post all the same.
      await expect(page.locator('forgemoot-vote[data-slot="title"] [data-score]')).toHaveText(/−/)
      await expect(page.locator('[data-testid="issue-body"]')).toBeVisible()
      await page.goto(PULL)
      await expect(page.locator('forgemoot-fold')).toHaveCount(3)
      await expect(page.locator('.js-command-palette-pull-body .js-comment-body')).toBeVisible()
      const folded = page.locator(`[id="${line}"]`)
      await expect(folded.locator('.js-comment-body')).toBeHidden()
      await folded.getByRole('button', { name: /of little value/ }).click()
      await expect(folded.locator('.js-comment-body')).toBeVisible()
      expect(await forgeErrors(page)).toEqual([])
    })
  })

  test('worth little follows the setting, and what the reader votes on stays open', async ({
    context,
    page,
  }) => {
    await withVotes(context, { [nth(1)]: [0, 3], [nth(3)]: [1, 3] }, async (server) => {
      const options = await openOwnPage(context, 'options')
      await options.getByLabel('Little value is below').fill('0.2')
      await options.getByLabel('Little value is below').press('Tab')
      await page.goto(ISSUE)
      const folds = page.locator('forgemoot-fold').filter({ hasText: 'little value' })
      await expect(folds).toHaveCount(2)
      await options.getByLabel(/as one line/).uncheck()
      await expect(page.locator('forgemoot-fold')).toHaveCount(0)
      await options.getByLabel(/as one line/).check()
      await expect(folds).toHaveCount(2)
      await options.getByLabel('Little value is below').fill('0.08')
      await options.getByLabel('Little value is below').press('Tab')
      await expect(folds).toHaveCount(1)
      const voted = page.locator(`[id="${nth(5)}"]`)
      await voted.getByRole('button', { name: 'Downvote' }).click()
      server.votes.set(nth(5), { up: 0, down: 9 })
      await askBackground(context, 'setServer', { address: server.address })
      await page.waitForTimeout(1500)
      await expect(voted).toBeVisible()
      await options.close()
    })
  })

  test('clearly worth most is named under the opening post, and one click away', async ({
    context,
    page,
  }) => {
    await withVotes(context, { [nth(290)]: [40, 0], [nth(4)]: [1, 2] }, async () => {
      await page.goto(ISSUE)
      const best = page.locator('forgemoot-sort').getByRole('link', { name: /^Most valued/ })
      await expect(best).toHaveText(/^Most valued: comment by [\w-]+, \+4\d$/)
      await best.click()
      await expect(page.locator(`[id="${nth(290)}"]`)).toBeInViewport()
      expect(new URL(page.url()).hash).toBe(`#${nth(290)}`)
    })
  })

  test('is not named where two are close', async ({ context, page }) => {
    await withVotes(context, { [nth(290)]: [40, 0], [nth(4)]: [39, 0] }, async () => {
      await page.goto(ISSUE)
      await scoresKnown(page)
      await page.waitForTimeout(500)
      await expect(page.locator('forgemoot-sort').getByRole('link')).toHaveCount(0)
    })
  })
})
