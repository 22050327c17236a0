import { MERGE_BOXES } from './slots.ts'

/** The element that a pull request is merged in; what is about merging goes right before it. */
export function findMergeBox(document: Document): HTMLElement | undefined {
  for (const { selector } of MERGE_BOXES) {
    const box = document.querySelector<HTMLElement>(selector)
    if (box?.parentElement) return box
  }
  return undefined
}
