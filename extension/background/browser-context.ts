import browser from 'webextension-polyfill'
import type { Told } from '../messages.ts'
import type { Context } from './context.ts'
import { openStore } from './store.ts'

/** The alarm that wakes the outbox. */
export const OUTBOX_ALARM = 'outbox'

/** Alarms may not come sooner; a timer bridges that, for as long as the worker lives. */
const SOONEST_ALARM = 30_000

/** The background's own context. `onWake` is called when a time given to `wake` has come. */
export function browserContext(forgePages: string[], onWake: () => void): Context {
  return {
    store: openStore(),
    fetch: (input, init) => fetch(input, init),
    now: Date.now,
    random: Math.random,
    local: {
      get: (key) => browser.storage.local.get(key),
      set: (items) => browser.storage.local.set(items),
      remove: (keys) => browser.storage.local.remove(keys),
    },
    tell: (name, told) =>
      name === 'statusChanged' ? tellOwnPages(name, told) : tellTabs(forgePages, name, told),
    wake: (at) => wake(at, onWake),
    later: (work) => void work.catch((error: unknown) => console.error('Forgemoot:', error)),
    turns: new Map(),
  }
}

async function tellTabs<K extends keyof Told>(pages: string[], told: K, payload: Told[K]) {
  const tabs = await browser.tabs.query({ url: pages }).catch(() => [])
  const tell = async ({ id }: browser.Tabs.Tab) =>
    id === undefined ? undefined : browser.tabs.sendMessage(id, { told, payload })
  // Tabs that were open before us, or show something else, do not listen.
  await Promise.allSettled(tabs.map(tell))
}

async function tellOwnPages<K extends keyof Told>(told: K, payload: Told[K]): Promise<void> {
  // Rejects when neither options nor popup is open.
  await browser.runtime.sendMessage({ told, payload }).catch(() => undefined)
}

let timer: ReturnType<typeof setTimeout> | undefined

async function wake(at: number | undefined, onWake: () => void): Promise<void> {
  clearTimeout(timer)
  if (at === undefined) {
    await browser.alarms.clear(OUTBOX_ALARM)
    return
  }
  const now = Date.now()
  if (at - now < SOONEST_ALARM) timer = setTimeout(onWake, Math.max(0, at - now))
  browser.alarms.create(OUTBOX_ALARM, { when: Math.max(at, now + SOONEST_ALARM) })
}
