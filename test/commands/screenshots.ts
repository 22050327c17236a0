/**
 * `npm run screenshots`: the pictures of README, taken from the local forge with people who have voted.
 * Their bytes depend on the machine's fonts, so they are made by hand and not compared by tests.
 */
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { startServer } from '../e2e/fixtures.ts'
import { launch } from '../e2e/launch.ts'
import { signIn } from '../e2e/own-pages.ts'
import { startForge } from '../forge/forge.ts'
import { BUILD } from './build.ts'
import { ROOT, runSteps } from './run.ts'
import { seedTallies } from './seed-tallies.ts'
import { seedVotes } from './seed-votes.ts'

const FOLDER = path.join(ROOT, 'docs')

if ((await runSteps(BUILD.slice(0, 1))) !== 0) process.exit(1)
mkdirSync(FOLDER, { recursive: true })
const forge = await startForge({ signedIn: 'ashdibble' })
const server = await startServer({
  FORGE_PORT: String(forge.port),
  FORGEMOOT_GITHUB_TOKEN: 'forge-token-forgemoot',
})
await seedVotes(server.address)
await seedTallies(server.address)
const context = await launch({ forgePort: forge.port })
await signIn(context, server.address, 'ada')
const page = await context.newPage()

for (const theme of ['light', 'dark']) {
  await page.setViewportSize({ width: 1100, height: 720 })
  await open(page, theme)
  await page.screenshot({
    path: path.join(FOLDER, `list-${theme}.png`),
    clip: { x: 0, y: 290, width: 1100, height: 400 },
  })
}

// A vote on merging: as a contributor finds it, and once it has passed.
await signIn(context, server.address, 'hazeltwine')
await page.setViewportSize({ width: 900, height: 900 })
for (const theme of ['light', 'dark']) {
  await openPull(page, 1839, theme)
  await panel(page).getByText('Who decided what').click()
  await panel(page).screenshot({ path: path.join(FOLDER, `merge-${theme}.png`) })
}
await openPull(page, 1868, 'light')
await panel(page).screenshot({ path: path.join(FOLDER, 'merge-before.png') })
await panel(page).getByRole('button', { name: 'For', exact: true }).click()
await panel(page).getByText('Merged by the vote.').first().waitFor()
await panel(page).getByText('History').click()
await panel(page).screenshot({ path: path.join(FOLDER, 'merge-after.png') })
await context.close()
await server.stop()
await forge.close()

/** The list by value, with everything that arrives late arrived. */
async function open(page: Page, theme: string) {
  await page.goto(`https://github.com/moot/garden/issues?forge-theme=${theme}`)
  const sort = page.locator('forgemoot-sort')
  await sort.getByRole('button', { name: 'Sort' }).click()
  await page.waitForTimeout(1500)
  await sort.getByRole('menuitemradio', { name: 'Value' }).click()
  await page.reload()
  await page.waitForTimeout(1500)
}

function panel(on: Page) {
  return on.locator('forgemoot-tally')
}

async function openPull(on: Page, number: number, theme: string) {
  await on.goto(`https://github.com/moot/garden/pull/${number}?forge-theme=${theme}`)
  await panel(on).waitFor()
  await on.waitForTimeout(500)
}
