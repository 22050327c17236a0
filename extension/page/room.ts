/**
 * What the document says of itself to the forge's `room.css`: what page it is, so that room is kept for
 * widgets before they come, and whether rows wait unpainted until their order has been read. Attributes
 * of the root element only: the page's own scripts do not look there.
 */
import type { Page } from '../forges/forge.ts'

/** How long rows that are there wait at most, in milliseconds: storage answers before, as a rule. */
const PATIENCE = 250

/** How long anything may stay unpainted, whatever happens. */
const LAST_RESORT = 3000

let release: ReturnType<typeof setTimeout> | undefined
let isHurried = false

export const room = {
  keep(kind: Page['kind'] | undefined): void {
    const { dataset } = document.documentElement
    if (kind) dataset['forgemoot'] = kind
    else delete dataset['forgemoot']
    room.releaseRows()
  },
  /** Rows wait from now on, before they are even there. */
  holdRows(): void {
    document.documentElement.dataset['forgemootHolds'] = ''
    isHurried = false
    release = setTimeout(room.releaseRows, LAST_RESORT)
  },
  /** Rows are there: their wait has an end. */
  hurryRows(): void {
    if (isHurried) return
    isHurried = true
    clearTimeout(release)
    release = setTimeout(room.releaseRows, PATIENCE)
  },
  releaseRows(): void {
    clearTimeout(release)
    delete document.documentElement.dataset['forgemootHolds']
  },
}
