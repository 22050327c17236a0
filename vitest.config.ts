import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { WxtVitest } from 'wxt/testing/vitest-plugin'

// Vitest 5 reports failures through this, which Node 20 does not have yet.
// TODO [2027-04-30]: drop when Node 20 is not supported any more.
Map.groupBy ??= (items, keyOf) => {
  const groups = new Map()
  let index = 0
  for (const item of items) {
    const key = keyOf(item, index++)
    groups.set(key, [...(groups.get(key) ?? []), item])
  }
  return groups
}

/** A machine that others use may be slow; only what hangs fails for its time, in milliseconds. */
const PATIENCE = 30_000

export default defineConfig({
  test: {
    // Many tests wait for a disk, a process or a clock: one file more at once than there are cores.
    maxWorkers: availableParallelism() + 1,
    projects: [
      {
        // The tests of the server once more, each of its databases a remote one: see server/testing-database.ts.
        test: {
          name: 'remote',
          environment: 'node',
          env: { FORGEMOOT_TEST_DATABASE: 'remote' },
          include: ['server/**/*.test.ts', 'test/{import,tally,remote}/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'node',
          environment: 'node',
          testTimeout: PATIENCE,
          hookTimeout: PATIENCE,
          include: [
            '{shared,server}/**/*.test.ts',
            'test/*.test.ts',
            'test/import/*.test.ts',
            'test/tally/*.test.ts',
            'test/forge/**/*.test.ts',
            'test/vectors/*.test.ts',
            'test/fuzz/*.test.ts',
            'test/bench/*.test.ts',
          ],
        },
      },
      {
        plugins: [WxtVitest()],
        test: {
          name: 'extension',
          environment: 'happy-dom',
          testTimeout: PATIENCE,
          hookTimeout: PATIENCE,
          environmentOptions: { happyDOM: { url: 'https://github.com/o/r/issues' } },
          include: ['extension/**/*.test.{ts,tsx}'],
        },
      },
      {
        test: {
          name: 'firefox',
          environment: 'node',
          include: ['test/firefox/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
