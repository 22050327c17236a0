import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { forgeErrors, GITHUB } from './github-pages.ts'
import { difference, movedNodes, rememberNodes, settle, treeOf } from './page-tree.ts'

const ISSUE = `${GITHUB}/moot/garden/issues/200`
const PULL = `${GITHUB}/moot/garden/pull/1887`
const LIST = `${GITHUB}/moot/garden/issues`

/** What is wrong with the widgets of a conversation: comments without exactly one of their own, and strays. */
function wrongComments(page: Page): Promise<{ comments: number; wrong: string[] }> {
  return page.evaluate(() => {
    const [, owner, name, , number] = location.pathname.split('/')
    const subject = `github.com/${owner}/${name}#${number}`.toLowerCase()
    const ids = [...document.querySelectorAll('[id]')]
      .map((each) => each.id)
      .filter((id) => /^(issuecomment-|discussion_r|pullrequestreview-)\d+$/.test(id))
    const wrong: string[] = []
    const widgets = [...document.querySelectorAll<HTMLElement>('forgemoot-vote')]
    const counts = new Map<string, number>()
    for (const widget of widgets) {
      const id = widget.dataset['subject'] ?? ''
      counts.set(id, (counts.get(id) ?? 0) + 1)
      const part = id.split('/').slice(3).join('/')
      const comment = part && document.getElementById(part)
      if (part && !(comment && comment.contains(widget))) wrong.push(`${id} stands elsewhere`)
    }
    for (const id of [subject, ...ids.map((each) => `${subject}/${each}`)])
      if (counts.get(id) !== 1) wrong.push(`${counts.get(id) ?? 0} widgets for ${id}`)
    if (widgets.length !== ids.length + 1)
      wrong.push(`${widgets.length} widgets for ${ids.length} comments and a title`)
    return { comments: ids.length, wrong }
  })
}

async function expectComments(page: Page, count: number) {
  await expect
    .poll(() => wrongComments(page), { timeout: 15_000 })
    .toEqual({ comments: count, wrong: [] })
}

const sortButton = (page: Page) =>
  page.locator('forgemoot-sort').getByRole('button', { name: 'Sort' })

async function choose(page: Page, name: string) {
  await sortButton(page).click()
  await page.locator('forgemoot-sort').getByRole('menuitemradio', { name, exact: true }).click()
}

/** Subjects and scores of the comments of an issue, from top to bottom as painted. */
function shown(page: Page): Promise<{ id: string; net: number }[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('forgemoot-vote[data-slot="comment"]')]
      .map((widget) => ({
        top: widget
          .closest('[data-wrapper-timeline-id], .js-timeline-item')
          ?.getBoundingClientRect().top as number,
        id: widget.dataset['subject']?.split('/').at(-1) ?? '',
        net: Number(widget.shadowRoot?.querySelector('[data-score]')?.getAttribute('data-score')),
      }))
      .toSorted((a, b) => a.top - b.top)
      .map(({ id, net }) => ({ id, net })),
  )
}

const ids = async (page: Page) => (await shown(page)).map(({ id }) => id)

async function scoresKnown(page: Page) {
  await expect
    .poll(() =>
      page.evaluate(() => {
        const scores = [...document.querySelectorAll('forgemoot-vote[data-slot="comment"]')].map(
          (widget) => widget.shadowRoot?.querySelector('[data-score]')?.getAttribute('data-score'),
        )
        return scores.length > 0 && scores.every((score) => score !== '')
      }),
    )
    .toBe(true)
}

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
