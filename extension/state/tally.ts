/** A vote on merging as this page follows it, and what its reader does about it. */
import { signal } from '@preact/signals-core'
import { repositoryOf, type SubjectId } from '#shared/subject'
import { ask, onTold, Refusal } from '../messages.ts'
import type { Choice, SeenTally } from '../seen-tally.ts'

/** How often others' ballots are asked for while the page is looked at, in milliseconds. */
const PAUSE = 5000

/** After how many looks in a row without an answer the reader is told: one may always get lost. */
const LOST = 2

/** A ballot on its way, or one that did not arrive: sent again it is the same one. */
interface Sending {
  id: string
  choice: Choice
  reason: string
  head: string
}

export interface Following {
  /** Undefined until something is known; null when there is nothing to show here. */
  seen: SeenTally | null | undefined
  /** What is being done, and what last went wrong, for a person. */
  busy: boolean
  problem: string
  /** When that was known which is shown, epoch milliseconds, once the server does not answer any more. */
  lostSince: number | null
  /** The ballot that did not arrive. */
  unsent: Sending | undefined
}

export function followTally(subject: SubjectId) {
  const state = signal<Following>({
    seen: undefined,
    busy: false,
    problem: '',
    lostSince: null,
    unsent: undefined,
  })
  let failures = 0
  let knownAt = 0
  const ending = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const change = (news: Partial<Following>) => {
    if (!ending.signal.aborted) state.value = { ...state.peek(), ...news }
  }

  async function refresh() {
    clearTimeout(timer)
    try {
      const seen = (await ask('readTally', { subject })) ?? null
      failures = 0
      knownAt = Date.now()
      change({ lostSince: null, ...(!state.peek().busy && { seen }) })
    } catch {
      // What was known stays on the page; the next look may find the server there again.
      failures++
      if (state.peek().seen === undefined) change({ seen: null })
      else if (failures >= LOST) change({ lostSince: knownAt })
    }
    if (!ending.signal.aborted && !document.hidden && state.peek().seen !== null) {
      timer = setTimeout(() => void refresh(), PAUSE)
    }
  }

  /** One thing at a time; true when it was done. */
  async function act(work: () => Promise<SeenTally>): Promise<boolean> {
    if (state.peek().busy) return false
    change({ busy: true, problem: '' })
    try {
      change({ seen: await work(), busy: false, lostSince: null })
      failures = 0
      knownAt = Date.now()
      return true
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error)
      change({ busy: false, problem })
      // Whatever was refused was so because something is otherwise than it is shown.
      if (error instanceof Refusal) void refresh()
      return false
    }
  }

  async function send(ballot: Sending) {
    change({ unsent: ballot })
    const isCast = await act(() => ask('castBallot', { ...ballot, subject }))
    if (isCast) change({ unsent: undefined })
  }

  const unlisten = onTold('readerChanged', () => void refresh())
  document.addEventListener('visibilitychange', () => void refresh(), { signal: ending.signal })
  void refresh()

  return {
    state,
    cast: (choice: Choice, reason: string, head: string) =>
      send({ id: crypto.randomUUID(), choice, reason, head }),
    sendAgain() {
      const { unsent } = state.peek()
      if (unsent) void send(unsent)
    },
    open: () => act(() => ask('openTally', { subject })),
    stop: (reason: string) => act(() => ask('endTally', { subject, reason })),
    delegate: (to: string | null) =>
      act(async () => {
        const id = crypto.randomUUID()
        await ask('delegateVote', { id, repo: repositoryOf(subject), to })
        const seen = await ask('readTally', { subject })
        return seen ?? { tally: null, record: '', none: '', isSignedIn: true }
      }),
    end() {
      ending.abort()
      clearTimeout(timer)
      unlisten()
    },
  }
}
