import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  timeout: 60_000,
  workers: 2,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  // A shared machine may hold a browser up for seconds; what needed a second try is reported as flaky.
  retries: 1,
  reporter: [['list']],
  use: { actionTimeout: 15_000 },
})
