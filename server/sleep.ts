import { setTimeout as wait } from 'node:timers/promises'

/** Waits, or rejects with the signal's reason once that is given. */
export async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  await wait(milliseconds, undefined, { signal }).catch(() => signal.throwIfAborted())
}
