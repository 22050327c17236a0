/**
 * What this page knows of subjects' worth. A score is a signal: whoever draws it follows it. A vote
 * moves every widget of its subject in the frame of the click, and comes back if it cannot be kept.
 */
import { batch, type ReadonlySignal, type Signal, signal } from '@preact/signals-core'
import { scoreAfter } from '#shared/score'
import { repositoryOf, type SubjectId } from '#shared/subject'
import type { Value } from '#shared/vote'
import { ask, type Scores } from '../messages.ts'
import { type SeenScore, type Shelf, shelfName, unseen, unshelve } from '../seen-score.ts'

const scores = new Map<SubjectId, Signal<SeenScore>>()

/** Shelves by repository; what is on them was seen some time ago. */
const shelves = new Map<string, Shelf>()

/** Subjects of which the background has told something newer than the shelf. */
const told = new Set<SubjectId>()

/** Subjects with votes that the background has not answered yet: what it tells meanwhile is older. */
const asked = new Map<SubjectId, number>()

/** What went wrong with the last vote on a subject, for its reader. */
const troubles = signal<ReadonlyMap<SubjectId, string>>(new Map())

/** The score of a subject; that of an unseen one until something is known. */
export function scoreOf(subject: SubjectId): ReadonlySignal<SeenScore> {
  return writable(subject)
}

/** Why the last vote on a subject did not hold; undefined when it did. */
export function troubleOf(subject: SubjectId): string | undefined {
  return troubles.value.get(subject)
}

/** Takes in scores from the background. */
export function learnScores(news: Scores): void {
  batch(() => {
    for (const [id, score] of Object.entries(news)) {
      const subject = id as SubjectId // keys of Scores are ids
      told.add(subject)
      if (!asked.has(subject)) writable(subject).value = score
    }
  })
}

/** Takes in a repository's shelf, for subjects of which nothing newer is known. */
export function learnShelf(repository: string, shelf: Shelf): void {
  shelves.set(repository, shelf)
  batch(() => {
    for (const [subject, score] of scores) {
      if (told.has(subject) || asked.has(subject) || repositoryOf(subject) !== repository) continue
      score.value = shelved(subject)
    }
  })
}

/** Whether a repository's shelf has been taken in. */
export function knowsShelf(repository: string): boolean {
  return shelves.has(repository)
}

/** Votes; 0 withdraws. */
export async function vote(subject: SubjectId, value: Value): Promise<void> {
  const score = writable(subject)
  const before = score.value
  score.value = { ...before, ...scoreAfter(before, value), waiting: true }
  tell(subject, undefined)
  const turn = (asked.get(subject) ?? 0) + 1
  asked.set(subject, turn)
  const isLatest = () => asked.get(subject) === turn
  try {
    const kept = await ask('castVote', {
      id: crypto.randomUUID(),
      subject,
      value,
      castAt: Date.now(),
    })
    told.add(subject)
    if (isLatest()) score.value = kept
  } catch (error) {
    if (!isLatest()) return
    score.value = before
    tell(subject, error instanceof Error ? error.message : String(error))
  } finally {
    if (isLatest()) asked.delete(subject)
  }
}

function tell(subject: SubjectId, trouble: string | undefined): void {
  if (troubles.peek().get(subject) === trouble) return
  const next = new Map(troubles.peek())
  if (trouble === undefined) next.delete(subject)
  else next.set(subject, trouble)
  troubles.value = next
}

function writable(subject: SubjectId): Signal<SeenScore> {
  const known = scores.get(subject)
  if (known) return known
  const made = signal(shelved(subject))
  scores.set(subject, made)
  return made
}

function shelved(subject: SubjectId): SeenScore {
  const row = shelves.get(repositoryOf(subject))?.[shelfName(subject)]
  return row ? unshelve(row) : unseen()
}
