/** How the extension is doing, for its own pages, as signals that follow the background. */
import { signal } from '@preact/signals'
import { ask, onTold, type Status } from '../messages.ts'

/** Undefined until the background has answered. */
export const status = signal<Status | undefined>(undefined)

/** Why the background does not answer, for a person. */
export const silence = signal<string | undefined>(undefined)

/** Takes in a status that came as the answer to something else. */
export function learnStatus(news: Status): void {
  status.value = news
  silence.value = undefined
}

/** Reads the status, and again whenever the background says that it changed. */
export function followStatus(): () => void {
  void readStatus()
  return onTold('statusChanged', () => void readStatus())
}

async function readStatus(): Promise<void> {
  try {
    learnStatus(await ask('readStatus'))
  } catch (error) {
    silence.value = error instanceof Error ? error.message : String(error)
  }
}
