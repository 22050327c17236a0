import type { BrowserContext, Page } from '@playwright/test'
import { type CountingServer, startCountingServer } from './counting-server.ts'
import { expect, test } from './fixtures.ts'
import { forgeErrors, GITHUB } from './github-pages.ts'
import { askBackground, openOwnPage, signIn } from './own-pages.ts'
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

/** Comments of the long issue, counted from the first. */
const nth = (at: number) => `issuecomment-${3_300_000_000 + at}`

async function withVotes(
  context: BrowserContext,
  votes: Record<string, [up: number, down: number]>,
  work: (server: CountingServer) => Promise<void>,
) {
  const server = await startCountingServer()
  for (const [id, [up, down]] of Object.entries(votes)) server.votes.set(id, { up, down })
  await askBackground(context, 'setServer', { address: server.address })
  await work(server)
  await server.close()
}

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
  const counted = async () => {
    const reply = await fetch(`${server.address}/v1/scores`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ subjects: [subject] }),
    })
    const { scores } = (await reply.json()) as {
      scores: Record<string, { others: { up: number; down: number } }>
    }
    return scores[subject]?.others
  }
  await widget.getByRole('button', { name: 'Downvote' }).click()
  await expect.poll(counted).toEqual({ up: 0, down: 1 })
  await widget.getByRole('button', { name: 'Downvote' }).click()
  await expect.poll(counted).toEqual({ up: 0, down: 0 })
})
