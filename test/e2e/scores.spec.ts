import { expect, test } from './fixtures.ts'
import { GITHUB } from './github-pages.ts'
import { askBackground } from './own-pages.ts'
import { askerOf, aVote } from '../../server/testing.ts'

const LIST = `${GITHUB}/moot/garden/issues`

test('one request to GitHub gives a list its scores, and none while they are fresh', async ({
  forge,
  page,
}) => {
  forge.control.react('moot/garden#1898', { '+1': 41, '-1': 1, heart: 2 })
  await page.goto(LIST)
  const widget = page.locator('forgemoot-vote[data-subject="github.com/moot/garden#1898"]')
  await expect(widget.locator('[data-score]')).toHaveText('41')
  expect(
    forge.requests.filter(({ method }) => method === 'GET').map(({ path }) => path.split('?')[0]),
  ).toEqual(['/search/issues'])
  await widget.hover()
  await expect(widget.getByRole('tooltip')).toContainText('Reactions: 42 for, 1 against')

  forge.control.resetRequests()
  await page.reload()
  await expect(widget.locator('[data-score]')).toHaveText('41')
  await page.waitForTimeout(500)
  expect(forge.requests).toEqual([])
})

test('every list asks what its page asks, in one request', async ({ forge, page }) => {
  forge.control.signIn('ashdibble')
  for (const path of [
    '/moot/garden/issues?q=is%3Apr',
    '/moot/garden/issues?page=3',
    '/moot/garden/pulls',
    '/moot/garden/labels/bug',
    '/moot/garden/milestone/1',
    '/issues/assigned',
  ]) {
    await test.step(path, async () => {
      forge.control.resetRequests()
      forge.control.resetLimits()
      await page.goto(GITHUB + path)
      const rows = page.locator('forgemoot-vote[data-slot="row"]')
      await expect(rows.first()).toBeVisible()
      const unknown = () =>
        rows.evaluateAll(
          (all) =>
            all.filter(
              (each) =>
                each.shadowRoot?.querySelector('[data-score]')?.getAttribute('data-score') === '',
            ).length,
        )
      await expect.poll(unknown).toBe(0)
      expect(forge.requests.filter(({ method }) => method === 'GET')).toHaveLength(1)
    })
  }
})

test('votes of others that came all at once are said beside the score, and counted', async ({
  context,
  page,
  server,
}) => {
  const ask = askerOf(server.address)
  const subject = 'github.com/moot/garden#1898'
  for (let person = 0; person < 40; person++) {
    const { body } = await ask('/auth/local', { body: { login: `stranger-${person}` } })
    const { token } = body as { token: string }
    await ask('/v1/votes', { token, body: { votes: [aVote({ subject })] } })
  }
  await askBackground(context, 'setServer', { address: server.address })
  await page.goto(LIST)
  const widget = page.locator(`forgemoot-vote[data-subject="${subject}"]`)
  const score = widget.locator('[data-score]')
  await expect(score).toHaveAttribute('data-score', /^4\d/)
  await expect(score).toHaveCSS('text-decoration-line', 'underline')
  const other = page.locator('forgemoot-vote[data-slot="row"]').last().locator('[data-score]')
  await expect(other).toHaveCSS('text-decoration-line', 'none')
  await widget.getByRole('button', { name: 'Upvote' }).focus()
  const tip = widget.getByRole('tooltip')
  await expect(tip).toContainText('40 votes from others in an hour')
  await expect(tip).toContainText('Others: 40 up, 0 down')
})

test('with the limit spent the page works, cached scores stay, and the status says so', async ({
  context,
  forge,
  page,
}) => {
  await page.goto(LIST)
  const scores = page.locator('forgemoot-vote[data-slot="row"] [data-score]')
  await expect(scores.first()).not.toHaveAttribute('data-score', '')
  const before = await scores.allTextContents()
  forge.control.api({ left: { core: 0, search: 0 }, reset: Math.floor(Date.now() / 1000) + 1800 })
  await page.goto(`${LIST}?page=2`)
  await expect(page.locator('forgemoot-vote[data-slot="row"]')).toHaveCount(25)
  await expect
    .poll(async () => (await askBackground(context, 'readStatus')).forge.problem ?? '')
    .toContain('limit')
  await page.goto(LIST)
  await expect.poll(() => scores.allTextContents()).toEqual(before)
})

test('a GitHub that does not answer, or answers nonsense, leaves the page alone', async ({
  forge,
  page,
}) => {
  forge.control.api({ down: true })
  await page.goto(LIST)
  await expect(page.locator('forgemoot-vote[data-slot="row"]')).toHaveCount(25)
  await page
    .locator('forgemoot-vote[data-slot="row"]')
    .first()
    .getByRole('button', { name: 'Upvote' })
    .click()
  await expect(page.locator('forgemoot-vote[data-slot="row"] [data-score]').first()).toHaveText('1')
  forge.control.api({ down: false, failing: true })
  await page.reload()
  await expect(page.locator('forgemoot-vote[data-slot="row"] [data-score]').first()).toHaveText('1')
})
