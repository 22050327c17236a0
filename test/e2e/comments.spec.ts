import { expect, test } from './fixtures.ts'
import { forgeErrors, GITHUB } from './github-pages.ts'
import { signIn } from './own-pages.ts'
import { expectComments, ISSUE, PULL, wrongComments } from './conversation-page.ts'
import { LIST, serverScore } from './vote-rows.ts'

test.describe('comments', () => {
  test('of an issue get one widget each, also those that load later', async ({ page }) => {
    await page.goto(ISSUE)
    await expectComments(page, 30)
    await page.getByRole('button', { name: '270 remaining items' }).click()
    await expectComments(page, 300)
    expect(await forgeErrors(page)).toEqual([])
  })

  test('reviews and line comments of a pull request get one widget each, whenever they come', async ({
    page,
  }) => {
    await page.goto(PULL)
    await expect(page.getByRole('button', { name: /Load more/ })).toBeVisible()
    await page.getByRole('button', { name: /Load more/ }).click()
    // 40 comments, 5 reviews, 80 on lines
    await expectComments(page, 125)
    expect(await forgeErrors(page)).toEqual([])
  })

  test('written, edited, hidden and deleted while somebody looks, keep one widget each', async ({
    page,
    forge,
  }) => {
    for (const [path, subject] of [
      ['/moot/garden/issues/100', 'moot/garden#100'],
      ['/moot/garden/pull/1868', 'moot/garden#1868'],
    ] as const) {
      await page.goto(GITHUB + path)
      await expect(page.locator('forgemoot-vote[data-slot="comment"]').first()).toBeVisible()
      const before = (await wrongComments(page)).comments
      const refresh = () =>
        page.evaluate(() =>
          (window as unknown as { __forge: { refresh(): Promise<void> } }).__forge.refresh(),
        )
      const written = forge.control.say(subject, 'ashdibble', 'A new thought about soil.')
      await refresh()
      // On the long issue the oldest of the last comments goes behind "load more".
      const after = path.includes('issues') ? before : before + 1
      await expectComments(page, after)
      const id = `issuecomment-${written}`
      await expect(
        page.locator(`forgemoot-vote[data-subject="github.com/${subject}/${id}"]`),
      ).toHaveCount(1)
      forge.control.comment(subject, written, { body: 'A better thought about soil.' })
      await refresh()
      await expectComments(page, after)
      forge.control.comment(subject, written, { minimized: true })
      await refresh()
      await expectComments(page, after)
      forge.control.comment(subject, written, null)
      await refresh()
      await expectComments(page, before)
    }
    expect(await forgeErrors(page)).toEqual([])
  })

  test('follow soft navigation, Back and Forward', async ({ page }) => {
    await page.goto(LIST)
    await expect(page.locator('forgemoot-vote').first()).toBeVisible()
    await page.evaluate(() => {
      const link = document.createElement('a')
      link.href = '/moot/garden/issues/200'
      link.id = 'to-issue'
      link.textContent = 'to the issue'
      document.querySelector('main')?.prepend(link)
    })
    await page.locator('#to-issue').click()
    await page.waitForURL(/issues\/200$/)
    await expectComments(page, 30)
    await page.goBack()
    await expect(page.locator('forgemoot-vote[data-slot="row"]').first()).toBeVisible()
    await expect(page.locator('forgemoot-vote[data-slot="comment"]')).toHaveCount(0)
    await page.goForward()
    await expectComments(page, 30)
    expect(await forgeErrors(page)).toEqual([])
  })
})

test.describe('reactions', () => {
  test('of comments cost one request for a page of a hundred, and none while they are fresh', async ({
    forge,
    page,
  }) => {
    forge.control.react(`moot/garden#100:3110010003`, { '+1': 17, '-1': 2 })
    await page.goto(`${GITHUB}/moot/garden/issues/100`)
    const widget = page.locator('forgemoot-vote[data-subject$="/issuecomment-3110010003"]')
    await expect(widget.locator('[data-score]')).toHaveText('15')
    const asked = () =>
      forge.requests.filter(({ method }) => method === 'GET').map(({ path }) => path)
    expect(asked().toSorted()).toEqual([
      '/repos/moot/garden/issues/100',
      '/repos/moot/garden/issues/100/comments?per_page=100&page=1',
    ])
    forge.control.resetRequests()
    await page.reload()
    await expect(widget.locator('[data-score]')).toHaveText('15')
    await page.waitForTimeout(500)
    expect(asked()).toEqual([])
  })

  test('are those that people only wrote, too', async ({ forge, page }) => {
    forge.control.react('moot/garden#200', { '+1': 4, '-1': 0 })
    await page.goto(ISSUE)
    const title = page.locator('forgemoot-vote[data-slot="title"]')
    await expect(page.locator('forgemoot-sort')).toContainText('2 people only wrote +1')
    await expect(title.locator('[data-score]')).toHaveText('6')
  })
})

test('votes on comments reach the server, and are withdrawn', async ({ context, page, server }) => {
  await signIn(context, server.address, 'ada')
  await page.goto(PULL)
  const subject = 'github.com/moot/garden#1887/discussion_r2390000000'
  const widget = page.locator(`forgemoot-vote[data-subject="${subject}"]`)
  const counted = () => serverScore(server.address, subject)
  await widget.getByRole('button', { name: 'Downvote' }).click()
  await expect.poll(counted).toEqual({ up: 0, down: 1 })
  await widget.getByRole('button', { name: 'Downvote' }).click()
  await expect.poll(counted).toEqual({ up: 0, down: 0 })
})
