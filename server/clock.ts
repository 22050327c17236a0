/** Epoch milliseconds, the same on every thread. Tests lend some to have it later than it is. */
export interface Clock {
  now(): number
  /** Milliseconds that it is ahead by, shared by the threads; undefined where time is what it is. */
  ahead: SharedArrayBuffer | undefined
}

export function clockOf(ahead?: SharedArrayBuffer): Clock {
  if (!ahead) return { now: Date.now, ahead }
  const milliseconds = new BigInt64Array(ahead)
  return { now: () => Date.now() + Number(Atomics.load(milliseconds, 0)), ahead }
}
