/**
 * Whether what was written down at `at` still holds after so many milliseconds. A time that is yet to come is
 * from before the clock of this computer was set back, and says nothing.
 */
export const isFresh = (at: number, lasts: number, now: number): boolean =>
  now - at < lasts && at - now < lasts
