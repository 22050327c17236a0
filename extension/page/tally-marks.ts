/** In lists of pull requests a mark beside the votes of those that are being voted on to be merged. */
import type { SubjectId } from '#shared/subject'
import { tallyMarkFeature } from '../features/tally-mark.ts'
import type { Forge, SubjectSlot } from '../forges/forge.ts'
import { ask } from '../messages.ts'
import type { TallyStates } from '../seen-tally.ts'
import { newWidget } from './mount.ts'

/** Between two looks at a list that changes, in milliseconds. */
const PAUSE = 250

interface Mark {
  subject: SubjectId
  words: string
  host: HTMLElement
}

export function startTallyMarks(forge: Forge, signal: AbortSignal, isAlive: () => boolean): void {
  const marks = new Map<HTMLElement, Mark>()
  const asked = new Set<SubjectId>()
  let states: TallyStates = {}
  let address = ''
  let timer: ReturnType<typeof setTimeout> | undefined

  function schedule() {
    if (!signal.aborted) timer ??= setTimeout(look, PAUSE)
  }

  function look() {
    timer = undefined
    if (signal.aborted || !isAlive()) return
    const here = location.href.split('#', 1)[0] ?? ''
    if (here !== address) {
      address = here
      asked.clear()
      states = {}
    }
    const page = forge.pageOf(new URL(here))
    const isList = page?.kind === 'list' && page.view.repository !== undefined
    const rows = isList ? forge.find(page, document).lists.flatMap((list) => list.rows) : []
    sync(rows)
    void learn(rows.map(({ subject }) => subject))
  }

  async function learn(subjects: readonly SubjectId[]) {
    const fresh = subjects.filter((subject) => !asked.has(subject))
    if (!fresh.length) return
    for (const subject of fresh) asked.add(subject)
    // Without an answer there is nothing to show: the votes themselves say what is wrong.
    const news = await ask('readTallyStates', { subjects: fresh }).catch(() => ({}))
    states = { ...states, ...news }
    schedule()
  }

  function sync(rows: readonly SubjectSlot[]) {
    const wanted = new Map(rows.map((row) => [row.host, row]))
    for (const [host, mark] of marks) {
      const state = states[mark.subject]
      const isTrue =
        wanted.get(host)?.subject === mark.subject &&
        mark.host.parentElement === host &&
        state?.words === mark.words
      if (isTrue) continue
      mark.host.remove()
      marks.delete(host)
    }
    for (const [host, { subject, within }] of wanted) {
      const state = states[subject]
      if (!state || marks.has(host) || !tallyMarkFeature.isShown(state)) continue
      if (!forge.isSettled(within)) {
        schedule()
        continue
      }
      const root = newWidget('state', { subject, forgemootOwn: 'tally' })
      tallyMarkFeature.draw(root, state)
      host.append(root.host)
      marks.set(host, { subject, words: state.words, host: root.host as HTMLElement }) // newWidget makes HTML elements
    }
  }

  function clear() {
    for (const { host } of marks.values()) host.remove()
    marks.clear()
  }

  for (const left of document.querySelectorAll('forgemoot-state[data-forgemoot-own]')) left.remove()
  const observer = new MutationObserver(schedule)
  observer.observe(document.documentElement, { subtree: true, childList: true })
  forge.watchNavigation(schedule, signal)
  forge.watchSnapshot(clear, signal)
  signal.addEventListener('abort', () => {
    observer.disconnect()
    clearTimeout(timer)
    clear()
  })
  schedule()
}
