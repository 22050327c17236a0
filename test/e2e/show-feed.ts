import type { Page } from '@playwright/test'

/** Chooses "Whole repository" on a list, as a reader does, and waits for its first rows. */
export async function showFeed(page: Page): Promise<void> {
  const sort = page.locator('forgemoot-sort')
  const whole = sort.getByRole('menuitemradio', { name: 'Whole repository' })
  // Whether the server has feeds is known once it has answered.
  for (let tries = 0; tries < 50 && !(await whole.isVisible()); tries++) {
    await page.keyboard.press('Escape')
    await sort.getByRole('button', { name: 'Sort', exact: true }).click()
    await page.waitForTimeout(200)
  }
  await whole.click()
  await page.locator('forgemoot-feed').getByRole('listitem').first().waitFor()
}
