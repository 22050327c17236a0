/** How this page comes to know scores and settings: from storage at once, then from the background. */
import { browser } from 'wxt/browser'
import { repositoryOf, type SubjectId } from '#shared/subject'
import type { ListKind, ListView } from '../forges/forge.ts'
import { ask, onTold } from '../messages.ts'
import { type Shelf, shelfKey } from '../seen-score.ts'
import { DEFAULT_SETTINGS, type Settings, SETTINGS_KEY, settingsOf } from '../settings.ts'
import { offered } from '../state/order.ts'
import { forgetScores, knowsShelf, learnScores, learnShelf } from '../state/scores.ts'

/** Subjects found within this time are asked for together, in milliseconds. */
const GATHER = 60

export interface Knowledge {
  /** As stored; the defaults until they have been read. */
  settings(): Settings
  /** Whether what the order of such a list is worked out from has been read. */
  isReady(list: ListKind, rows: readonly { subject: SubjectId }[]): boolean
  /** Reads a repository's shelf before its rows are even there. */
  prepare(repository: string | undefined): void
  /** Asks the background for subjects that this visit has not asked for yet. */
  want(subjects: readonly SubjectId[], view: ListView | undefined, viewer: string | undefined): void
  /** A new visit: everything may be asked for again. */
  reset(): void
}

/** `onNews` is called when something was read that a page may have been waiting for. */
export function startKnowledge(onNews: () => void, signal: AbortSignal): Knowledge {
  let settings: Settings | undefined
  const reading = new Set<string>()
  const wanted = new Set<SubjectId>()
  let gathering: ReturnType<typeof setTimeout> | undefined
  const asked = new Set<SubjectId>()
  let where: { view: ListView | undefined; viewer: string | undefined } = {
    view: undefined,
    viewer: undefined,
  }

  async function read(keys: string[]) {
    const stored = await readStored(keys)
    if (keys.includes(SETTINGS_KEY)) settings = settingsOf(stored[SETTINGS_KEY])
    for (const key of keys) {
      if (key === SETTINGS_KEY) continue
      // Written by our own background only, through `shelve`.
      learnShelf(key.slice(shelfKey('').length), (stored[key] ?? {}) as Shelf)
    }
    onNews()
  }

  function readShelves(repositories: Iterable<string>, others: string[] = []) {
    const keys = [...repositories].filter((each) => !knowsShelf(each) && !reading.has(each))
    for (const each of keys) reading.add(each)
    if (keys.length + others.length > 0) void read([...others, ...keys.map(shelfKey)])
  }

  async function send() {
    const subjects = [...wanted]
    wanted.clear()
    gathering = undefined
    const { view, viewer } = where
    const answer = await ask('readScores', {
      subjects,
      ...(view && { view }),
      ...(viewer !== undefined && { viewer }),
    }).catch(() => undefined)
    if (signal.aborted) return
    if (!answer) {
      for (const subject of subjects) asked.delete(subject)
      return
    }
    offered.value = answer.orders
    learnScores(answer.scores)
  }

  const unlisten = onTold('scoresChanged', learnScores)
  const unlistenReader = onTold('readerChanged', () => {
    forgetScores()
    reading.clear()
    asked.clear()
    onNews()
  })
  const onStored = (changes: Record<string, { newValue?: unknown }>) => {
    if (SETTINGS_KEY in changes) settings = settingsOf(changes[SETTINGS_KEY]?.newValue)
  }
  browser.storage.local.onChanged.addListener(onStored)
  signal.addEventListener('abort', () => {
    unlisten()
    unlistenReader()
    clearTimeout(gathering)
    browser.storage?.local?.onChanged.removeListener(onStored)
  })

  return {
    settings: () => settings ?? DEFAULT_SETTINGS,
    isReady(list, rows) {
      const repositories = new Set(rows.map(({ subject }) => repositoryOf(subject)))
      readShelves(repositories)
      if (!settings) return false
      return settings.orders[list] === 'forge' || [...repositories].every(knowsShelf)
    },
    prepare(repository) {
      readShelves(repository ? [repository] : [], settings ? [] : [SETTINGS_KEY])
    },
    want(subjects, view, viewer) {
      for (const subject of subjects) {
        if (asked.has(subject)) continue
        asked.add(subject)
        wanted.add(subject)
      }
      where = { view, viewer }
      if (wanted.size > 0) gathering ??= setTimeout(() => void send(), GATHER)
    },
    reset() {
      asked.clear()
    },
  }
}

/** What is stored; nothing when it cannot be read, as by a script whose extension is gone. */
async function readStored(keys: string[]): Promise<Record<string, unknown>> {
  try {
    return await browser.storage.local.get(keys)
  } catch {
    return {}
  }
}
