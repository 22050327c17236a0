/** Merging by vote, on the page: from opening the vote to a merged pull request. */
import { randomUUID } from 'node:crypto'
import type { BrowserContext, Page } from '@playwright/test'
import type { ImportReply } from '#shared/api/imports'
import type { TallyReply } from '#shared/api/tallies'
import { askerOf } from '../../server/testing.ts'
import { faultsInThemes } from './axe.ts'
import { expect, startServer, test as base, until } from './fixtures.ts'
import { forgeErrors, GITHUB } from './github-pages.ts'
import { askBackground, signIn } from './own-pages.ts'
import { movedNodes, rememberNodes, settle } from './page-tree.ts'

const REPO = 'github.com/moot/garden'
const NUMBER = 1868
const PULL = `${GITHUB}/moot/garden/pull/${NUMBER}`

interface Voting {
  address: string
  /** What somebody else does, without a browser. */
  as(login: string, path: string, body: object): Promise<unknown>
  vote(login: string, choice: string, reason?: string): Promise<unknown>
  read(): Promise<TallyReply>
  /** Takes the server away. */
  stop(): Promise<void>
}

/** A server that has imported the repository and may merge in it. */
const test = base.extend<{ voting: Voting }>({
  voting: async ({ forge }, use) => {
    const server = await startServer({
      FORGE_PORT: String(forge.port),
      FORGEMOOT_GITHUB_TOKEN: 'forge-token-forgemoot',
    })
    const ask = askerOf(server.address)
    const tokens = new Map<string, string>()
    const voting: Voting = {
      address: server.address,
      async as(login, path, body) {
        if (!tokens.has(login)) {
          const signedIn = await ask('/auth/local', { body: { login } })
          tokens.set(login, (signedIn.body as { token: string }).token)
        }
        return (await ask(path, { token: tokens.get(login), body })).body
      },
      async vote(login, choice, reason = '') {
        const { head } = await voting.read()
        const subject = `${REPO}#${NUMBER}`
        const ballot = { id: randomUUID(), subject, head, choice, reason }
        return voting.as(login, '/v1/ballots', ballot)
      },
      async read() {
        const query = new URLSearchParams({ subject: `${REPO}#${NUMBER}` })
        return (await ask(`/v1/tallies?${query}`)).body as TallyReply
      },
      stop: () => server.stop(),
    }
    const { id } = (await voting.as('ada', '/v1/imports', { repo: REPO })) as ImportReply
    const token = tokens.get('ada')
    await until(async () => {
      const { body } = await ask(`/v1/imports/${id}`, { token })
      return (body as ImportReply).status === 'done'
    }, 60_000)
    await use(voting)
    await server.stop()
  },
})

const panel = (page: Page) => page.locator('forgemoot-tally')
const choice = (page: Page, name: string) => panel(page).getByRole('button', { name, exact: true })
const status = (page: Page) => panel(page).locator('[data-status]')

async function visit(page: Page, context: BrowserContext, voting: Voting, login?: string) {
  if (login) await signIn(context, voting.address, login)
  else await askBackground(context, 'setServer', { address: voting.address })
  await page.goto(PULL)
  await settle(page)
  await expect(panel(page)).toBeVisible()
}

test('a contributor opens the vote, votes, sees others vote, and the pull request is merged', async ({
  page,
  context,
  forge,
  voting,
}) => {
  test.slow()
  forge.control.signIn('hazeltwine')
  await visit(page, context, voting, 'hazeltwine')
  await expect(status(page)).toHaveText('No vote on merging this has been opened yet.')
  await choice(page, 'Open the vote').click()
  await expect(status(page)).toContainText(
    '3 more in favour; 9 of 9 members may still vote; ends in 2 days.',
  )
  await expect(panel(page)).toHaveAttribute('data-subject', `${REPO}#${NUMBER}`)
  await choice(page, 'For').click()
  await expect(choice(page, 'For')).toHaveAttribute('aria-pressed', 'true')
  await expect(status(page)).toContainText('2 more in favour')
  // Somebody else, and the page is not loaded again.
  await voting.vote('umberroot', 'for')
  await expect(status(page)).toContainText('1 more in favour', { timeout: 15_000 })
  for (const login of ['gladewalker', 'nasturtium', 'cloverpike']) await voting.vote(login, 'for')
  await expect(status(page)).toContainText('It passed: nobody left could have prevented it.', {
    timeout: 15_000,
  })
  await expect(status(page)).toContainText('Merged by the vote.', { timeout: 15_000 })
  expect(forge.code().merges).toMatchObject([{ number: NUMBER }])
  expect(await forgeErrors(page)).toEqual([])
})

test('the code changes under the reader: their ballot does not count, what changed is one click away', async ({
  page,
  context,
  forge,
  voting,
}) => {
  test.slow()
  await voting.as('hazeltwine', '/v1/tallies', { subject: `${REPO}#${NUMBER}` })
  await visit(page, context, voting, 'hazeltwine')
  await choice(page, 'For').click()
  await expect(choice(page, 'For')).toHaveAttribute('aria-pressed', 'true')
  const seen = (await voting.read()).head
  forge.code().push(NUMBER, { 'src/more.js': 'more()\n' })
  // Who votes on what they saw is told that it is not that any more, and loses nothing.
  const note = panel(page).getByText('The code changed since you voted “for”')
  await expect(async () => {
    await voting.vote('umberroot', 'abstain')
    await expect(note).toBeVisible({ timeout: 6000 })
  }).toPass({ timeout: 180_000 })
  await expect(choice(page, 'For')).toHaveAttribute('aria-pressed', 'false')
  const compare = panel(page).getByRole('link', { name: 'See what changed' })
  const { head } = await voting.read()
  await expect(compare).toHaveAttribute('href', `https://${REPO}/compare/${seen}...${head}`)
  await choice(page, 'For').click()
  await expect(note).toBeHidden()
  await expect(choice(page, 'For')).toHaveAttribute('aria-pressed', 'true')
  // Pressed again it is taken back.
  await choice(page, 'For').click()
  await expect(choice(page, 'For')).toHaveAttribute('aria-pressed', 'false')
  expect((await voting.read()).counts).toMatchObject({ for: 0 })
})

test('a maintainer objects, and ends the vote with a reason; words of people stay words', async ({
  page,
  context,
  voting,
}) => {
  test.slow()
  const hostile = '<img src=x onerror="window.hacked=1"> \u202Egnp.exe {{7*7}} </textarea>'
  await voting.as('hazeltwine', '/v1/tallies', { subject: `${REPO}#${NUMBER}` })
  await voting.vote('umberroot', 'against', hostile)
  await visit(page, context, voting, 'alderfoot')
  await panel(page).getByLabel('Reason', { exact: true }).fill('it has no tests')
  await choice(page, 'Against').click()
  await expect(status(page)).toContainText('Held up by a veto of alderfoot')
  await panel(page).getByText('Who decided what').click()
  await expect(panel(page).locator('.reason').filter({ hasText: hostile })).toBeVisible()
  await expect(panel(page).locator('.reason').filter({ hasText: 'it has no tests' })).toBeVisible()
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false)
  await panel(page).getByLabel('Reason', { exact: true }).fill('opened by mistake')
  await choice(page, 'End without a decision').click()
  await expect(status(page)).toContainText('It was ended without a decision: opened by mistake')
  await panel(page).getByText('History').click()
  await expect(
    panel(page).getByText('ended without a decision: opened by mistake').last(),
  ).toBeVisible()
  await expect(choice(page, 'Open the vote')).toBeVisible()
  // What is shown stays when the server goes, and says that it is not kept up.
  await voting.stop()
  await expect(panel(page)).toContainText(
    'The server does not answer. This is how the vote stood at',
    { timeout: 60_000 },
  )
  await expect(status(page)).toContainText('It was ended without a decision: opened by mistake')
  await choice(page, 'Open the vote').click()
  await expect(panel(page).getByRole('alert')).not.toContainText('how the vote stood')
})

test('axe finds nothing in the panel in five themes; it works by keyboard and not for scripts', async ({
  page,
  context,
  voting,
}) => {
  test.slow()
  await voting.as('hazeltwine', '/v1/tallies', { subject: `${REPO}#${NUMBER}` })
  await voting.vote(
    'umberroot',
    'against',
    'a reason of some length, so that it is seen how it wraps',
  )
  await voting.vote('gladewalker', 'abstain')
  await visit(page, context, voting, 'hazeltwine')
  // A script of the page reaches into the open shadow root, and is not a person.
  await page.evaluate(() => {
    const root = document.querySelector('forgemoot-tally')?.shadowRoot
    for (const button of root?.querySelectorAll('button') ?? []) button.click()
  })
  await page.waitForTimeout(300)
  expect((await voting.read()).ballots).toHaveLength(2)
  await choice(page, 'Abstain').focus()
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Space')
  await expect(choice(page, 'For')).toHaveAttribute('aria-pressed', 'true')
  for (const name of ['Who decided what', 'The rule', 'History']) {
    await panel(page).getByText(name, { exact: true }).click()
  }
  expect(await faultsInThemes(page, ['forgemoot-tally'])).toEqual([])
  await page.setViewportSize({ width: 390, height: 800 })
  const wide = await panel(page).evaluate((host) => {
    const section = host.shadowRoot?.querySelector('section')
    return (section?.scrollWidth ?? 0) - (section?.clientWidth ?? 0)
  })
  expect(wide).toBe(0)
})

test('one panel on a pull request, none elsewhere, and the page’s own nodes are not touched', async ({
  page,
  context,
  forge,
  voting,
}) => {
  test.slow()
  // Not drawn anew by the forge itself while its nodes are compared.
  forge.control.delays({ mergePoll: 60_000 })
  await voting.as('hazeltwine', '/v1/tallies', { subject: `${REPO}#${NUMBER}` })
  await visit(page, context, voting)
  await expect(choice(page, 'For')).toBeHidden() // nobody is signed in
  await expect(panel(page)).toContainText('Sign in to vote.')
  await rememberNodes(page)
  await page.waitForTimeout(800)
  expect(await movedNodes(page)).toEqual([])
  forge.control.delays({ mergePoll: 300 })
  await page.reload()
  await expect(panel(page)).toBeVisible()
  await page.waitForTimeout(1200) // the box beside it is drawn anew some times
  await expect(panel(page)).toHaveCount(1)
  const isBefore = await panel(page).evaluate(
    (host) => (host.nextElementSibling as HTMLElement | null)?.dataset['testid'],
  )
  expect(isBefore).toBe('mergebox-partial')
  await page.getByRole('tab', { name: 'Files changed' }).click()
  await expect(panel(page)).toHaveCount(0)
  await page.goBack()
  await expect(panel(page)).toHaveCount(1)
  await page.goto(`${GITHUB}/moot/garden/issues/100`)
  await expect(page.locator('forgemoot-vote').first()).toBeVisible()
  await expect(panel(page)).toHaveCount(0)
  // A repository that the server knows nothing of.
  await page.goto(`${GITHUB}/moot/pond/pulls`)
  await page.locator('.js-issue-row a.markdown-title').first().click()
  await expect(page.locator('forgemoot-vote[data-slot="title"]')).toBeVisible()
  await page.waitForTimeout(800)
  await expect(panel(page)).toHaveCount(0)
  expect(await forgeErrors(page)).toEqual([])
})

test('lists of pull requests show how votes stand; the older merge box has the panel before it too', async ({
  page,
  context,
  voting,
}) => {
  test.slow()
  await voting.as('hazeltwine', '/v1/tallies', { subject: `${REPO}#${NUMBER}` })
  await signIn(context, voting.address, 'hazeltwine')
  for (const form of ['', '?forge-form=react']) {
    await page.goto(`${GITHUB}/moot/garden/pulls${form}`)
    await settle(page)
    const mark = page.locator('forgemoot-state')
    await expect(mark).toHaveCount(1)
    await expect(mark).toHaveAttribute(
      'aria-label',
      'Vote on merging: 3 more in favour; 9 of 9 members may still vote',
    )
    await expect(mark).toHaveAttribute('data-subject', `${REPO}#${NUMBER}`)
    const isInItsRow = await mark.evaluate((host) => {
      const vote = host.parentElement?.querySelector('forgemoot-vote') as HTMLElement | null
      return vote?.dataset['subject'] === (host as HTMLElement).dataset['subject']
    })
    expect(isInItsRow).toBe(true)
  }
  await page.goto(`${GITHUB}/moot/garden/issues`)
  await settle(page)
  await expect(page.locator('forgemoot-state')).toHaveCount(0)

  await page.goto(`${PULL}?forge-form=rails`)
  await expect(panel(page)).toBeVisible()
  expect(await panel(page).evaluate((host) => host.nextElementSibling?.id)).toBe(
    'partial-pull-merging',
  )
  expect(await forgeErrors(page)).toEqual([])
})
