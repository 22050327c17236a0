/**
 * What this page knows of subjects' worth. A score is a signal: whoever draws it follows it. A vote
 * moves every widget of its subject in the frame of the click, and comes back if it cannot be kept.
 */
import { batch, type ReadonlySignal, type Signal, signal } from '@preact/signals-core'
import { scoreAfter } from '#shared/score'
import { repositoryOf, type SubjectId } from '#shared/subject'
import { type Value, voteIdOf } from '#shared/vote'
import { ask, type Scores } from '../messages.ts'
import { type SeenScore, type Shelf, shelfName, unseen, unshelve } from '../seen-score.ts'

const scores = new Map<SubjectId, Signal<SeenScore>>()

/** Shelves by repository; what is on them was seen some time ago. */
const shelves = new Map<string, Shelf>()

/** Subjects of which the background has told something newer than the shelf. */
const told = new Set<SubjectId>()

/**
 * Subjects with votes that the background has not answered yet, and what holds should they all fail.
 * What is told meanwhile is older than those votes.
 */
const asked = new Map<SubjectId, { votes: number; base: SeenScore }>()

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
      const open = asked.get(subject)
      if (open) open.base = score
      else writable(subject).value = score
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

/** Forgets everything: another reader or another server sees other scores. */
export function forgetScores(): void {
  shelves.clear()
  told.clear()
  batch(() => {
    for (const score of scores.values()) score.value = unseen()
  })
}

/** Votes; 0 withdraws. */
export async function vote(subject: SubjectId, value: Value): Promise<void> {
  const score = writable(subject)
  const open = asked.get(subject) ?? { votes: 0, base: score.value }
  asked.set(subject, open)
  open.votes += 1
  const turn = open.votes
  score.value = { ...score.value, ...scoreAfter(score.value, value), waiting: true }
  tell(subject, undefined)
  const castAt = Date.now()
  const id = voteIdOf(crypto.randomUUID(), castAt)
  try {
    open.base = await ask('castVote', { id, subject, value, castAt })
    told.add(subject)
  } catch (error) {
    if (turn === open.votes) tell(subject, error instanceof Error ? error.message : String(error))
  }
  if (turn !== open.votes) return
  asked.delete(subject)
  score.value = open.base
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
