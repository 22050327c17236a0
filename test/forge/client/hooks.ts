/** What a test may ask of a page of the stand-in forge, as `window.__forge`. */
export interface PageHooks {
  /** Nodes of the page that are no longer where the page put them; empty when all is well. */
  integrity(): string[]
  /** The page has changed its own nodes: `integrity` compares with these from now on. */
  settled(): void
  /** Renders the list again with the same content. */
  rerender?(): void
  /** Forgets the secondary metadata, shows skeletons, asks again. */
  repaint?(): void
  /** A new row appears above the others. */
  prepend?(): void
  /** The first row leaves the list. */
  closeFirst?(): void
  /** The header of an issue or pull request is drawn anew, as another element. */
  replaceHeader?(): void
  /** What others did meanwhile appears: comments written, edited, hidden or deleted. */
  refresh?(): Promise<void>
  /** Presses every button found in an open shadow root, by script. Hostile page only. */
  forgeClicks?(): number
  /** Rewrites the `data-subject` of every widget. Hostile page only. */
  forgeSubjects?(): number
}

/** Filled by the page's script; the server renders without it. */
export const hooks: PageHooks = { integrity: () => [], settled: () => undefined }

/** `window.__forgeErrors`: everything that went wrong, React's recoverable errors included. */
export const errors: string[] = []

/** `window.__forgeRowClicks`: links of the rows that were opened by a click beside their links. */
export const rowClicks: string[] = []
