/** The hosts whose pages we show something on, and whose subjects can be voted on. */
export const FORGES: readonly string[] = ['github.com']
