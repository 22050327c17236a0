import type { Told } from '../messages.ts'
import type { Store } from './store.ts'

/** What the background's verbs are handed, so that each can be run without a browser. */
export interface Context {
  store: Store
  fetch: typeof fetch
  /** Epoch milliseconds. */
  now(): number
  /** In [0, 1). */
  random(): number
  /** `storage.local`. */
  local: {
    get(key: string): Promise<Record<string, unknown>>
    set(items: Record<string, unknown>): Promise<void>
    remove(keys: string[]): Promise<void>
  }
  /** Tells every page that listens. Never rejects. */
  tell<K extends keyof Told>(name: K, told: Told[K]): Promise<void>
  /** Has the outbox looked at again at that time, even if the worker dies; undefined for no more. */
  wake(at: number | undefined): Promise<void>
  /** Starts what nobody waits for. A failure is logged once. */
  later(work: Promise<unknown>): void
  /** Work under way, by name: saves double work, and may be lost with the worker. */
  turns: Map<string, Promise<unknown>>
}
