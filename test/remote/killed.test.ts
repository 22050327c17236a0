/** What holds when of three servers one is killed again and again, and their database too. */
import { expect, test, vi } from 'vitest'
import { killSeveral, STEPS } from '../load/killing-several.ts'

vi.setConfig({ testTimeout: 240_000 })

const KILLS = 6

test('three servers, one killed again and again, and their database too: only retries, and everything once', async () => {
  const done = await killSeveral({
    times: KILLS,
    pause: () => 1000,
    writers: 24,
    killsDatabase: true,
  })
  // A 401 would send people back to sign in, a 4xx would have their votes given up.
  expect(Object.keys(done.refusals).filter((status) => status !== '503')).toEqual([])
  expect(done.acknowledged).toBeGreaterThan(100)
  expect(done).toMatchObject({ acknowledged: done.sent, lost: 0, doubled: 0, wrong: 0 })
  expect(done.steps).toEqual(Array.from({ length: KILLS }, () => STEPS))
  expect(done.merges.toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: KILLS }, (_, index) => index + 1),
  )
  expect(done.checks).toBe(KILLS)
})
