/** How a conversation's page comes to know scores, what was unfolded and how noise is shown. */
import { browser } from 'wxt/browser'
import type { SubjectId } from '#shared/subject'
import { ask, onTold } from '../messages.ts'
import { NOISE_KEY, noiseOf, type NoiseSettings } from '../settings.ts'
import { forgetReasons, takesReasons } from '../state/reasons.ts'
import { forgetScores, learnScores } from '../state/scores.ts'

/** Comments found within this time are asked for together, in milliseconds. */
const GATHER = 60

export interface TalkKnowledge {
  /** Undefined until it has been read. */
  noise(): NoiseSettings | undefined
  isUnfolded(subject: SubjectId): boolean
  /** Whether the background has said what was unfolded before. */
  isTold(subject: SubjectId): boolean
  unfold(subject: SubjectId): void
  /** Has people who only wrote "+1" counted as reactions to the subject. */
  countAgreed(subject: SubjectId, people: number, isAll: boolean): void
  /** Asks the background for comments that this visit has not asked for yet. */
  want(comments: readonly SubjectId[]): void
  /** A new visit: everything may be asked for again. */
  reset(): void
}

/** `onNews` is called when something was learned that may change what is shown. */
export function startTalkKnowledge(onNews: () => void, signal: AbortSignal): TalkKnowledge {
  let noise: NoiseSettings | undefined
  const unfolded = new Set<SubjectId>()
  const told = new Set<SubjectId>()
  const asked = new Set<SubjectId>()
  const wanted = new Set<SubjectId>()
  let counted = ''
  let gathering: ReturnType<typeof setTimeout> | undefined

  async function send() {
    gathering = undefined
    const comments = [...wanted]
    wanted.clear()
    const answer = await ask('readTalk', { comments }).catch(() => undefined)
    if (signal.aborted) return
    if (!answer) {
      for (const each of comments) asked.delete(each)
      return
    }
    for (const each of comments) told.add(each)
    for (const each of answer.unfolded) unfolded.add(each)
    learnScores(answer.scores)
    takesReasons.value = answer.takesReasons
    onNews()
  }

  const unlisten = [
    onTold('scoresChanged', (news) => {
      learnScores(news)
      onNews()
    }),
    onTold('readerChanged', () => {
      forgetScores()
      forgetReasons()
      asked.clear()
      onNews()
    }),
  ]
  const onStored = (changes: Record<string, { newValue?: unknown }>) => {
    if (!(NOISE_KEY in changes)) return
    noise = noiseOf(changes[NOISE_KEY]?.newValue)
    onNews()
  }
  browser.storage.local.onChanged.addListener(onStored)
  async function readNoise() {
    // Without an answer, as from an extension that is gone, nothing is folded.
    const stored = await browser.storage.local.get(NOISE_KEY).catch(() => undefined)
    if (stored) noise ??= noiseOf(stored[NOISE_KEY])
    onNews()
  }
  void readNoise()
  signal.addEventListener('abort', () => {
    for (const each of unlisten) each()
    clearTimeout(gathering)
    browser.storage?.local?.onChanged.removeListener(onStored)
  })

  return {
    noise: () => noise,
    isUnfolded: (subject) => unfolded.has(subject),
    isTold: (subject) => told.has(subject),
    unfold(subject) {
      unfolded.add(subject)
      // Shown all the same; only the next visit will not know.
      ask('keepUnfolded', { subject }).catch(() => undefined)
    },
    countAgreed(subject, people, isAll) {
      const seen = `${subject} ${people} ${isAll}`
      if (seen === counted) return
      counted = seen
      ask('noteAgreed', { subject, people, isAll }).catch(() => undefined)
    },
    want(comments) {
      for (const each of comments) {
        if (asked.has(each)) continue
        asked.add(each)
        wanted.add(each)
      }
      if (wanted.size > 0) gathering ??= setTimeout(() => void send(), GATHER)
    },
    reset() {
      asked.clear()
    },
  }
}
