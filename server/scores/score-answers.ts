/**
 * Whole answers about scores, by the text of the request: a list page asks for the same subjects in the same
 * order whoever opens it. For who asks without a session. An answer is good until anything in its repository
 * changes, which the writer says before anybody has a receipt for it. Kept as bytes, outside of the heap.
 */
import { recent } from '../recent.ts'

export interface ScoreAnswers {
  /** The answer to this request, if it still would be. */
  get(request: string): Uint8Array<ArrayBuffer> | undefined
  /** Remembers an answer that is true now; the bytes may be used for something else afterwards. */
  set(request: string, repository: string, answer: Uint8Array): void
  /** Something in a repository, `host/owner/name`, is not as it was. */
  changed(repository: string): void
}

interface Answer {
  bytes: Uint8Array<ArrayBuffer>
  repository: string
  edition: number
}

/** Remembers answers and their requests of so many bytes at least; with 0 nothing is kept. */
export function scoreAnswers(capacity: number): ScoreAnswers {
  const answers = recent<Answer>(capacity, ({ bytes }, request) => bytes.length + request.length)
  const editions = new Map<string, number>()
  const editionOf = (repository: string) => editions.get(repository) ?? 0
  return {
    get(request) {
      const answer = answers.get(request)
      return answer && answer.edition === editionOf(answer.repository) ? answer.bytes : undefined
    },
    set(request, repository, answer) {
      if (capacity === 0) return
      // Not slice(): of a Buffer that is the same memory.
      const bytes = new Uint8Array(answer)
      answers.set(request, { bytes, repository, edition: editionOf(repository) })
    },
    changed: (repository) => editions.set(repository, editionOf(repository) + 1),
  }
}
