import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  timeout: 60_000,
  // One file more at once than the cores of a small machine: many tests wait for what a page does by and by.
  workers: 3,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  // A shared machine may hold a browser up for seconds; what needed a second try is reported as flaky.
  retries: 1,
  reporter: [['list']],
  use: { actionTimeout: 15_000 },
})
