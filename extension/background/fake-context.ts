/** A context without a browser, for tests. */
import 'fake-indexeddb/auto'
import type { Told } from '../messages.ts'
import { SETTINGS_KEY } from '../settings.ts'
import type { Context } from './context.ts'
import { openStore, type Store } from './store.ts'

export const SERVER = 'https://moot.example'

export interface FakeContext extends Context {
  clock: { time: number }
  shelf: Map<string, unknown>
  told: { [K in keyof Told]: { name: K; told: Told[K] } }[keyof Told][]
  /** The last time given to `wake`. */
  wakesAt: number | undefined
  /** Ends when nothing is under way any more. */
  settled(): Promise<void>
}

let opened = 0

/** A context with its own empty database, or over what another one left behind. */
export function fakeContext(
  fetch: typeof globalThis.fetch,
  left: { store?: Store; shelf?: Map<string, unknown>; clock?: { time: number } } = {},
): FakeContext {
  const shelf = left.shelf ?? new Map<string, unknown>([[SETTINGS_KEY, { server: SERVER }]])
  const clock = left.clock ?? { time: Date.UTC(2026, 9, 1) }
  let running: Promise<unknown>[] = []
  const context: FakeContext = {
    store: left.store ?? openStore(`test-${++opened}`),
    fetch,
    // Time passes with every look at the clock, as it does.
    now: () => clock.time++,
    random: () => 0.5,
    local: {
      get: async (key) => (shelf.has(key) ? { [key]: shelf.get(key) } : {}),
      set: async (items) => {
        // As it is stored: undefined is dropped.
        const stored = JSON.parse(JSON.stringify(items)) as Record<string, unknown>
        for (const [key, value] of Object.entries(stored)) shelf.set(key, value)
      },
      remove: async (keys) => {
        for (const key of keys) shelf.delete(key)
      },
    },
    tell: async (name, told) => {
      context.told.push({ name, told } as FakeContext['told'][number])
    },
    wake: async (at) => {
      context.wakesAt = at
    },
    later: (work) => void running.push(work),
    turns: new Map(),
    clock,
    shelf,
    told: [],
    wakesAt: undefined,
    settled: async () => {
      while (running.length > 0) {
        const all = running
        running = []
        await Promise.all(all)
      }
    },
  }
  return context
}
