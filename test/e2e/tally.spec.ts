/** Merging by vote, on the page: from opening the vote to a merged pull request. */
import { randomUUID } from 'node:crypto'
import type { BrowserContext, Page } from '@playwright/test'
import type { ImportReply, TallyReply } from '#shared/api/schema'
import { askerOf } from '../../server/testing.ts'
import { expect, startServer, test as base, until } from './fixtures.ts'
import { forgeErrors, GITHUB } from './github-pages.ts'
import { askBackground, signIn } from './own-pages.ts'
import { settle } from './page-tree.ts'

const REPO = 'github.com/moot/garden'
const NUMBER = 1868
const PULL = `${GITHUB}/moot/garden/pull/${NUMBER}`

interface Voting {
  address: string
  /** What somebody else does, without a browser. */
  as(login: string, path: string, body: object): Promise<unknown>
  vote(login: string, choice: string, reason?: string): Promise<unknown>
  read(): Promise<TallyReply>
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
  await panel(page).screenshot({ path: '/tmp/panel-open.png' })
  // Somebody else, and the page is not loaded again.
  await voting.vote('umberroot', 'for')
  await expect(status(page)).toContainText('1 more in favour', { timeout: 15_000 })
  for (const login of ['gladewalker', 'nasturtium', 'cloverpike']) await voting.vote(login, 'for')
  await expect(status(page)).toContainText('It passed: nobody left could have prevented it.', {
    timeout: 15_000,
  })
  await expect(status(page)).toContainText('Merged by the vote.', { timeout: 15_000 })
  expect(forge.code().merges).toMatchObject([{ number: NUMBER }])
  await panel(page).screenshot({ path: '/tmp/panel-merged.png' })
  expect(await forgeErrors(page)).toEqual([])
})
