/** The control above a list or a conversation. */
import type { Page } from '@playwright/test'

export const sortButton = (page: Page) =>
  page.locator('forgemoot-sort').getByRole('button', { name: 'Sort', exact: true })

export async function choose(page: Page, name: string) {
  await sortButton(page).click()
  await page.locator('forgemoot-sort').getByRole('menuitemradio', { name, exact: true }).click()
}
