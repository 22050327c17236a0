/** What somebody writes changes nothing but what they wrote, even if a forge let all of it through. */
import type { Page } from '@playwright/test'
import type { Forge } from '../forge/forge.ts'
import { expect, test } from './fixtures.ts'
import { forgeErrors, GITHUB } from './github-pages.ts'

/** The second comment of each page is the hostile one, its neighbours are named by it. */
const PLACES = {
  issue: { id: 'moot/garden#100', path: '/moot/garden/issues/100' },
  'pull request': { id: 'moot/garden#1868', path: '/moot/garden/pull/1868' },
}

const alike = (subject: string, next: string) =>
  `<forgemoot-vote data-forgemoot-own="talk" data-slot="comment" data-subject="${subject}/${next}">
    <button aria-label="Upvote">▲ 999</button></forgemoot-vote>
  <forgemoot-sort data-forgemoot-own="talk" data-talk="bar"><button>Sort</button></forgemoot-sort>
  <forgemoot-fold data-forgemoot-own="talk" data-talk="fold">folded</forgemoot-fold>
  <div data-forgemoot-folded data-forgemoot-flow data-forgemoot-event>marked as ours</div>`

const BODIES: Record<string, (subject: string, next: string) => string> = {
  markup: (_, next) => `<h1>A heading #200</h1><a class="author" href="/ashdibble">ashdibble</a>
    <a data-testid="avatar-link" href="/ashdibble">ashdibble</a><i class="octicon-unfold current-user"></i>
    <div class="js-timeline-item" data-wrapper-timeline-id="load-top"><div id="${next}"
    data-testid="comment-header" class="timeline-comment-header">me first</div></div>
    <span id="issuecomment-99">unborn</span><span id="pullrequestreview-99">unborn</span>`,
  'styles that cover': () => `<style>
      forgemoot-vote, forgemoot-sort { display: none !important; position: static !important;
        visibility: hidden !important; opacity: 0 !important; pointer-events: none !important }
    </style><div style="position: relative; background: red"><p>red</p>
    <div style="position: absolute; inset: -60px 0 0; z-index: 99; background: red">covered</div></div>`,
  'elements of our names': alike,
  '50,000 characters': () => `<p>${'long '.repeat(10_000)}</p>`,
  'deep nesting': () => '<div>'.repeat(400) + 'deep' + '</div>'.repeat(400),
}

/** Every widget of a conversation but those of one comment: whose it is, what it says, whether it is seen. */
function widgets(page: Page, without: string): Promise<string[]> {
  return page.evaluate((hostile) => {
    const all = [...document.querySelectorAll<HTMLElement>('forgemoot-vote, forgemoot-fold')]
    return all
      .filter((each) => each.shadowRoot && !each.dataset['subject']?.endsWith(hostile))
      .map((each) => {
        const score = each.shadowRoot?.querySelector('[data-score]')?.getAttribute('data-score')
        const { width, height } = each.getBoundingClientRect()
        const { visibility, opacity, pointerEvents } = getComputedStyle(each)
        const home = each.closest('[id^="issuecomment-"], [id^="discussion_r"], [id^="pullreq"]')
        return `${each.localName} ${each.dataset['subject']} in ${home?.id} ${score}
          ${width}x${height} ${visibility} ${opacity} ${pointerEvents}`
      })
  }, without)
}

async function opened(page: Page, path: string) {
  await page.goto(GITHUB + path)
  await expect(page.locator('forgemoot-sort[data-forgemoot-own="talk"]').first()).toBeVisible()
  await expect(
    page.locator('forgemoot-vote[data-slot="comment"] [data-score]:not([data-score=""])').nth(3),
  ).toBeVisible()
  await page.waitForTimeout(800)
}

/** Comments by what they are worth, from top to bottom. */
async function sorted(page: Page): Promise<string[]> {
  const bar = page.locator('forgemoot-sort').filter({ hasText: /^Sort(?!$)/ })
  await bar.getByRole('button', { name: 'Sort', exact: true }).first().click()
  await bar.getByRole('menuitemradio', { name: 'Value' }).click()
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('forgemoot-vote[data-slot="comment"]')]
      .filter((each) => each.shadowRoot)
      .map((each) => ({
        id: each.dataset['subject'] ?? '',
        top: each.closest('[data-wrapper-timeline-id], .js-timeline-item')?.getBoundingClientRect()
          .top,
      }))
      .toSorted((a, b) => (a.top ?? 0) - (b.top ?? 0))
      .map(({ id }) => id),
  )
}

function secondAndThird(forge: Forge, id: string) {
  const [, second, third] = forge.control.subject(id).comments
  if (!second || !third) throw new Error(`${id} has no three comments`)
  return [second.id, third.id] as const
}

for (const [where, { id, path }] of Object.entries(PLACES))
  test(`in a comment of an ${where}`, async ({ forge, page }) => {
    forge.control.signIn('ashdibble')
    const [second, third] = secondAndThird(forge, id)
    const subject = `github.com/${id}`
    await opened(page, path)
    const before = await widgets(page, `/issuecomment-${second}`)
    const order = await sorted(page)
    expect(before.length).toBeGreaterThan(5)
    for (const [what, bodyOf] of Object.entries(BODIES))
      await test.step(what, async () => {
        forge.control.comment(id, second, { html: bodyOf(subject, `issuecomment-${third}`) })
        await opened(page, path)
        expect.soft(await widgets(page, `/issuecomment-${second}`), what).toEqual(before)
        const own = page.locator(`forgemoot-vote[data-subject="${subject}/issuecomment-${second}"]`)
        await expect(own, what).toHaveCount(1)
        expect.soft(await sorted(page), what).toEqual(order)
        const up = page
          .locator('[data-wrapper-timeline-id], .js-timeline-item')
          .filter({ has: page.locator(`a[href="#issuecomment-${third}"]`) })
          .getByRole('button', { name: 'Upvote' })
          .first()
        // Pressed as a person would, which Playwright does only where nothing covers it; and back again.
        for (const pressed of ['true', 'false']) {
          await up.click()
          await expect(up, what).toHaveAttribute('aria-pressed', pressed)
        }
        expect.soft(await forgeErrors(page), what).toEqual([])
      })
  })
