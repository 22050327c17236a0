/** What a test may ask of a page of the stand-in forge. */
export interface PageHooks {
  /** Nodes of the page that are no longer where the page put them; empty when all is well. */
  integrity(): string[]
  /** Renders the list again with the same content. */
  rerender?(): void
  /** Forgets the secondary metadata, shows skeletons, asks again. */
  repaint?(): void
  /** A new row appears above the others. */
  prepend?(): void
  /** The first row leaves the list. */
  closeFirst?(): void
  /** Presses every button found in an open shadow root, by script. Hostile page only. */
  forgeClicks?(): number
  /** Rewrites the `data-subject` of every widget. Hostile page only. */
  forgeSubjects?(): number
}

declare global {
  interface Window {
    /** Everything that went wrong on the page, React's recoverable errors included. */
    __forgeErrors: string[]
    /** Links of the rows that were opened by a click beside their links. */
    __forgeRowClicks: string[]
    /** Set once React has taken over the server's HTML. */
    __forgeHydrated: boolean
    __forge: PageHooks
  }
}
