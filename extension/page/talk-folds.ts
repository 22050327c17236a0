/**
 * What is shown as one line. The forge's nodes stay as and where they are: an attribute has our sheet not
 * show them, beside a line of ours that says why and opens them.
 */
import { isAgreement } from '#shared/agreement'
import { isNoise } from '#shared/noise'
import type { SubjectId } from '#shared/subject'
import { foldFeature } from '../features/fold.ts'
import type { CommentSlot } from '../forges/forge.ts'
import { scoreOf } from '../state/scores.ts'
import { newWidget } from './mount.ts'
import type { TalkKnowledge } from './talk-knowledge.ts'

const FOLDED = 'data-forgemoot-folded'

interface Fold {
  subject: SubjectId
  why: string
  host: HTMLElement
}

/** What is known of the reader where it is decided what is folded. */
export interface FoldReader {
  /** Their login at the forge, in whatever case. */
  viewer: string | undefined
  /** Comments that they came for, or voted on during this visit. */
  touched: ReadonlySet<SubjectId>
}

export interface FoldCounts {
  /** How many are worth a line only, folded or not. */
  folded: number
  /** How many people only agreed. */
  agreed: number
}

export function talkFolds(knowledge: TalkKnowledge, onOpen: () => void) {
  const placed = new Map<HTMLElement, Fold>()

  function begin(whole: HTMLElement, { subject }: CommentSlot, why: string) {
    const root = newWidget(foldFeature.id, { talk: 'fold', forgemootOwn: 'talk' })
    const host = root.host as HTMLElement // newWidget makes HTML elements
    foldFeature.draw(root, {
      why,
      open() {
        knowledge.unfold(subject)
        end(whole)
        focusOn(whole)
        onOpen()
      },
    })
    whole.append(host)
    whole.setAttribute(FOLDED, '')
    placed.set(whole, { subject, why, host })
  }

  function end(whole: HTMLElement) {
    placed.get(whole)?.host.remove()
    placed.delete(whole)
    whole.removeAttribute(FOLDED)
  }

  return {
    /** Folds and unfolds until all is as it should be. Answers how much there is to fold. */
    sync(
      comments: readonly CommentSlot[],
      reader: FoldReader,
      isSettled: (element: Element) => boolean,
    ): FoldCounts {
      const noise = knowledge.noise()
      const wanted = new Map<HTMLElement, string>()
      const agreed = new Set<string>()
      let folded = 0
      for (const comment of noise ? comments : []) {
        const { whole, subject, author } = comment
        if (!noise || !whole || isSpared(comment, reader)) continue
        const why = reasonFor(comment, noise.below)
        if (why === undefined) continue
        folded += 1
        if (why === AGREED) agreed.add(author?.toLowerCase() ?? subject)
        const isOpen = knowledge.isUnfolded(subject) || reader.touched.has(subject)
        const isBusy = !placed.has(whole) && whole.matches(':focus-within')
        if (noise.folds && knowledge.isTold(subject) && !isOpen && !isBusy)
          wanted.set(whole, lineOf(comment, why))
      }
      for (const [whole, { host, why }] of placed)
        if (wanted.get(whole) !== why || host.parentElement !== whole) end(whole)
      for (const comment of comments) {
        const { whole } = comment
        const why = whole && wanted.get(whole)
        if (whole && why !== undefined && !placed.has(whole) && isSettled(comment.within))
          begin(whole, comment, why)
      }
      // Who turned this off has nothing counted either.
      return { folded, agreed: noise?.folds ? agreed.size : 0 }
    },
    has: (element: Element): boolean => [...placed.values()].some(({ host }) => host === element),
    isFolded: (subject: SubjectId): boolean =>
      [...placed.values()].some((fold) => fold.subject === subject),
    clear(): void {
      for (const whole of placed.keys()) end(whole)
      // What an earlier instance of this script left.
      for (const left of document.querySelectorAll(`[${FOLDED}]`)) left.removeAttribute(FOLDED)
    },
  }
}

const AGREED = 'agreed'

/** The reader's own, what may be theirs, and what the forge has folded already. */
function isSpared({ author, isOwn, isMinimized }: CommentSlot, { viewer }: FoldReader): boolean {
  if (isOwn || isMinimized) return true
  if (viewer === undefined) return false
  return author === undefined || author.toLowerCase() === viewer.toLowerCase()
}

/** Why a comment is worth no more than a line; undefined when it is. */
function reasonFor(comment: CommentSlot, below: number): 'noise' | typeof AGREED | undefined {
  if (isNoise(scoreOf(comment.subject).peek(), below)) return 'noise'
  const text = comment.text()
  return text !== undefined && isAgreement(text) ? AGREED : undefined
}

function lineOf({ author, subject }: CommentSlot, why: 'noise' | typeof AGREED): string {
  const who = author ?? 'Somebody'
  if (why === AGREED) return `${who} only wrote +1: counted as a reaction`
  const { contributors, value } = scoreOf(subject).peek()
  const { up, down } = contributors
  return `Comment by ${who}, which contributors find of little value (${value.toFixed(2)}; ${up} up, ${down} down)`
}

/** The line that had the focus is gone: what it stood for has it. */
function focusOn(whole: HTMLElement) {
  const first = whole.querySelector<HTMLElement>('a[href], button, [tabindex]')
  first?.focus({ preventScroll: true })
}
