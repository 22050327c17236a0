import { ORDERS, type Order } from '#shared/ranking'
import { LIST_KINDS, type ListKind } from './forges/forge.ts'

/**
 * Every setting that a page may know, in `storage.local` under one key. Nothing secret belongs here:
 * content scripts can read it. Tokens live in the background's database.
 */
export interface Settings {
  /** The server's origin; undefined for none. */
  server: string | undefined
  /** The order in which each kind of list is shown at the start of a visit. */
  orders: Record<ListKind, Order>
}

/** How what is worth little is shown in conversations. Stored apart: no list needs to know. */
export interface NoiseSettings {
  /** Whether it is shown as one line. */
  folds: boolean
  /** Comments of a value below this are. */
  below: number
}

export const NOISE_KEY = 'noise'

export const DEFAULT_NOISE: NoiseSettings = { folds: true, below: 0.08 }

export const SETTINGS_KEY = 'settings'

export const DEFAULT_SETTINGS: Settings = {
  server: 'http://127.0.0.1:8787',
  orders: { issues: 'forge', pulls: 'forge', dashboard: 'forge', mixed: 'forge' },
}

/** Settings out of whatever is stored: what cannot be read is as by default. */
export function settingsOf(stored: unknown): Settings {
  const { server, orders } = (stored ?? {}) as Partial<Record<keyof Settings, unknown>>
  const known = { ...DEFAULT_SETTINGS.orders }
  for (const list of LIST_KINDS) {
    const order = (orders as Partial<Record<ListKind, unknown>> | undefined)?.[list]
    if (ORDERS.includes(order as Order)) known[list] = order as Order
  }
  const address = typeof server === 'string' || server === null ? server : DEFAULT_SETTINGS.server
  return { server: address || undefined, orders: known }
}

/** The same for noise. */
export function noiseOf(stored: unknown): NoiseSettings {
  const { folds, below } = (stored ?? {}) as Partial<Record<keyof NoiseSettings, unknown>>
  const isBelow = typeof below === 'number' && below >= 0 && below <= 1
  return {
    folds: typeof folds === 'boolean' ? folds : DEFAULT_NOISE.folds,
    below: isBelow ? below : DEFAULT_NOISE.below,
  }
}
