/**
 * Whole answers about scores, by the text of the request: a list page asks for the same subjects in the same
 * order whoever opens it. For who asks without a session. An answer is good until anything in its repository
 * changes, which the writer says before anybody has a receipt for it. Kept as bytes, outside of the heap.
 */

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
}

/** Answers by their requests, and the requests of each repository, whose answers go all at once. */
interface Generation {
  answers: Map<string, Answer>
  requests: Map<string, Set<string>>
}

const generation = (): Generation => ({ answers: new Map(), requests: new Map() })

/**
 * Remembers answers and their requests of so many bytes at least, and of twice as many at most: they live in a
 * young and an old generation, a use makes them young, and a full young generation becomes the old one. What
 * is no longer true goes at once: in a lively repository nothing is asked for twice, and would pile up. With
 * capacity 0 nothing is kept.
 */
export function scoreAnswers(capacity: number): ScoreAnswers {
  let young = generation()
  let old = generation()
  let size = 0

  function put(request: string, answer: Answer) {
    size += weightOf(request, answer) - weightOf(request, young.answers.get(request))
    young.answers.set(request, answer)
    const requests = young.requests.get(answer.repository) ?? new Set()
    if (requests.add(request).size === 1) young.requests.set(answer.repository, requests)
    if (size < capacity) return
    old = young
    young = generation()
    size = 0
  }

  function drop({ answers, requests }: Generation, repository: string) {
    for (const request of requests.get(repository) ?? []) {
      if (answers === young.answers) size -= weightOf(request, answers.get(request))
      answers.delete(request)
    }
    requests.delete(repository)
  }

  return {
    get(request) {
      const answer = young.answers.get(request)
      if (answer) return answer.bytes
      const older = old.answers.get(request)
      if (older) put(request, older)
      return older?.bytes
    },
    set(request, repository, answer) {
      // Before the copy. And not slice(): of a Buffer that is the same memory.
      if (capacity === 0) return
      put(request, { bytes: new Uint8Array(answer), repository })
    },
    changed(repository) {
      drop(young, repository)
      drop(old, repository)
    },
  }
}

const weightOf = (request: string, answer: Answer | undefined) =>
  answer ? answer.bytes.length + request.length : 0
